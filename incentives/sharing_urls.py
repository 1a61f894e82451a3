"""共享授权的地址, under /desk/sharing/."""

from django.urls import path

from incentives.views import sharing

urlpatterns = [
    path("", sharing.listing, name="sharing-list"),
    path("users/", sharing.users, name="sharing-users"),
    path("new/<slug:department>/<slug:matter>/<slug:provider>/", sharing.new, name="sharing-new"),
    path("<str:number>/", sharing.detail, name="sharing"),
    path("<str:number>/<slug:name>/", sharing.act, name="sharing-act"),
]
