"""措施落实的地址, under /desk/measures/."""

from django.urls import path

from incentives.views import measures

urlpatterns = [
    path("", measures.listing, name="measure-list"),
    path("<str:number>/", measures.detail, name="measure"),
    path("<str:number>/reveal/", measures.reveal, name="measure-reveal"),
    path("<str:number>/<slug:name>/", measures.act, name="measure-act"),
]
