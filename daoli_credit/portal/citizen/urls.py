"""市民本人的地址, under /me/."""

from django.urls import path

from daoli_credit.portal.citizen import cases, views

urlpatterns = [
    path("", views.me, name="me"),
    path("records/<str:number>/", views.record, name="me-record"),
    path("cases/", cases.cases, name="me-cases"),
    path("listings/<str:number>/", cases.listing, name="me-listing"),
    path("listings/<str:number>/<slug:name>/", cases.act, name="me-listing-act"),
    path("looks/", views.looks, name="me-looks"),
    path("messages/", views.inbox, name="me-messages"),
    path("messages/<uuid:token>/", views.message, name="me-message"),
]
