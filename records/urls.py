"""信用记录的地址, under /desk/records/."""

from django.urls import path

from records.views import attachments, desk, entry, service, taking

urlpatterns = [
    path("", desk.listing, name="record-list"),
    path("queue/", desk.queue, name="record-queue"),
    path("new/", entry.choose, name="record-new"),
    path("new/<slug:department>/<slug:item>/", entry.new, name="record-form"),
    path("new/<slug:department>/<slug:item>/keep/", entry.keep, name="record-form-keep"),
    path("<str:number>/", desk.detail, name="record"),
    path("<str:number>/edit/", entry.edit, name="record-edit"),
    path("<str:number>/submit/", desk.submit, name="record-submit"),
    path("<str:number>/approve/", desk.approve, name="record-approve"),
    path("<str:number>/return/", desk.send_back, name="record-return"),
    path("<str:number>/take/", taking.record, name="record-take"),
    path("<str:number>/serve/", service.serve, name="record-serve"),
    path("<str:number>/reveal/", desk.reveal, name="record-reveal"),
    path("<str:number>/discard/", attachments.discard, name="record-discard"),
    path("<str:number>/papers/", attachments.attach, name="record-attach"),
    path("<str:number>/papers/remove/", attachments.detach, name="record-detach"),
    path("<str:number>/papers/<uuid:token>/", attachments.open_, name="record-paper"),
]
