"""查询的监督的地址, under /desk/."""

from django.urls import path

from daoli_credit.looks.views import delays, explanations, log, odd

urlpatterns = [
    path("looks/", log.desk, name="look-desk"),
    path("looks/explanations/<str:number>/", explanations.detail, name="explanation"),
    path("looks/<int:look_id>/delay/", delays.new, name="delay-new"),
    path("looks/delays/<str:number>/", delays.detail, name="delay"),
    path("looks/delays/<str:number>/<slug:name>/", delays.act, name="delay-act"),
    path("odd-looks/", odd.listing, name="odd-look-list"),
    path("odd-looks/sweep/", odd.sweep, name="odd-look-sweep"),
    path("odd-looks/<int:pk>/", odd.detail, name="odd-look"),
    path("odd-looks/<int:pk>/<slug:name>/", odd.act, name="odd-look-act"),
]
