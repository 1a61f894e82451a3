"""异议申诉的地址, under /desk/objections/."""

from django.urls import path

from records.views import filing, objections

urlpatterns = [
    path("", objections.listing, name="objection-list"),
    path("<str:number>/", objections.detail, name="objection"),
    path("<str:number>/file/", filing.objection, name="objection-file"),
    path("<str:number>/ask/", objections.ask, name="objection-ask"),
    path("<str:number>/extend/", objections.extend, name="objection-extend"),
    path("<str:number>/answer/", objections.answer, name="objection-answer"),
]
