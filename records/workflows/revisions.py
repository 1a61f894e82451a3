"""追加版本: every act that changes what the outside may hold appends one, and an early end is written with it."""

from typing import Any

from daoli_credit.law import clock
from records.models import CreditRecord, Revision
from records.models.revision import Kind
from records.rules import ending


def end_today(record: CreditRecord, kind: str) -> None:
    """提前终止, of a record in the hands of `taking`: today, at every exit; no end of it ever becomes later."""
    record.ended_on, record.end_kind = clock.today(), kind
    ending.shorten(record)
    record.save()
    append_revision(record, Kind.ENDED)


def append_revision(
    record: CreditRecord, kind: Kind, before: dict[str, Any] | None = None, *, at_least: int = 1
) -> Revision:
    """追加版本: the next number of this record; its row is locked by `taking`.

    `before`: what a correction replaced. `at_least`: above a number that somebody outside holds, after a restore.
    """
    last = record.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    number = max(last + 1, at_least)
    return Revision.objects.create(record=record, number=number, kind=kind, day=clock.today(), before=before)
