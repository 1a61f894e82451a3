"""核查接口的地址, under /api/v1/checks/."""

from django.urls import path

from incentives.check_api import Checked, Checks

urlpatterns = [
    path("", Checks.as_view(), name="api-checks"),
    path("<str:number>/", Checked.as_view(), name="api-check"),
]
