"""批量导入的办理: uploaded → reading → checked → committing → committed, or cancelled, or failed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain, islice
from typing import Any

from django.db import connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.workflow import SYSTEM, Step, WorkflowError, WrongState, department, taking
from records import sealed_sheets
from records.models import BatchRow, ImportBatch
from records.models.batch import B
from records.reading.sheet import Row, Unreadable, read
from records.rules import columns
from records.sealed_sheets import Part
from records.workflows import entering, judging, many
from records.workflows.uploading import ask_worker

STEPS = {
    "read": Step("import.reading", "开始读取", frozenset({B.UPLOADED, B.READING}), B.READING, SYSTEM),
    "check": Step("import.checked", "核对完毕", frozenset({B.READING}), B.CHECKED, SYSTEM),
    "fail": Step("import.failed", "读不下去", frozenset({B.READING}), B.FAILED, SYSTEM),
    "recheck": Step(
        "import.rechecked", "重新核对", frozenset({B.READING, B.CHECKED}), B.UPLOADED, department("submit_record")
    ),
    "cancel": Step(
        "import.cancelled",
        "作废本批",
        frozenset({B.UPLOADED, B.READING, B.CHECKED, B.COMMITTING, B.FAILED}),
        B.CANCELLED,
        department("submit_record"),
    ),
    **entering.STEPS,
}
LEASE = timedelta(minutes=5)
KEPT = timedelta(days=30)
ONE_READER = 20180201


class Busy(WorkflowError):
    """另一张表正在读: only one is read at a time, so that two cannot take the machine's memory together."""


def _lock(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def opened(batch: ImportBatch) -> tuple[str, columns.Columns, Iterator[Row]]:
    """原表: its kind, its columns, and the rows under them as they are read. Raises Unreadable, BadColumns, NotKept.

    Unreadable may also come while the rows are taken.
    """
    sheet = read(sealed_sheets.original(batch))
    top = list(islice(sheet.rows, columns.LOOK_DOWN))
    found = columns.match(pack.current().item(batch.item_id), [cells for _, cells in top], today=clock.today())
    body = chain(top[found.at + 1 :], sheet.rows)
    first = next(body, None)
    if first is None:
        raise Unreadable("表头下面没有内容；请核对选对了文件")
    return sheet.kind, found, chain([first], body)


def begin(*, batch_id: int, actor: User) -> ImportBatch:
    """开始读取. Raises Busy while another sheet is being read and its lease is not over."""
    with transaction.atomic():
        _lock(ONE_READER)
        recent = ImportBatch.objects.filter(status=B.READING, reading_since__gt=clock.now() - LEASE)
        if recent.exclude(pk=batch_id).exists():
            raise Busy("另一张表正在读取，请稍候")
        with taking(STEPS["read"], ImportBatch, batch_id, actor=actor) as batch:
            batch.reading_since, batch.done, batch.failure = clock.now(), 0, ""
    return batch


def read_and_check(*, batch_id: int, actor: User) -> ImportBatch:
    """读表并逐行核对, in the worker: what it finds is a preview, nothing enters the register.

    Raises Busy, and WrongState when the clerk has cancelled meanwhile.
    """
    batch = begin(batch_id=batch_id, actor=actor)
    try:
        kind, found, body = opened(batch)
        return preview(batch=batch, kind=kind, found=found, body=body, actor=actor)
    except (Unreadable, columns.BadColumns, sealed_sheets.NotKept) as why:
        with taking(STEPS["fail"], ImportBatch, batch_id, actor=actor) as failed:
            _clear(failed)
            failed.failure = judging.veil(str(why))[:500]
        return failed


def preview(*, batch: ImportBatch, kind: str, found: columns.Columns, body: Iterable[Row], actor: User) -> ImportBatch:
    """逐行核对, of rows as they are read. The lease is renewed on the way: a long sheet is not a dead worker.

    Raises WrongState when the clerk has cancelled meanwhile, and Unreadable where the file goes wrong.
    """
    lease = _Lease(batch, kind)
    today, edition = clock.today(), pack.current()
    count = judging.judge(batch, edition, found, body, lease, today=today)
    with taking(STEPS["check"], ImportBatch, batch.pk, actor=actor) as done:
        if done.reading_since != lease.since:
            raise WrongState("这张表已经由另一个后台进程接着读")
        done.done = done.total = count
        done.kind = kind
        done.revision += done.checked_on is not None  # a preview made anew is not the one that was on screen
        done.checked_on, done.checked_under = today, edition.digest
    return done


def _clear(batch: ImportBatch) -> None:
    """删去预览: every row of it, and the rows that passed; the original stays."""
    _forget_lines(batch)
    sealed_sheets.forget_judged(batch)


def _forget_lines(batch: ImportBatch) -> None:
    """删去各行, by one statement: no row is fetched first, however many there are, and a row that had become a record
    would not let go (its foreign key).
    """
    BatchRow.objects.filter(batch=batch)._raw_delete("default")


class _Lease:
    """租约: whose turn it is to read, kept alive by progress. What has been judged is laid down under it, portion after
    portion, and is nothing until the sheet is checked. Raises WrongState when it has been lost.
    """

    def __init__(self, batch: ImportBatch, kind: str) -> None:
        self._batch, self.since = batch, batch.reading_since
        with transaction.atomic():
            self._write(kind=kind)
            _clear(batch)

    def portion(self, part: Part | None, lines: bytes, done: int) -> None:
        """还在读: so many rows are done, and these are the last of them."""
        with transaction.atomic():
            self._write(done=done, reading_since=clock.now())
            many.keep_rows([lines])
            if part:
                sealed_sheets.keep_part(self._batch, part)

    def instead(self, part: Part, lines: bytes, doubtful: Sequence[int], differing: Part | None) -> None:
        """换下可疑的几行."""
        with transaction.atomic():
            self._write(reading_since=clock.now())
            BatchRow.objects.filter(batch=self._batch, line__in=doubtful).delete()
            many.keep_rows([lines])
            sealed_sheets.keep_part(self._batch, part)
            if differing:
                sealed_sheets.keep_part(self._batch, differing)

    def _write(self, **facts: Any) -> None:
        mine = ImportBatch.objects.filter(pk=self._batch.pk, status=B.READING, reading_since=self.since)
        # the row is locked until the portion stands: who cancels waits, or the portion is not written
        if not mine.update(**facts):
            raise WrongState("这一批已经作废，或者由另一个后台进程接着读")
        self.since = facts.get("reading_since", self.since)


def recheck(*, batch_id: int, actor: User, seen: int) -> ImportBatch:
    """重新核对, when rules, day or register have moved, or a worker died over the sheet."""
    with taking(STEPS["recheck"], ImportBatch, batch_id, actor=actor, seen=seen) as batch:
        transaction.on_commit(lambda: ask_worker(batch_id))
    return batch


def cancel(*, batch_id: int, actor: User, seen: int) -> ImportBatch:
    """作废本批: the sealed sheet and every row go; what stays is that there was one, and who cancelled it.

    Until the very commit of an entering too: the worker finds it cancelled, and nothing stands.
    """
    with taking(STEPS["cancel"], ImportBatch, batch_id, actor=actor, seen=seen) as batch:
        if batch.status == B.COMMITTING:
            batch.committed_by = None
            transaction.on_commit(lambda: entering.ask_to_stop(batch_id))
        sealed_sheets.forget(batch)
        _forget_lines(batch)
    return batch


def commit(*, batch_id: int, actor: User, seen: int) -> ImportBatch:
    """确认并办到底, in this process: for whoever has no worker at hand, as the demo. On the desk the worker enters.

    Raises what `entering.confirm` and `entering.finish` raise.
    """
    return entering.finish(entering.confirm(batch_id=batch_id, actor=actor, seen=seen))


def forget_old() -> int:
    """到期删去原表: 30 days after the upload, of batches that nobody can act on any more. Returns how many."""
    over = ImportBatch.objects.filter(
        status__in=[B.COMMITTED, B.FAILED, B.CANCELLED, B.UNDONE],
        uploaded_at__lt=clock.now() - KEPT,
        sheets__isnull=False,
    ).distinct()
    for batch in over:
        sealed_sheets.forget(batch)
    return len(over)
