"""办件接口的地址, under /api/v1/cases/."""

from django.urls import path

from incentives.case_api import Cases, Closed

urlpatterns = [
    path("", Cases.as_view(), name="api-cases"),
    path("closed/", Closed.as_view(), name="api-cases-closed"),
]
