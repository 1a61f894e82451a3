"""核验全部存证, in one snapshot of the database. Memory stays bounded; a fault is named by its first row."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from daoli_credit.audit import roots, verify_rows, verify_seals
from daoli_credit.audit.dropped import below_the_floor
from daoli_credit.audit.models import Seal

LATE = 10  # minutes a row may wait in the queue

# The file is measured before the snapshot is taken: a seal is in the database before it is in the file.
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_SETTINGS = "SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true), clock_timestamp()"


_DROPPED = """
    SELECT d.source, d.month, d.rows, d.rule, d.dropped_on, coalesce(sum(l.count), 0)
    FROM audit_dropped d LEFT JOIN audit_leaves l ON (l.source, l.month) = (d.source, d.month)
    GROUP BY d.source, d.month ORDER BY d.month, d.source
"""


@dataclass(frozen=True)
class Finding:
    """一项核验的结论, as a line for people."""

    ok: bool
    text: str


def verify() -> Iterator[Finding]:
    """核验. Yields each check as it ends: one line when it holds, else one line per fault."""
    path = roots.place()
    size = path.stat().st_size if path.exists() else 0
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        cursor.execute(_SETTINGS)
        now = cursor.fetchone()[2]
        for source in verify_rows.SOURCES:
            rows = verify_rows.rows(cursor, source)
            yield from _told(f"{source.title}：{rows} 条的叶子与内容相符", verify_rows.altered(cursor, source))
            yield from _told(f"{source.title}：已封存的行俱在，与封存时相同", verify_rows.misplaced(cursor, source))
            yield from _told(f"{source.title}：没有漏封的行", verify_rows.forgotten(cursor, source))
            yield from _told(f"{source.title}：待封存队列正常", verify_rows.queued(cursor, source, LATE))
        count = Seal.objects.count()
        yield from _told(f"封存链：{count} 次封存首尾相连", verify_seals.chain(_seals()))
        yield from _told("默克尔根：与叶子相符", _trees(cursor))
        yield from _told(f"库外的根：与数据库一致（{path}）", verify_seals.outside(path, size, _seals(), now))
        yield from _removals(cursor)


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


def _told(good: str, faults: Iterator[str]) -> Iterator[Finding]:
    found = False
    for fault in faults:
        found = True
        yield Finding(False, fault)
    if not found:
        yield Finding(True, good)
