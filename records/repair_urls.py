"""信用修复的地址, under /desk/repairs/."""

from django.urls import path

from records.views import repairs

urlpatterns = [
    path("", repairs.listing, name="repair-list"),
    path("<str:number>/", repairs.detail, name="repair"),
    path("<str:number>/accept/", repairs.accept, name="repair-accept"),
    path("<str:number>/unmet/", repairs.unmet, name="repair-unmet"),
    path("<str:number>/decide/", repairs.decide, name="repair-decide"),
]
