"""查存证: filters, and pages by key: found from the number they end at, so the last page costs as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from daoli_credit.audit.models import Event, LookUp, Seal

Row = TypeVar("Row", Event, LookUp, Seal)
Kept = TypeVar("Kept", Event, LookUp)
EXACT = ("department", "act", "noun", "object_id", "kind", "case_number")
LARGEST = 2**63 - 1


def _asked(rows: QuerySet[Kept], asked: dict[str, Any]) -> QuerySet[Kept]:
    if asked.get("from_day"):
        rows = rows.filter(day__gte=asked["from_day"])
    if asked.get("to_day"):
        rows = rows.filter(day__lte=asked["to_day"])
    if who := asked.get("actor"):
        rows = rows.filter(Q(actor_id=who) | Q(actor_label=who))
    return rows.filter(**{name: asked[name] for name in EXACT if asked.get(name)})


def events(asked: dict[str, Any]) -> QuerySet[Event]:
    """事件 that were asked for, newest first."""
    return _asked(Event.objects.order_by("-id"), asked)


def looks(asked: dict[str, Any]) -> QuerySet[LookUp]:
    """查询记录 that were asked for, newest first. The person key is not even read."""
    return _asked(LookUp.objects.defer("person_key", "leaf").order_by("-id"), asked)


def waiting(event: Event) -> bool:
    """待封存: is the event still in the queue?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM audit_unsealed WHERE source = 1 AND row_id = %s)", [event.pk])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """一页: rows newest first, and the numbers from which the pages beside it begin."""

    rows: Sequence[Row]
    older: int | None
    newer: int | None


def _number(text: str | None) -> int | None:
    # what no row can have is no number at all: the page then begins at the newest
    return int(text) if text and text.isascii() and text.isdecimal() and int(text) <= LARGEST else None


def leaf(rows: QuerySet[Row], *, before: str | None, after: str | None, size: int) -> Leaf[Row]:
    """翻页: the rows just older than `before`, or just newer than `after`, or the newest."""
    low, high = _number(after), _number(before)
    if low is not None:
        found = list(rows.filter(id__gt=low).order_by("id")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Leaf(found, found[-1].pk if found else low + 1, found[0].pk if found and more else None)
    if high is not None:
        rows = rows.filter(id__lt=high)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    newer = None if high is None else found[0].pk if found else high - 1
    return Leaf(found, found[-1].pk if more else None, newer)
