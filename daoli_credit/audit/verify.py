"""核验全部存证, in one snapshot of the database. Memory stays bounded; a fault is named by its first row.

The checks do not need each other: several connections read the same exported snapshot at once.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from daoli_credit.audit import roots, verify_rows, verify_seals
from daoli_credit.audit.dropped import below_the_floor
from daoli_credit.audit.models import Seal

LATE = 10  # minutes a row may wait in the queue
HANDS = 3  # connections that check at the same time, beside the one that holds the snapshot

# The file is measured before the snapshot is taken: a seal is in the database before it is in the file.
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_SETTINGS = "SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true)"

_DROPPED = """
    SELECT d.source, d.month, d.rows, d.rule, d.dropped_on, coalesce(sum(l.count), 0)
    FROM audit_dropped d LEFT JOIN audit_leaves l ON (l.source, l.month) = (d.source, d.month)
    GROUP BY d.source, d.month ORDER BY d.month, d.source
"""
Check = tuple[str, Callable[[CursorWrapper], Iterator[str]]]


@dataclass(frozen=True)
class Finding:
    """一项核验的结论, as a line for people."""

    ok: bool
    text: str


def verify() -> Iterator[Finding]:
    """核验. Yields each check in order as it ends: one line when it holds, else one line per fault."""
    path = roots.place()
    size = path.stat().st_size if path.exists() else 0
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        cursor.execute("SELECT pg_export_snapshot(), clock_timestamp()")
        snapshot, now = cursor.fetchone()
        checks = [*_rows(cursor), *_seal_checks(path, size, now)]
        with ThreadPoolExecutor(HANDS) as hands:
            found = [(good, hands.submit(_at, snapshot, check)) for good, check in checks]
            for good, faults in found:
                yield from [Finding(False, fault) for fault in faults.result()] or [Finding(True, good)]
        yield from _removals(cursor)


def _at(snapshot: str, check: Callable[[CursorWrapper], Iterator[str]]) -> list[str]:
    # a connection of this thread's own, closed with it
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_SNAPSHOT)
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
            cursor.execute(_SETTINGS)
            return list(check(cursor))
    finally:
        connection.close()


def _rows(cursor: CursorWrapper) -> Iterator[Check]:
    for source in verify_rows.SOURCES:
        rows = verify_rows.rows(cursor, source)
        title = source.title
        yield f"{title}：{rows} 条的叶子与内容相符", partial(verify_rows.altered, source=source)
        yield f"{title}：已封存的行俱在，与封存时相同；没有漏封的行", partial(verify_rows.kept, source=source)
        yield f"{title}：待封存队列正常", partial(verify_rows.queued, source=source, minutes=LATE)


def _seal_checks(path: Any, size: int, now: Any) -> Iterator[Check]:
    yield f"封存链：{Seal.objects.count()} 次封存首尾相连", lambda cursor: verify_seals.chain(_seals())
    yield "默克尔根：与叶子相符", _trees
    yield f"库外的根：与数据库一致（{path}）", lambda cursor: verify_seals.outside(path, size, _seals(), now)


def _seals() -> Iterator[Seal]:
    seals: QuerySet[Seal] = Seal.objects.order_by("pk")
    return seals.iterator(chunk_size=2000)


def _trees(cursor: CursorWrapper) -> Iterator[str]:
    yield from verify_seals.merkle(cursor, _seals())
    yield from verify_seals.strays(cursor)


def _removals(cursor: CursorWrapper) -> Iterator[Finding]:
    cursor.execute(_DROPPED)
    titles = {source.number: source.title for source in verify_rows.SOURCES}
    for source, month, rows, rule, on, sealed in cursor.fetchall():
        text = f"{titles[source]} {month:%Y-%m}：{rows} 条已于 {on} 按“{rule}”整月删除，叶子和根仍在"
        if below_the_floor(month, on):
            yield Finding(False, f"{text}；但那时未满法定最短三年")
        elif rows != sealed:
            yield Finding(False, f"{text}；但这个月封存过 {sealed} 条")
        else:
            yield Finding(True, text)
