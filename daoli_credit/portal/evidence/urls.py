"""存证: mounted at /desk/evidence/."""

from django.urls import path

from daoli_credit.portal.evidence import views

urlpatterns = [
    path("", views.events, name="evidence"),
    path("export/", views.exported, name="evidence-export"),
    path("looks/", views.looks, name="evidence-looks"),
    path("seals/", views.seals, name="evidence-seals"),
    path("verify/", views.verify, name="evidence-verify"),
    path("<int:number>/", views.event, name="evidence-event"),
    path("<int:number>/proof/", views.prove, name="evidence-proof"),
]
