"""依法调取的地址, under /desk/requests/."""

from django.urls import path

from records.views import requests

urlpatterns = [
    path("", requests.listing, name="request-list"),
    path("new/", requests.new, name="request-new"),
    path("<str:number>/", requests.detail, name="request"),
    path("<str:number>/files/<slug:what>/", requests.file, name="request-file"),
    path("<str:number>/<slug:name>/", requests.act, name="request-act"),
]
