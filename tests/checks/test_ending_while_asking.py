"""正在核查的时候停用、办结、答复: real connections; whoever comes second finds what the first has done."""

import threading
import time
from collections.abc import Callable

from django.db import connection, connections, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Check, CheckSet, MatterCase, Sharing
from incentives.workflows import checking, checking_sets, matter_case, sharing
from tests import make_checks, make_matters
from tests.cast import Cast, assemble, identity
from tests.checks.test_check_a_sheet import HEAD, rows
from tests.together import together


def beside(work: Callable[[], object], before: Callable[[], object]) -> bool:
    """Runs `before` in an open transaction, `work` on another connection; whether the work waited for it to end."""
    over = threading.Event()

    def run() -> None:
        try:
            work()
        finally:
            over.set()
            connections["default"].close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        before()
        thread.start()
        waited = _waits(thread)
    thread.join(300)
    assert over.is_set()
    return waited


def test_a_sharing_that_is_stopped_while_a_check_runs_is_stopped_after_its_answer(committing_db: str) -> None:
    cast = assemble()
    opened = make_checks.case(cast)
    make_checks.shared(cast)
    make_checks.ban_elsewhere(cast)
    row = Sharing.objects.get()
    stop = lambda: sharing.stop(sharing_id=row.pk, opinion="不再提供", actor=cast.other_reviewer)  # noqa: E731
    assert beside(stop, lambda: make_checks.ask(cast, opened))
    assert Check.objects.get().answers.filter(record__isnull=False).exists()
    after = make_checks.ask(cast, opened, "linxiuyun")
    assert not after.answers.filter(record__isnull=False).exists()


def test_two_checks_do_not_wait_for_one_another_over_a_sharing(committing_db: str) -> None:
    cast = assemble()
    make_checks.shared(cast)
    one, other = make_checks.case(cast), make_checks.case(cast, "食许〔2026〕119号")
    assert not beside(lambda: make_checks.ask(cast, other), lambda: make_checks.ask(cast, one))


def test_a_case_that_is_closed_while_a_check_runs_is_closed_after_its_answer(committing_db: str) -> None:
    cast = assemble()
    opened = make_checks.case(cast)
    close = lambda: matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())  # noqa: E731
    assert beside(close, lambda: make_checks.ask(cast, opened))
    assert (Check.objects.count(), MatterCase.objects.get().status) == (1, "closed")


def test_two_answers_of_the_provider_at_once_are_one(committing_db: str) -> None:
    cast = assemble()
    make_matters.assess()
    row = make_matters.asked(cast, make_matters.PERMIT, "health", "responsibility-ban")
    who, seen = cast.other_reviewer, row.revision
    said = together(
        lambda: sharing.agree(sharing_id=row.pk, items=row.items, fields=row.fields, actor=who, seen=seen),
        lambda: sharing.refuse(sharing_id=row.pk, reason="not-needed", opinion="用不到", actor=who, seen=seen),
    )
    assert said == ["WrongState", "done"]
    assert Sharing.objects.get().status in {"agreed", "refused"}


def test_two_applications_to_one_provider_at_once_are_one(committing_db: str) -> None:
    cast = assemble()
    ask = lambda: make_matters.asked(cast, make_matters.PERMIT, "health", "responsibility-ban")  # noqa: E731
    assert together(ask, ask) == ["RuleBroken", "done"]
    assert Sharing.objects.count() == 1


def test_put_into_force_and_withdrawn_at_once_is_one_of_them(committing_db: str) -> None:
    cast = assemble()
    make_matters.assess()
    row = make_matters.asked(cast, make_matters.PERMIT, "health", "responsibility-ban")
    row = sharing.agree(sharing_id=row.pk, items=row.items, fields=row.fields, actor=cast.other_reviewer)
    said = together(
        lambda: sharing.activate(sharing_id=row.pk, until=row.wanted_until, actor=cast.supervisor, seen=row.revision),
        lambda: sharing.withdraw(sharing_id=row.pk, opinion="不用了", actor=cast.clerk, seen=row.revision),
    )
    assert said == ["WrongState", "done"]
    assert Sharing.objects.get().status in {"active", "withdrawn"}


def _sheet(cast: Cast, opened: MatterCase) -> int:
    known = identity("linxiuyun")
    text = f"{HEAD}{opened.case_number},{known.name},{known.id_number}\n{rows(opened, 3)}"
    by = checking.By(user=cast.clerk)
    return checking_sets.upload(case_id=opened.pk, name="x.csv", data=text.encode(), by=by).pk


def _waits(worker: threading.Thread) -> bool:
    """Whether another connection waits for a lock of ours before the worker is through."""
    until = time.monotonic() + 300
    with connection.cursor() as cursor:
        while worker.is_alive() and time.monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction the view stays as first seen
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() != (0,):
                return True
            worker.join(0.02)
    return False


def _read_and_then(cast: Cast, opened: MatterCase, change: Callable[[], object]) -> CheckSet:
    """The worker has read the sheet, when what it read of the case or the sharing changes under its hands."""
    number = _sheet(cast, opened)

    def work() -> None:
        try:
            checking_sets.run(set_id=number, actor=User.objects.system())
        finally:
            connections["default"].close()

    worker = threading.Thread(target=work)
    with transaction.atomic():
        change()  # not committed: the worker reads the case and the sharing as they were, and waits before it answers
        worker.start()
        assert _waits(worker), "读完表以后，作答以前，要等这边办完"
    worker.join(300)
    return CheckSet.objects.get(pk=number)


def test_a_case_closed_between_reading_a_sheet_and_answering_it_is_not_looked_at(committing_db: str) -> None:
    cast = assemble()
    opened = make_checks.case(cast)
    close = lambda: matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())  # noqa: E731
    one = _read_and_then(cast, opened, close)
    assert (one.status, "已经办结" in one.failure) == ("wrong", True)
    assert not LookUp.objects.filter(case_number=opened.case_number).exists()


def test_a_sharing_stopped_between_reading_a_sheet_and_answering_it_is_not_used(committing_db: str) -> None:
    cast = assemble()
    opened = make_checks.case(cast)
    make_checks.shared(cast)
    make_checks.ban_elsewhere(cast)
    row = Sharing.objects.get()
    stop = lambda: sharing.stop(sharing_id=row.pk, opinion="不再提供", actor=cast.other_reviewer)  # noqa: E731
    one = _read_and_then(cast, opened, stop)
    assert (one.status, Check.objects.count()) == ("done", 0)
    assert LookUp.objects.filter(case_number=opened.case_number, kind="look").count() == 4
