"""规则确认的网址: mounted at /desk/rules/."""

from django.urls import path

from daoli_credit.rulepack.views import changes

urlpatterns = [
    path("", changes.checklist, name="rule-checklist"),
    path("changes/", changes.listing, name="rule-change-list"),
    path("changes/<str:number>/", changes.detail, name="rule-change"),
    path("changes/<str:number>/text/", changes.text, name="rule-change-text"),
    path("changes/<str:number>/<slug:act>/", changes.act, name="rule-change-act"),
    path("<slug:kind>/<slug:code>/<slug:action>/", changes.propose, name="rule-propose"),
]
