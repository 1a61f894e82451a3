"""导出的地址, under /desk/exports/."""

from django.urls import path

from records.views import exports

urlpatterns = [
    path("", exports.listing, name="export-list"),
    path("new/", exports.new, name="export-new"),
    path("<str:number>/", exports.detail, name="export"),
    path("<str:number>/approve/", exports.approve, name="export-approve"),
    path("<str:number>/refuse/", exports.refuse, name="export-refuse"),
    path("<str:number>/fetch/", exports.fetch, name="export-fetch"),
]
