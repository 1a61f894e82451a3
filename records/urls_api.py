"""接口的地址, under /api/v1/imports/."""

from django.urls import path

from records import api

urlpatterns = [
    path("", api.Imports.as_view(), name="api-imports"),
    path("<str:number>/", api.Import.as_view(), name="api-import"),
]
