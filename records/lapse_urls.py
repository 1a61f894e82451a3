"""依据失效的地址, under /desk/lapses/."""

from django.urls import path

from records.views import lapses

urlpatterns = [
    path("", lapses.listing, name="lapse-list"),
    path("<str:number>/", lapses.detail, name="lapse"),
    path("<str:number>/records/", lapses.rows, name="lapse-records"),
    path("<str:number>/<slug:act>/", lapses.act, name="lapse-act"),
]
