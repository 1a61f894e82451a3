"""同时: two connections at the same moment leave what one would have left."""

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.looks.models import Explanation, OddLook
from daoli_credit.looks.workflows import watching
from records.models import ExportFile, ExportRequest
from records.workflows import exporting
from tests import make, make_exports, make_looks
from tests.cast import assemble
from tests.together import together


def test_two_watches_point_once_and_two_clicks_ask_once(committing_db: str) -> None:
    cast = assemble()
    look = make_looks.looked(cast)
    for serial in range(5):
        events.look_up(
            actor=cast.reviewer,
            person_key=bytes(look.person_key),
            matter="record-handling",
            case_number=f"DL2026-99999{serial}",
            purpose="查看",
            shown=["record"],
            department="market-regulation",
        )
    system = User.objects.system()
    assert together(*[lambda: watching.sweep(actor=system)] * 2) == ["done", "done"]
    assert OddLook.objects.filter(rule="no-case").count() == 5
    assert together(*[lambda: make_looks.raised(cast, look)] * 2) == ["AlreadyDone", "done"]
    assert Explanation.objects.count() == 1


def test_two_workers_make_one_file_and_the_last_fetch_is_given_once(committing_db: str) -> None:
    cast = assemble()
    make.effective(cast)
    export, system = make_exports.asked(cast), User.objects.system()
    said = together(*[lambda: exporting.make(export_id=export.pk, actor=system)] * 2)
    assert said in (["AlreadyDone", "done"], ["WrongState", "done"])
    assert ExportFile.objects.count() == 1
    for _ in range(2):
        exporting.fetch(export_id=export.pk, actor=cast.clerk)
    assert together(*[lambda: exporting.fetch(export_id=export.pk, actor=cast.clerk)] * 2) == ["RuleBroken", "done"]
    assert ExportRequest.objects.get().fetched == 3
