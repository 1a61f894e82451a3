"""文书的地址, under /desk/papers/."""

from django.urls import path

from records.views import papers

urlpatterns = [
    path("<uuid:token>/", papers.detail, name="paper"),
    path("<uuid:token>/open/", papers.opened, name="paper-open"),
    path("<uuid:token>/serve/", papers.serve, name="paper-serve"),
    path("<uuid:token>/confirmation/", papers.confirmation, name="paper-confirmation"),
]
