"""查存证: filters, and pages by key: found from the number they end at, so the last page costs as the first."""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from daoli_credit.audit.models import Event, LookUp
from records.leaves import Leaf, leaf

Kept = TypeVar("Kept", Event, LookUp)
__all__ = ["Leaf", "events", "leaf", "looks", "waiting"]
EXACT = ("department", "act", "noun", "object_id", "kind", "case_number")


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
