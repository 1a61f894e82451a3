"""到期与撤下、终止登记、开启封存件的地址, under /desk/ends/."""

from django.urls import path

from records.views import certificates, ending, handing, opening

urlpatterns = [
    path("", ending.overview, name="ends"),
    path("held-back/", ending.held_back, name="end-held-back"),
    path("notices/new/", ending.new, name="end-notice-new"),
    path("notices/<str:number>/", ending.detail, name="end-notice"),
    path("notices/<str:number>/confirm/", ending.confirm, name="end-notice-confirm"),
    path("notices/<str:number>/refuse/", ending.refuse, name="end-notice-refuse"),
    path("handed/new/", handing.new, name="end-hand"),
    path("certificates/<str:number>/", certificates.detail, name="end-certificate"),
    path("openings/", opening.listing, name="opening-list"),
    path("openings/new/", opening.new, name="opening-new"),
    path("openings/<str:number>/", opening.detail, name="opening"),
    path("openings/<str:number>/<slug:name>/", opening.act, name="opening-act"),
]
