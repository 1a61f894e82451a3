"""批量导入的地址, under /desk/imports/."""

from django.urls import path

from records.views import differing, import_files, importing, reviewing, sampling, taking

urlpatterns = [
    path("", importing.listing, name="import-list"),
    path("new/", importing.new, name="import-new"),
    path("template/<slug:department>/<slug:item>/", import_files.blank, name="import-template"),
    path("<str:number>/", importing.job, name="import"),
    path("<str:number>/commit/", importing.commit, name="import-commit"),
    path("<str:number>/cancel/", importing.cancel, name="import-cancel"),
    path("<str:number>/recheck/", importing.recheck, name="import-recheck"),
    path("<str:number>/undo/", importing.undo, name="import-undo"),
    path("<str:number>/receipt/", import_files.receipt, name="import-receipt"),
    path("<str:number>/wrong/", import_files.wrong, name="import-wrong"),
    path("<str:number>/changed/", differing.page, name="import-changed"),
    path("<str:number>/review/", reviewing.page, name="import-review"),
    path("<str:number>/take/", taking.sheet, name="import-take"),
    path("<str:number>/sample/", sampling.page, name="import-sample"),
    path("<str:number>/sample/act/", sampling.act, name="import-sample-act"),
    path("<str:number>/review/approve/", reviewing.approve, name="import-approve"),
    path("<str:number>/review/return/", reviewing.send_back, name="import-return"),
]
