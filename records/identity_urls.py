"""身份核定的地址, under /desk/identities/."""

from django.urls import path

from records.views import identities

urlpatterns = [
    path("", identities.listing, name="identity-list"),
    path("new/", identities.new, name="identity-new"),
    path("<str:number>/", identities.detail, name="identity"),
    path("<str:number>/reveal/", identities.reveal, name="identity-reveal"),
    path("<str:number>/propose/", identities.propose, name="identity-propose"),
    path("<str:number>/keep/", identities.keep, name="identity-keep"),
    path("<str:number>/settle/", identities.settle, name="identity-settle"),
    path("<str:number>/refuse/", identities.refuse, name="identity-refuse"),
    path("<str:number>/undo/", identities.undo, name="identity-undo"),
    path("<str:number>/papers/<uuid:token>/", identities.paper, name="identity-paper"),
]
