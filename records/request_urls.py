"""依法调取的地址, under /desk/requests/."""

from django.urls import path

from records.views import lawful

urlpatterns = [
    path("", lawful.listing, name="request-list"),
    path("new/", lawful.new, name="request-new"),
    path("<str:number>/", lawful.detail, name="request"),
    path("<str:number>/files/<slug:what>/", lawful.file, name="request-file"),
    path("<str:number>/<slug:name>/", lawful.act, name="request-act"),
]
