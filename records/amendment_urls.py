"""自查更正的地址, under /desk/amendments/."""

from django.urls import path

from records.views import amending

urlpatterns = [
    path("", amending.listing, name="amendment-list"),
    path("new/<str:number>/", amending.new, name="amendment-new"),
    path("<str:number>/", amending.detail, name="amendment"),
    path("<str:number>/agree/", amending.agree, name="amendment-agree"),
    path("<str:number>/refuse/", amending.refuse, name="amendment-refuse"),
    path("<str:number>/drop/", amending.drop, name="amendment-drop"),
]
