"""市民本人的地址, under /me/."""

from django.urls import path

from daoli_credit.portal.citizen import listings, repairs, views

urlpatterns = [
    path("", views.me, name="me"),
    path("records/<str:number>/", views.record, name="me-record"),
    path("records/<str:number>/repair/", repairs.apply, name="me-repair"),
    path("cases/", repairs.listing, name="me-cases"),
    path("repairs/<str:number>/", repairs.case, name="me-repair-case"),
    path("repairs/<str:number>/supply/", repairs.supply, name="me-repair-supply"),
    path("repairs/<str:number>/withdraw/", repairs.withdraw, name="me-repair-withdraw"),
    path("listings/<str:number>/", listings.listing, name="me-listing"),
    path("listings/<str:number>/<slug:name>/", listings.act, name="me-listing-act"),
    path("looks/", views.looks, name="me-looks"),
    path("disclosures/", views.disclosures, name="me-disclosures"),
    path("messages/", views.inbox, name="me-messages"),
    path("messages/<uuid:token>/", views.message, name="me-message"),
]
