"""问法: the text of a question to the database is kept by the process; its answer never is.

Composing a question by the framework takes longer than the database takes to answer it, and a page asks the same ones
of the same person all day. A text is kept under all that it was made from: `key` must name it. Whoever composes may
read no row and no time of day: what they would put into the text could be otherwise by the next page.
"""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps
from types import SimpleNamespace
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import Binary

MOST_KEPT = 4000  # of a few thousand letters each
MOST_FORMS = 500  # of one question, each with the framework's own notes of it
LARGEST = 2**63 - 1  # no row has this number
Rows = QuerySet[Any, Any]


class NotKept(RuntimeError):
    """不能留作问法: it was made from a row or from a time of day."""


class NoAnswer(NotKept):
    """必然没有答案: nothing is asked of the database, and there is no text to keep."""


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


Ask = ParamSpec("Ask")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Form:
    """一句有空格的问话: the text, and for each of its values the place among what is given, or the value itself."""

    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]
    places: tuple[int | None, ...]

    def filled(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        pairs = zip(self.places, self.values, strict=True)
        return tuple(value if at is None else _sent(given[at]) for at, value in pairs)

    def rows(self, given: tuple[Any, ...]) -> list[Any]:
        compiler, params = copy(self.compiler), self.filled(given)
        compiler.as_sql = lambda *args, **kwargs: (self.sql, params)  # type: ignore[method-assign]
        asking = SimpleNamespace(
            db=DEFAULT_DB_ALIAS, query=SimpleNamespace(get_compiler=lambda using: compiler), _known_related_objects={}
        )
        compiler.connection = connection
        return list(ModelIterable(asking))  # type: ignore[arg-type]  # this much of a queryset is what it reads


def _blank(at: int, one: object) -> Any:
    if type(one) is int:
        return LARGEST - at
    if type(one) is str:
        return f"blank-{at}-of-a-question"
    if type(one) is date:
        return date(1, 1, 1 + at)
    if type(one) is bytes:
        return b"blank-%d" % at
    raise NotKept(f"问法的空格里只能是数、文字、日子和字节，不能是 {type(one).__name__}")


def _sent(one: Any) -> Any:
    """As the framework hands it to the driver."""
    return Binary(one) if type(one) is bytes else one


def _given(one: Any) -> Any:
    """What a value of the text was made from, if it can be a blank at all."""
    if isinstance(one, Binary):
        return one.adapted
    return one if isinstance(one, int | str | date) else None


def _compiled(rows: Rows) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
    if rows._iterable_class is not ModelIterable or rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise NotKept("留着的问法只取整行")
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet as why:
        raise NoAnswer("问法的空格填得使它必然没有答案") from why
    return compiler, sql, tuple(params)


def _form(make: Callable[..., Rows], given: tuple[Any, ...]) -> _Form:
    blanks = tuple(_blank(at, one) for at, one in enumerate(given))
    with connection.execute_wrapper(_reads):
        compiler, sql, values = _compiled(make(*blanks))
    where = {(type(one), one): at for at, one in enumerate(blanks)}
    plain = [_given(one) for one in values]
    places = tuple(None if one is None else where.get((type(one), one)) for one in plain)
    if set(where.values()) - set(places):
        raise NotKept("问法的空格没有全部写进文字")
    # what turns columns into values is the same for every answer; the framework looks it up anew for each
    converters = compiler.get_converters([one for one, *_ in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda expressions: converters  # type: ignore[method-assign]
    return _Form(compiler, sql, values, places)


Kept = dict[Hashable, _Form]


def _answered(kept: Kept, key: Hashable, make: Callable[..., Rows], given: tuple[Any, ...]) -> list[Any]:
    here = (key, *map(type, given))
    if (form := kept.get(here)) is None:
        if len(kept) >= MOST_FORMS:
            kept.clear()
        form = kept[here] = _form(make, given)
    if settings.TESTING:
        _, sql, values = _compiled(make(*given))
        if (sql, [*map(str, values)]) != (form.sql, [*map(str, form.filled(given))]):
            raise NotKept(f"留着的问法与现在的不同：{sql[:200]}")
    return form.rows(given)


def prepared(make: Callable[Ask, QuerySet[Row, Row]]) -> Callable[Ask, list[Row]]:
    """问法的样子: rows of one kind, by numbers, words and days that are given anew each time; only the text is kept.

    `make` may read no row and no time: what is not given to it is the same for everybody. In tests every question is
    composed anew and compared with the one that is kept. Raises NotKept.
    """
    kept: Kept = {}

    @wraps(make)
    def ask(*given: Ask.args, **named: Ask.kwargs) -> list[Row]:
        if named:
            raise NotKept("空格按次序填")
        return _answered(kept, None, make, given)

    return ask


Whose = TypeVar("Whose")


def prepared_for(
    depends: Callable[[Whose], Hashable],
) -> Callable[[Callable[Concatenate[Whose, Ask], QuerySet[Row, Row]]], Callable[Concatenate[Whose, Ask], list[Row]]]:
    """问法的样子, for somebody: what comes first is no blank, and the text is kept under all that `depends` says of it.

    Whoever can see nothing has no text; the framework knows that too, and asks nothing. Otherwise as `prepared`.
    """

    def prepare(
        make: Callable[Concatenate[Whose, Ask], QuerySet[Row, Row]],
    ) -> Callable[Concatenate[Whose, Ask], list[Row]]:
        kept: Kept = {}

        @wraps(make)
        def ask(whose: Whose, /, *given: Ask.args, **named: Ask.kwargs) -> list[Row]:
            if named:
                raise NotKept("空格按次序填")
            try:
                return _answered(kept, depends(whose), partial(make, whose), given)
            except NoAnswer:
                return list(make(whose, *given, **named))

        return ask

    return prepare
