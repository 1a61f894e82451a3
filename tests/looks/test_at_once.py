"""同时: two connections at the same moment leave what one would have left."""

import threading
from collections.abc import Callable

from django.db import connections

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.looks.models import Explanation, OddLook
from daoli_credit.looks.workflows import watching
from daoli_credit.workflow import WorkflowError
from records.models import ExportFile, ExportRequest
from records.workflows import exporting
from tests import make, make_exports, make_looks
from tests.cast import assemble


def _together(*works: Callable[[], object]) -> list[str]:
    """Runs them at once, each on its own connection; returns what they said."""
    gate, said = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        try:
            work()
            said.append("done")
        except WorkflowError as why:
            said.append(type(why).__name__)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


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
    assert _together(*[lambda: watching.sweep(actor=system)] * 2) == ["done", "done"]
    assert OddLook.objects.filter(rule="no-case").count() == 5
    assert _together(*[lambda: make_looks.raised(cast, look)] * 2) == ["AlreadyDone", "done"]
    assert Explanation.objects.count() == 1


def test_two_workers_make_one_file_and_the_last_fetch_is_given_once(committing_db: str) -> None:
    cast = assemble()
    make.effective(cast)
    export, system = make_exports.asked(cast), User.objects.system()
    said = _together(*[lambda: exporting.make(export_id=export.pk, actor=system)] * 2)
    assert said in (["AlreadyDone", "done"], ["WrongState", "done"])
    assert ExportFile.objects.count() == 1
    for _ in range(2):
        exporting.fetch(export_id=export.pk, actor=cast.clerk)
    assert _together(*[lambda: exporting.fetch(export_id=export.pk, actor=cast.clerk)] * 2) == ["RuleBroken", "done"]
    assert ExportRequest.objects.get().fetched == 3
