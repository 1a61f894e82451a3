"""信用修复的地址, under /desk/repairs/."""

from django.urls import path

from records.views import filing, repairs, repairs_more, repairs_over

urlpatterns = [
    path("", repairs.listing, name="repair-list"),
    path("over/", repairs_over.listing, name="repair-over-list"),
    path("over/<str:number>/", repairs_over.detail, name="repair-over"),
    path("<str:number>/", repairs.detail, name="repair"),
    path("<str:number>/file/", filing.repair, name="repair-file"),
    path("<str:number>/accept/", repairs.accept, name="repair-accept"),
    path("<str:number>/unmet/", repairs.unmet, name="repair-unmet"),
    path("<str:number>/decide/", repairs.decide, name="repair-decide"),
    path("<str:number>/ask/", repairs_more.ask, name="repair-ask"),
    path("<str:number>/promise/", repairs_more.promise, name="repair-promise"),
    path("<str:number>/promise/judge/", repairs_more.judge, name="repair-promise-judge"),
]
