"""核验存证的行: every check is one set-based statement; only what is wrong, or in doubt, is looked at row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from daoli_credit.audit.check_proof import FORMS


@dataclass(frozen=True)
class Source:
    """一张存证表."""

    number: int
    form: str
    table: str
    title: str

    @property
    def leaf(self) -> str:
        """SQL that computes the leaf of row `e` anew."""
        columns = ", ".join(f"e.{column}" for column, _ in FORMS[self.form][1])
        return f"audit_leaf_of(audit_canonical_{self.form}({columns}))"


SOURCES = (Source(1, "event", "audit_event", "事件"), Source(2, "lookup", "audit_lookup", "查询记录"))

_IN_MONTH = """
    e.at >= {month}::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND e.at < ({month}::timestamp + interval '1 month') AT TIME ZONE 'Asia/Shanghai'
"""
_NOT_DROPPED = "NOT EXISTS (SELECT FROM audit_dropped d WHERE (d.source, d.month) = (l.source, l.month))"
# Rows of a part by its range of ids. Equal leaves mean equal rows, ids included, because the id is hashed too.
_DOUBTFUL = f"""
    SELECT l.seal_id, l.month FROM audit_leaves l
    WHERE l.source = {{number}} AND {_NOT_DROPPED}
      AND l.leaves IS DISTINCT FROM (
        SELECT string_agg(e.leaf, ''::bytea ORDER BY e.id) FROM {{table}} e
        WHERE e.id BETWEEN l.first_id AND l.last_id AND {_IN_MONTH.format(month="l.month")})
    ORDER BY 1, 2
"""  # noqa: S608 - our own constants
# A part in doubt may only be mixed with rows of another batch, which came from slower transactions: then its own ids
# still give its leaves. The leaves are compared whole: one substr of a long value for each row would cost its square.
_ONLY_MIXED = f"""
    SELECT l.leaves IS NOT DISTINCT FROM (
        SELECT string_agg(e.leaf, ''::bytea ORDER BY u.place)
        FROM unnest(l.ids) WITH ORDINALITY u (id, place)
        JOIN {{table}} e ON e.id = u.id AND {_IN_MONTH.format(month="%(month)s")})
    FROM audit_leaves l WHERE (l.seal_id, l.source, l.month) = (%(seal)s, {{number}}, %(month)s)
"""  # noqa: S608 - our own constants
_FIRST_WRONG = """
    WITH part AS MATERIALIZED (
        SELECT ids, leaves FROM audit_leaves WHERE (seal_id, source, month) = (%(seal)s, {number}, %(month)s)
    ), found AS (
        SELECT u.id, u.place, count(e.id) AS rows, min(encode(e.leaf, 'hex')) AS leaf
        FROM part CROSS JOIN LATERAL unnest(part.ids) WITH ORDINALITY u (id, place) LEFT JOIN {table} e ON e.id = u.id
        GROUP BY u.id, u.place
    )
    SELECT id, rows FROM found, part
    WHERE rows <> 1 OR leaf <> encode(substr(part.leaves, (place::int - 1) * 32 + 1, 32), 'hex')
    ORDER BY 1 LIMIT 1
"""
# Nothing is forgotten when every row there is was found under a seal or waits in the queue. This holds only while
# no row can stand for two: the ranges of ids are apart, the queue lies outside of them, a queued row counts once.
_ALL_COUNTED = f"""
    WITH part AS (
        SELECT first_id, octet_length(leaves) / 32 AS count, lag(last_id) OVER (ORDER BY first_id, last_id) AS before
        FROM audit_leaves l WHERE source = {{number}} AND {_NOT_DROPPED}
    ), queued AS (
        SELECT DISTINCT q.row_id FROM audit_unsealed q JOIN {{table}} e ON e.id = q.row_id AND e.leaf = q.leaf
        WHERE q.source = {{number}}
    )
    SELECT NOT EXISTS (SELECT FROM part WHERE first_id <= before)
       AND NOT EXISTS (SELECT FROM queued JOIN audit_leaves l
                       ON l.source = {{number}} AND queued.row_id BETWEEN l.first_id AND l.last_id)
       AND (SELECT count(*) FROM {{table}}) = (SELECT coalesce(sum(count), 0) FROM part) + (SELECT count(*) FROM queued)
"""  # noqa: S608 - our own constants
# What the planner believes of the queue may be as old as the last vacuum: it must not pair it with every row.
_NO_PAIRING = "SELECT set_config('enable_nestloop', 'off', true)"


def altered(cursor: CursorWrapper, source: Source) -> Iterator[str]:
    """内容与叶子不符. Names the first row whose columns no longer give its leaf."""
    cursor.execute(f"SELECT count(*), min(e.id) FROM {source.table} e WHERE e.leaf <> {source.leaf}")  # noqa: S608
    rows, first = cursor.fetchone()
    if rows:
        yield f"{source.title} {first}：内容与叶子不符，被改过（共 {rows} 条）"


def kept(cursor: CursorWrapper, source: Source) -> Iterator[str]:
    """已封存的行俱在、没有漏封的行. Only when the parts do not simply add up is every row looked for by its number."""
    names = {"number": source.number, "table": source.table}
    cursor.execute(_DOUBTFUL.format(**names))
    doubtful = cursor.fetchall()
    yield from _misplaced(cursor, source, doubtful)
    cursor.execute(_NO_PAIRING)
    if not doubtful:
        cursor.execute(_ALL_COUNTED.format(**names))
        if cursor.fetchone()[0]:
            return
    yield from _forgotten(cursor, source)


def _misplaced(cursor: CursorWrapper, source: Source, doubtful: list[tuple[int, date]]) -> Iterator[str]:
    """与封存不符. Names the first row of each seal that is gone or has another leaf than the one sealed."""
    names = {"number": source.number, "table": source.table}
    for seal_id, month in doubtful:
        part: dict[str, int | date | None] = {"seal": seal_id, "month": month}
        cursor.execute(_ONLY_MIXED.format(**names), part)
        if cursor.fetchone()[0]:
            continue
        cursor.execute(_FIRST_WRONG.format(**names), part)
        if row := cursor.fetchone():
            what = "叶子与封存时不同" if row[1] == 1 else "已封存的行不见了" if row[1] == 0 else "同一编号出现多次"
            yield f"{source.title} {row[0]}：{what}（第 {seal_id} 次封存）"


def _forgotten(cursor: CursorWrapper, source: Source) -> Iterator[str]:
    """既未封存也未排队: put in behind the triggers' back, or taken from the queue without being sealed.

    A second row under a sealed number, in another month, is behind the triggers' back too.
    """
    cursor.execute(
        f"""
        SELECT count(*) FILTER (WHERE q.row_id IS NULL), min(e.id) FILTER (WHERE q.row_id IS NULL), count(*),
               (SELECT count(*) FROM {source.table}),
               (SELECT coalesce(sum(l.count), 0) FROM audit_leaves l WHERE l.source = %(source)s AND {_NOT_DROPPED})
        FROM {source.table} e LEFT JOIN audit_unsealed q ON q.source = %(source)s AND q.row_id = e.id
        WHERE NOT EXISTS (
            SELECT FROM (SELECT unnest(ids) AS id FROM audit_leaves WHERE source = %(source)s) s WHERE s.id = e.id)
        """,  # noqa: S608 - table names are our own constants
        {"source": source.number},
    )
    rows, first, unsealed, all_rows, sealed = cursor.fetchone()
    if rows:
        yield f"{source.title} {first}：既未封存也不在待封存队列（共 {rows} 条）"
    if all_rows - unsealed > sealed:
        cursor.execute(
            f"SELECT id FROM {source.table} GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"  # noqa: S608 - our own constants
        )
        if row := cursor.fetchone():
            yield f"{source.title} {row[0]}：同一编号出现多次"


def queued(cursor: CursorWrapper, source: Source, minutes: int) -> Iterator[str]:
    """队列. Names queued rows that wait too long, and ones whose row is gone or has another leaf."""
    cursor.execute(_NO_PAIRING)
    cursor.execute(
        f"""
        SELECT min(q.row_id) FILTER (WHERE q.at < clock_timestamp() - make_interval(mins => %s)),
               min(q.row_id) FILTER (WHERE e.id IS NULL OR e.leaf <> q.leaf)
        FROM audit_unsealed q LEFT JOIN {source.table} e ON e.id = q.row_id WHERE q.source = %s
        """,  # noqa: S608 - table names are our own constants
        [minutes, source.number],
    )
    late, wrong = cursor.fetchone()
    if late is not None:
        yield f"{source.title} {late}：排队超过 {minutes} 分钟仍未封存，封存任务可能停了"
    if wrong is not None:
        yield f"{source.title} {wrong}：在队列里，但行不见了或叶子不同"


def rows(cursor: CursorWrapper, source: Source) -> int:
    """现存行数."""
    cursor.execute(f"SELECT count(*) FROM {source.table}")  # noqa: S608 - table names are our own constants
    return int(cursor.fetchone()[0])
