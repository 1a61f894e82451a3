"""列入案件的地址, under /desk/listings/."""

from django.urls import path

from incentives import register_urls
from incentives.views import acting, desk, filing, proposing, scans

urlpatterns = [
    path("", desk.listings, name="listing-list"),
    path("ledger/", desk.ledger, name="listing-ledger"),
    path("new/", proposing.choose, name="listing-new"),
    path("new/<slug:department>/<slug:code>/", proposing.new, name="listing-form"),
    *register_urls.urlpatterns,
    path("<str:number>/", desk.detail, name="listing"),
    path("<str:number>/reveal/", desk.reveal, name="listing-reveal"),
    path("<str:number>/file/", filing.file, name="listing-file"),
    path("<str:number>/originals/", scans.put_in, name="listing-original-new"),
    path("<str:number>/originals/<uuid:token>/", scans.open_, name="listing-original"),
    path("<str:number>/<slug:name>/", acting.act, name="listing-act"),
]
