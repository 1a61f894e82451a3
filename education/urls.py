"""宣传活动的地址, under /desk/campaigns/."""

from django.urls import path

from education.views import campaigns

urlpatterns = [
    path("", campaigns.listing, name="campaign-list"),
    path("new/", campaigns.new, name="campaign-new"),
    path("none/", campaigns.none, name="campaign-none"),
    path("<int:pk>/", campaigns.detail, name="campaign"),
    path("<int:pk>/report/", campaigns.report, name="campaign-report"),
    path("<int:pk>/cancel/", campaigns.cancel, name="campaign-cancel"),
]
