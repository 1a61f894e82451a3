"""事先告知的地址, under /desk/prior-notices/."""

from django.urls import path

from incentives.views import filing_more, notices

urlpatterns = [
    path("", notices.listing, name="prior-notice-list"),
    path("new/<uuid:token>/", notices.new, name="prior-notice-new"),
    path("<str:number>/", notices.detail, name="prior-notice"),
    path("<str:number>/file/", filing_more.prior_notice, name="prior-notice-file"),
    path("<str:number>/<slug:name>/", notices.act, name="prior-notice-act"),
]
