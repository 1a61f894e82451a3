"""复议、诉讼标注和原决定变更、撤销的地址, under /desk/."""

from django.urls import path

from records.views import contests, filing, undoings_over

urlpatterns = [
    path("records/<str:number>/contest/", contests.mark, name="record-contest"),
    path("records/<str:number>/undo/", contests.undo, name="record-undo"),
    path("contests/<str:number>/", contests.contest, name="contest"),
    path("undoings/", contests.queue, name="undoing-list"),
    path("undoings/over/", undoings_over.listing, name="undoing-over-list"),
    path("undoings/over/<str:number>/", undoings_over.detail, name="undoing-over"),
    path("undoings/<str:number>/file/", filing.undoing, name="undoing-file"),
    path("undoings/<str:number>/", contests.undoing, name="undoing"),
    path("undoings/<str:number>/end/", contests.end, name="undoing-end"),
    path("undoings/<str:number>/correct/", contests.correct, name="undoing-correct"),
]
