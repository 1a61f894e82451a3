"""后台进程被杀: a real Celery worker dies by SIGKILL in the midst of entering; the timetable has it entered, once."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection, transaction

from daoli_credit.audit.models import Event
from daoli_credit.demo import people
from daoli_credit.embedded import valkey
from daoli_credit.embedded.child import server_user, spawn, stop
from daoli_credit.embedded.clones import at_database
from records.models import CreditRecord, ImportBatch, Receipt, Revision, Subject
from records.workflows import entering
from tests import make_importing as sheets
from tests.cast import assemble

pytestmark = pytest.mark.whole  # starts and kills real workers
ROWS, PATIENCE = 60, 120.0
# Where a worker stands when it dies: before anything is written, after the people, after everything but the receipt.
POINTS = ("records_subject", "records_creditrecord", "records_receipt")
WORKER = [sys.executable, "-m", "celery", "--quiet", "--app", "daoli_credit", "worker", "--loglevel", "ERROR"]


@dataclass
class House:
    """A broker of its own, so that no other test's work comes here, and workers on the database of this test."""

    broker: str
    folder: Path

    @contextmanager
    def worker(self, *more: str) -> Iterator["subprocess.Popen[bytes]"]:
        """后台进程, in a group of its own."""
        database = at_database(os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"]))
        given = {**os.environ, "DATABASE_URL": database, "REDIS_URL": self.broker}
        given["DAOLI_EVIDENCE_DIR"] = str(self.folder / "evidence")
        process = spawn([*WORKER, *more], env=given, on_death=signal.SIGKILL)
        try:
            yield process
        finally:
            kill(process)

    def send(self, batch: ImportBatch) -> None:
        """As the button does: the number of the batch, and nothing else."""
        with Celery(broker=self.broker.replace("unix://", "redis+socket://", 1)) as app:
            app.send_task(entering.TASK, [batch.pk])


def kill(process: "subprocess.Popen[bytes]") -> None:
    """SIGKILL to the worker and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A Valkey for this test alone."""
    with tempfile.TemporaryDirectory(prefix="dlk-") as within:
        os.chown(within, *server_user())
        server = valkey.start(Path(within), Path(within))
        try:
            yield House(valkey.url(Path(within)), tmp_path)
        finally:
            stop(server, signal.SIGKILL)


def _until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def _standing_before(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
        return bool(cursor.fetchone()[0])


def _standing() -> list[int]:
    return [model.objects.count() for model in (Subject, CreditRecord, Revision, Receipt)]


def _now(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def test_killed_at_any_point_nothing_stands_and_the_timetable_has_it_entered_exactly_once(
    committing_db: str, house: House
) -> None:
    cast = assemble()
    known = _standing()
    numbers = [people.number(date(1970, 1, 1) + timedelta(days=serial), serial) for serial in range(1, ROWS + 1)]
    rows = (sheets.row(serial, "王新民", number) for serial, number in enumerate(numbers, 1))
    batch = sheets.checked(cast, sheets.sheet(rows))
    entering.confirm(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    for tries, table in enumerate(POINTS, 1):
        with house.worker("--concurrency", "1") as worker, transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            house.send(batch)
            _until(lambda table=table: _standing_before(table), f"没有走到 {table}")  # type: ignore[misc]
            kill(worker)
        _until(lambda: not _backends(), "被杀的进程还连着数据库")
        assert _standing() == known, table
        assert (_now(batch).status, _now(batch).tries) == ("committing", tries)
        # two leases later nobody has been heard of; the last try of three is left to the timetable
        since = _now(batch).entering_since or batch.uploaded_at
        ImportBatch.objects.filter(pk=batch.pk).update(entering_since=since - 2 * entering.LEASE, tries=min(tries, 2))
        assert entering.interrupted(_now(batch))

    timetable = ("--beat", "--schedule", str(house.folder / "beat"), "--concurrency", "2")
    with house.worker(*timetable):
        _until(lambda: _now(batch).status == "committed", "定时任务没有接着办")
    assert [after - before for after, before in zip(_standing(), known, strict=True)][1:] == [ROWS, 0, 1]
    assert CreditRecord.objects.values("document_number").distinct().count() == ROWS
    once = ("import.confirmed", "import.committed", "import.receipted", "record.submitted")
    assert [Event.objects.filter(act=act).count() for act in once] == [1, 1, 1, 1]
    assert Event.objects.get(act="record.submitted").count == ROWS


def _backends() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])
