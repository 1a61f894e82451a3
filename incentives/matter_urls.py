"""应用事项和办件的地址, under /desk/matters/."""

from django.urls import path

from incentives.views import cases, directory

urlpatterns = [
    path("", directory.desk, name="matter-desk"),
    path("cases/", cases.listing, name="case-list"),
    path("cases/new/", cases.new, name="case-new"),
    path("cases/<int:pk>/", cases.detail, name="case"),
    path("cases/<int:pk>/close/", cases.close, name="case-close"),
]
