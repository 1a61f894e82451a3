"""规则的网址: what anybody may read."""

from django.urls import path

from daoli_credit.rulepack.views import browse

urlpatterns = [
    path("", browse.kinds, name="rule-kinds"),
    path("<slug:kind>/", browse.listing, name="rule-list"),
    path("<slug:kind>/<slug:code>/", browse.detail, name="rule"),
]
