"""市民本人的地址, under /me/."""

from django.urls import path

from daoli_credit.portal.citizen import (
    attachments,
    contests,
    listings,
    looks,
    objections,
    papers,
    registrations,
    repairs,
    repairs_more,
    statements,
    views,
)

urlpatterns = [
    path("", views.me, name="me"),
    path("records/<str:number>/", views.record, name="me-record"),
    path("records/<str:number>/papers/<uuid:token>/", attachments.open_, name="me-attachment"),
    path("records/<str:number>/repair/", repairs.apply, name="me-repair"),
    path("records/<str:number>/statement/", statements.write, name="me-statement"),
    path("records/<str:number>/statement/end/", statements.take_back, name="me-statement-end"),
    path("records/<str:number>/contest/", contests.mark, name="me-contest"),
    path("records/<str:number>/objection/", objections.raise_, name="me-object"),
    path("objections/<str:number>/", objections.case, name="me-objection"),
    path("objections/<str:number>/supply/", objections.supply, name="me-objection-supply"),
    path("objections/<str:number>/withdraw/", objections.withdraw, name="me-objection-withdraw"),
    path("cases/", repairs.listing, name="me-cases"),
    path("repairs/<str:number>/", repairs.case, name="me-repair-case"),
    path("repairs/<str:number>/answer/", repairs_more.answer, name="me-repair-answer"),
    path("repairs/<str:number>/credit-china/", repairs_more.number_there, name="me-repair-number"),
    path("records/<str:number>/credit-china/", repairs_more.package, name="me-credit-china"),
    path("repairs/<str:number>/supply/", repairs.supply, name="me-repair-supply"),
    path("repairs/<str:number>/withdraw/", repairs.withdraw, name="me-repair-withdraw"),
    path("listings/<str:number>/", listings.listing, name="me-listing"),
    path("listings/<str:number>/<slug:name>/", listings.act, name="me-listing-act"),
    path("registrations/<str:number>/", registrations.registration, name="me-registration"),
    path("looks/", looks.listing, name="me-looks"),
    path("looks/<int:look_id>/explain/", looks.explain, name="me-look-explain"),
    path("explanations/<str:number>/", looks.explanation, name="me-explanation"),
    path("explanations/<str:number>/withdraw/", looks.withdraw, name="me-explanation-withdraw"),
    path("disclosures/", views.disclosures, name="me-disclosures"),
    path("messages/", views.inbox, name="me-messages"),
    path("messages/<uuid:token>/", views.message, name="me-message"),
    path("messages/<uuid:token>/pdf/", papers.pdf, name="me-paper"),
]
