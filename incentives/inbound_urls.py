"""上级平台查询的地址, under /desk/inbound/."""

from django.urls import path

from incentives.views import inbound

urlpatterns = [
    path("", inbound.overview, name="inbound-sources"),
    path("again/<str:number>/", inbound.again, name="inbound-again"),
    path("<slug:code>/<slug:name>/", inbound.act, name="inbound-act"),
]
