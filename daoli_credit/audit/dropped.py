"""期满整月删除: evidence about persons is not kept for ever (个人信息保护法 第十九条、第四十七条)."""

from datetime import date

from django.db.backends.utils import CursorWrapper
from psycopg2 import extensions, sql

from daoli_credit.audit.verify_rows import Source
from daoli_credit.law.durations import Duration
from daoli_credit.law.pack import current

RULE = "keep-lookup-log"


class DropRefused(ValueError):
    """还不能删除这个月."""


def may_go_on(month: date) -> date:
    """The day from which a month may be dropped: its last row has then been kept for the whole term.

    Raises DropRefused when the rule pack does not know the term in years.
    """
    limit = current().limit(RULE)
    if limit.value is None or limit.unit != "year":
        raise DropRefused(f"规则包没有给出“{limit.title}”的年数，不能删除")
    return Duration(years=limit.value, months=1).after(month)


def below_the_floor(month: date, on: date) -> bool:
    """法定最短三年 (个人信息保护法 第五十六条): no edition of the rules may have allowed a drop before that."""
    return on < Duration(years=3, months=1).after(month)


def drop(cursor: CursorWrapper | extensions.cursor, source: Source, month: date, on: date) -> int:
    """整月删除, as the owner. The leaves and seals stay, so the chain still verifies. Returns how many rows went.

    Raises DropRefused before the term is over, for a month that is not there, or with unsealed rows in it.
    """
    due_on = may_go_on(month)
    if on < due_on or below_the_floor(month, on):
        raise DropRefused(f"{month:%Y-%m} 的{source.title}要保存到 {due_on}")
    part = f"{source.table}_{month:%Y_%m}"
    cursor.execute("SELECT to_regclass(%s)", [part])
    if cursor.fetchone() == (None,):
        raise DropRefused(f"没有 {month:%Y-%m} 的{source.title}分区")
    name = sql.Identifier(part)
    cursor.execute(
        sql.SQL(
            "SELECT count(*), count(q.row_id) FROM {} e LEFT JOIN audit_unsealed q ON q.source = %s AND q.row_id = e.id"
        ).format(name),
        [source.number],
    )
    rows, unsealed = cursor.fetchone() or (0, 0)
    if unsealed:
        raise DropRefused(f"{month:%Y-%m} 的{source.title}还有 {unsealed} 条没有封存，先封存再删除")
    cursor.execute(
        "INSERT INTO audit_dropped (source, month, rows, rule, due_on, dropped_on) VALUES (%s, %s, %s, %s, %s, %s)",
        [source.number, month, rows, current().limit(RULE).title, due_on, on],
    )
    cursor.execute(sql.SQL("ALTER TABLE {} DETACH PARTITION {}").format(sql.Identifier(source.table), name))
    cursor.execute(sql.SQL("DROP TABLE {}").format(name))
    return int(rows)
