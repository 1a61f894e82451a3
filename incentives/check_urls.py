"""信用核查的地址, under /desk/checks/."""

from django.urls import path

from incentives.views import check_certificate, check_sets, checks

urlpatterns = [
    path("", checks.listing, name="check-list"),
    path("cases/<int:case>/", checks.new, name="check-new"),
    path("cases/<int:case>/sheet/", check_sets.new, name="check-set-new"),
    path("sets/<str:number>/", check_sets.detail, name="check-set"),
    path("sets/<str:number>/approve/", check_sets.approve, name="check-set-approve"),
    path("sets/<str:number>/refuse/", check_sets.refuse, name="check-set-refuse"),
    path("sets/<str:number>/result/", check_sets.result, name="check-set-result"),
    path("<str:number>/", checks.detail, name="check"),
    path("<str:number>/certificate/", check_certificate.certificate, name="check-certificate"),
    path("<str:number>/feedback/", checks.feedback, name="check-feedback"),
]
