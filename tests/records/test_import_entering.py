"""后台入库: confirmed at once, entered by the worker, cancelled until its commit, taken up again when one died."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records import progress, tasks
from records.models import CreditRecord, ImportBatch, Receipt, Subject
from records.workflows import entering, importing
from tests import make_importing as sheets
from tests import own_cache
from tests.cast import Cast, assemble, browser
from tests.together import together

pytestmark = pytest.mark.usefixtures("_nothing_told")


@pytest.fixture
def _nothing_told() -> Iterator[None]:
    """Batches of other databases have the same numbers; what was told of them is not of these."""
    own_cache.forget("import-*")
    yield
    own_cache.forget("import-*")


def _confirmed(cast: Cast, rows: int = 3) -> ImportBatch:
    batch = sheets.checked(cast, sheets.sheet(sheets.row(serial) for serial in range(1, rows + 1)))
    return entering.confirm(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)


def _now(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def _acts(batch: ImportBatch) -> list[tuple[str, bool]]:
    found = Event.objects.filter(noun="importbatch", object_id=str(batch.pk)).order_by("id")
    return [(event.act, event.actor_id == User.objects.system().audit_id) for event in found]


def _died(batch: ImportBatch) -> None:
    """As a worker leaves it that was heard of two leases ago."""
    since = _now(batch).entering_since or batch.uploaded_at
    ImportBatch.objects.filter(pk=batch.pk).update(entering_since=since - 2 * entering.LEASE)


def test_the_button_answers_at_once_and_the_worker_enters_in_the_clerks_name(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1), sheets.row(2)]))
    answer = browser(cast.clerk).post(f"/desk/imports/{batch.number}/commit/", {"seen": batch.revision})
    assert answer.status_code == 302
    assert (_now(batch).status, _now(batch).committed_by) == ("committing", cast.clerk)
    assert not CreditRecord.objects.exists()
    tasks.enter_sheet(batch.pk)
    assert _now(batch).status == "committed"
    assert set(CreditRecord.objects.values_list("submitted_by", flat=True)) == {cast.clerk.pk}
    assert "赵敏" in Receipt.objects.get(batch=batch).text
    after = [("import.confirmed", False), ("import.taken-up", True), ("import.receipted", False)]
    assert _acts(batch)[-4:] == [*after, ("import.committed", True)]


def test_a_second_click_is_a_success_while_it_is_entered_and_afterwards(cast: Cast) -> None:
    batch = _confirmed(cast)
    for _ in range(2):
        with pytest.raises(AlreadyDone):
            entering.confirm(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
        tasks.enter_sheet(batch.pk)
    assert CreditRecord.objects.count() == 3
    assert Event.objects.filter(act="import.confirmed").count() == 1
    with pytest.raises(WrongState):
        entering.confirm(batch_id=batch.pk, actor=cast.both, seen=batch.revision)


def test_the_task_twice_enters_once(cast: Cast) -> None:
    batch = _confirmed(cast)
    for _ in range(2):
        tasks.enter_sheet(batch.pk)
    assert (CreditRecord.objects.count(), Receipt.objects.count()) == (3, 1)


def test_the_page_tells_how_far_it_is_and_refreshes_itself(cast: Cast) -> None:
    batch, client = _confirmed(cast), browser(cast.clerk)
    address = f"/desk/imports/{batch.number}/"
    waiting = client.get(address).content.decode()
    for said in ("正在入库 3 行", "正在排队", "这一页会自己更新", 'http-equiv="refresh"', "作废本批"):
        assert said in waiting
    progress.tell(batch.pk, "正在写入", 2)
    assert "正在写入 2 / 3 行" in client.get(address).content.decode()
    _died(batch)
    assert "后台中断了，什么也没有存下" in client.get(address).content.decode()
    tasks.enter_sheet(batch.pk)
    done = client.get(address).content.decode()
    assert "3 条已入库" in done
    assert "这一页会自己更新" not in done


def test_cancelled_before_the_worker_comes_nothing_is_entered(cast: Cast) -> None:
    batch = _confirmed(cast)
    answer = browser(cast.clerk).post(f"/desk/imports/{batch.number}/cancel/", {"seen": batch.revision})
    assert answer.status_code == 302
    tasks.enter_sheet(batch.pk)
    assert (_now(batch).status, _now(batch).committed_by) == ("cancelled", None)
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()


def test_what_moved_meanwhile_puts_it_back_to_the_preview_with_the_reason(cast: Cast) -> None:
    rows = sheets.sheet([sheets.row(1), sheets.row(2)])
    first, second = sheets.checked(cast, rows), sheets.checked(cast, rows)
    for batch in (first, second):
        entering.confirm(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
        tasks.enter_sheet(batch.pk)
    assert [_now(first).status, _now(second).status] == ["committed", "checked"]
    page = browser(cast.clerk).get(f"/desk/imports/{second.number}/").content.decode()
    for said in ("刚才没有入库", "核对之后有 2 行的情况变了", "重新核对"):
        assert said in page
    assert _now(second).committed_by is None


def test_whoever_lost_the_duty_enters_nothing(cast: Cast) -> None:
    batch = _confirmed(cast)
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    tasks.enter_sheet(batch.pk)
    assert _now(batch).status == "checked"
    assert "没有这项职责" in _now(batch).failure
    assert not CreditRecord.objects.exists()


def test_a_batch_over_which_a_worker_died_is_taken_up_again_and_after_three_times_given_back(cast: Cast) -> None:
    batch = _confirmed(cast)
    ImportBatch.objects.filter(pk=batch.pk).update(entering_since=batch.uploaded_at, tries=1)
    assert tasks.enter_waiting() == 0
    _died(batch)
    assert tasks.enter_waiting() == 1
    assert (_now(batch).status, _now(batch).tries) == ("committed", 2)
    other = sheets.checked(cast, sheets.sheet([sheets.row(9)]))
    entering.confirm(batch_id=other.pk, actor=cast.clerk, seen=other.revision)
    ImportBatch.objects.filter(pk=other.pk).update(tries=entering.MOST_TRIES)
    tasks.enter_waiting()
    assert _now(other).status == "checked"
    assert "后台接手 3 次都中断了，什么也没有入库" in _now(other).failure


def test_one_after_the_other(cast: Cast) -> None:
    first = _confirmed(cast)
    ImportBatch.objects.filter(pk=first.pk).update(entering_since=first.uploaded_at)
    second = sheets.checked(cast, sheets.sheet([sheets.row(9)]))
    entering.confirm(batch_id=second.pk, actor=cast.clerk, seen=second.revision)
    with pytest.raises(entering.Busy):
        entering.enter(batch_id=second.pk, actor=User.objects.system())


def test_the_database_knows_no_entering_that_nobody_confirmed(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1)]))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_importbatch SET status = 'committing' WHERE id = %s", [batch.pk])


def test_of_two_who_press_at_once_one_confirms_and_it_is_entered_once(committing_db: str) -> None:
    cast = assemble()
    batch = sheets.checked(cast, sheets.sheet(sheets.row(serial) for serial in range(1, 20)))
    said = together(
        *(
            lambda user=user: entering.confirm(batch_id=batch.pk, actor=user, seen=batch.revision)
            for user in (cast.clerk, cast.both)
        )
    )
    assert said == ["WrongState", "done"]
    assert set(together(*[lambda: entering.enter(batch_id=batch.pk, actor=User.objects.system())] * 2)) <= {
        "Busy", "WrongState", "done",
    }  # fmt: skip
    assert CreditRecord.objects.count() == 19


@contextmanager
def _writing(batch: ImportBatch, told: list[str]) -> Iterator[Callable[[], int]]:
    """A worker in its thread, held up in the midst of writing; on leaving it may go on. Yields who: its backend."""
    pid: list[int] = []
    begun = threading.Event()

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid.append(cursor.fetchone()[0])
        begun.set()
        try:
            entering.enter(batch_id=batch.pk, actor=User.objects.system())
            told.append("done")
        except (WrongState, RuleBroken, DatabaseError) as why:
            told.append(type(why).__name__)
        finally:
            connections["default"].close()

    worker = threading.Thread(target=work)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE records_creditrecord IN SHARE MODE")
        worker.start()
        begun.wait(120)
        while True:  # until it stands before the table with its people written
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", pid)
            if cursor.fetchone()[0]:
                break
            worker.join(0.05)
        yield lambda: pid[0]
    worker.join(300)


def _in_another_thread(act: Callable[[], object]) -> None:
    assert together(act) == ["done"]


def test_a_clerk_cancels_in_the_midst_of_the_writing_and_nothing_stands(committing_db: str) -> None:
    cast, told = assemble(), list[str]()
    batch = _confirmed(cast, 30)
    with _writing(batch, told):
        _in_another_thread(lambda: importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision))
    assert told == ["WrongState"]
    assert _now(batch).status == "cancelled"
    assert [model.objects.count() for model in (CreditRecord, Subject, Receipt)] == [0, 0, 0]


def test_a_worker_killed_in_the_midst_of_the_writing_leaves_nothing_and_another_enters_all(committing_db: str) -> None:
    cast, told = assemble(), list[str]()
    batch = _confirmed(cast, 30)
    with _writing(batch, told) as backend, connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend()])
    assert told[0] in {"OperationalError", "InterfaceError"}
    assert _now(batch).status == "committing"
    assert [model.objects.count() for model in (CreditRecord, Subject, Receipt)] == [0, 0, 0]
    _died(batch)
    assert tasks.enter_waiting() == 1
    assert (_now(batch).status, CreditRecord.objects.count()) == ("committed", 30)
