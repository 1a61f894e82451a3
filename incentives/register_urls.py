"""名单登记和提前移出的地址, under /desk/listings/."""

from django.urls import path

from incentives.views import filing_more, leaving, registering

urlpatterns = [
    path("register/", registering.overview, name="registration-list"),
    path("register/new/<slug:department>/<slug:code>/", registering.new, name="registration-new"),
    path("register/<str:number>/", registering.detail, name="registration"),
    path("register/<str:number>/document/", registering.document, name="registration-document"),
    path("register/<str:number>/file/", filing_more.registration, name="registration-file"),
    path("register/<str:number>/<slug:name>/", registering.act, name="registration-act"),
    path("leaving/new/<str:number>/", leaving.new, name="early-exit-new"),
    path("leaving/<str:number>/", leaving.detail, name="early-exit"),
    path("leaving/<str:number>/<slug:name>/", leaving.act, name="early-exit-act"),
]
