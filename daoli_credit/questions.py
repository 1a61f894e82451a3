"""问法: the text of a question to the database is kept by the process; its answer never is.

Composing a question by the framework takes longer than the database takes to answer it, and a page asks the same ones
of the same person all day. A text is kept under all that it was made from: `key` must name it. Whoever composes may
read no row and no time of day: what they would put into the text could be otherwise by the next page.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST_KEPT = 4000  # of a few thousand letters each
Rows = QuerySet[Any, Any]


class NotKept(RuntimeError):
    """不能留作问法: it was made from a row or from a time of day."""


@dataclass(frozen=True)
class Question:
    """一句问话. Without `sql` the answer is known to be empty."""

    sql: str
    params: tuple[Any, ...]


_kept: dict[Hashable, Question] = {}


def _reads(execute: object, sql: str, *rest: object) -> NoReturn:
    raise NotKept(f"组成问法时不能读库：{sql[:200]}")


def _text(rows: Rows) -> Question:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return Question("", ())
    if any(isinstance(one, datetime) for one in params):
        raise NotKept("问法里不能有时刻")
    return Question(sql, tuple(params))


def _question(key: Hashable, compose: Callable[[], Question]) -> Question:
    here = (connection.settings_dict["NAME"], key)
    if (known := _kept.get(here)) is not None:
        return known
    with connection.execute_wrapper(_reads):
        made = compose()
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[here] = made
    return made


def _asked(question: Question) -> list[tuple[Any, ...]]:
    if not question.sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        return list(cursor.fetchall())


def rows(key: Hashable, compose: Callable[[], Rows]) -> list[tuple[Any, ...]]:
    """各行, of a `values_list` whose columns PostgreSQL gives as they are. Raises NotKept."""
    return _asked(_question(key, lambda: _text(compose())))


def _counting(parts: Sequence[Sequence[Rows]], most: int) -> Question:
    sums, params = [], list[Any]()
    for part in parts:
        found = [_text(one.order_by().values("pk")[:most]) for one in part]
        asked = [one for one in found if one.sql]
        sums.append(" + ".join(f"(SELECT COUNT(*) FROM ({one.sql}) counted)" for one in asked) or "0")  # noqa: S608  composed by the framework
        params += [value for one in asked for value in one.params]
    return Question(f"SELECT {', '.join(sums)}" if params else "", tuple(params))


def counts(key: Hashable, parts: Callable[[], Sequence[Sequence[Rows]]], *, most: int) -> list[int]:
    """几件, of each part the sum over its querysets, all in one statement; none is counted further than `most`.

    Raises NotKept.
    """
    asked = _question(key, lambda: _counting(parts(), most))
    return [int(one) for one in _asked(asked)[0]] if asked.sql else []
