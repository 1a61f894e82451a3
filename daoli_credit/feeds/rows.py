"""成批读: deliveries with the rows beside them, made of the columns that were read and nothing else (`sparse`)."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Field, Model

from daoli_credit import sparse
from daoli_credit.arrays import numbers
from daoli_credit.feeds.models import Delivery
from records.models import CreditRecord, Revision


class Plan(NamedTuple):
    """读法: the statement, the names of the columns of each row, and what turns a stored value into the row's."""

    sql: str
    own: tuple[str, ...]
    record: tuple[str, ...]
    revision: tuple[str, ...]
    turned: tuple[tuple[int, Callable[[Any], Any]], ...]


def _turn(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    turns = field.get_db_converters(connection)
    return (lambda value: turns[0](value, None, connection)) if turns else None


@cache
def _plan(own: str, record: str, revision: str) -> Plan:
    names = (
        ("id", "record_id", "revision_id", *own.split()),
        ("id", *record.split()),
        ("id", "record_id", *revision.split()) if revision else (),
    )
    parts: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
        ("d", Delivery, names[0]),
        ("r", CreditRecord, names[1]),
        ("v", Revision, names[2]),
    )
    fields = [(table, model._meta.get_field(name)) for table, model, some in parts for name in some]
    turns = [(place, _turn(field)) for place, (_, field) in enumerate(fields) if isinstance(field, Field)]
    columns = ", ".join(f'{table}."{field.column}"' for table, field in fields if isinstance(field, Field))
    beside = " JOIN records_revision AS v ON v.id = d.revision_id" if revision else ""
    said = "FROM feeds_delivery AS d JOIN records_creditrecord AS r ON r.id = d.record_id"
    sql = f"SELECT {columns} {said}{beside} WHERE d.id = ANY(%s::bigint[])"
    return Plan(sql, *names, tuple((place, turn) for place, turn in turns if turn))


def read(ids: Sequence[int], *, own: str, record: str, revision: str = "") -> list[Delivery]:
    """读一批, in the order of `ids`: each delivery with its record, and with its revision where columns are named.

    The columns are those of the tables (`feed_id`), with blanks between; the numbers of the rows are read in any case.
    """
    plan = _plan(own, record, revision)
    first, last = len(plan.own), len(plan.own) + len(plan.record)
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, [numbers(ids)])
        rows = {values[0]: values for values in cursor.fetchall()}
    found = []
    for pk in ids:
        values = list(rows[pk])
        for place, turn in plan.turned:
            values[place] = turn(values[place])
        one = sparse.row(Delivery, dict(zip(plan.own, values[:first], strict=True)))
        of = sparse.row(CreditRecord, dict(zip(plan.record, values[first:last], strict=True)))
        one._state.fields_cache["record"] = of
        if revision:
            said = sparse.row(Revision, dict(zip(plan.revision, values[last:], strict=True)))
            said._state.fields_cache["record"] = of
            one._state.fields_cache["revision"] = said
        found.append(one)
    return found
