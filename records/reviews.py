"""读复核: who has a thing in hand, what a return asked for and what came back, and what a correction changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from daoli_credit import questions
from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from records.models import CreditRecord, ImportBatch, Revision, SentBack, Take
from records.models.record import S
from records.rules import differences, returning
from records.rules.differences import Difference
from records.rules.returning import Reason
from records.workflows import takes


@dataclass(frozen=True)
class Hand:
    """取办的情况 of one record or sheet, as this user may act on it."""

    take: Take | None
    mine: bool
    others: bool
    may_take: bool
    candidates: Sequence[User]


def hand(work: CreditRecord | ImportBatch, user: User) -> Hand:
    """谁在办, and what this user may do about it. Nobody takes what they entered or reported."""
    held = takes.running(work)
    if isinstance(work, CreditRecord):
        waits, own = work.status == S.SUBMITTED, {work.entered_by_id, work.submitted_by_id}
    else:
        waits, own = True, {work.uploaded_by_id, work.committed_by_id}
    reviews = waits and user.may("review_record", work.department_id)
    assigns = waits and user.may("assign_review", work.department_id)
    return Hand(
        take=held if waits else None,
        mine=held is not None and held.taker_id == user.pk,
        others=held is not None and held.taker_id != user.pk,
        may_take=reviews and held is None and user.pk not in own,
        candidates=[one for one in takes.candidates(work) if held is None or one.pk != held.taker_id]
        if assigns
        else [],
    )


def in_hand(records: Sequence[int]) -> dict[int, Take]:
    """在办的, by record, for a list."""
    found = Take.objects.filter(record__in=records).running(clock.today()).select_related("taker")
    return {one.record_id: one for one in found if one.record_id}


def sheets_in_hand(batches: Sequence[int]) -> dict[int, Take]:
    """在办的, by sheet."""
    found = Take.objects.filter(batch__in=batches).running(clock.today()).select_related("taker")
    return {one.batch_id: one for one in found if one.batch_id}


@dataclass(frozen=True)
class Asked:
    """一次退回: what it asked for, and what has changed since."""

    row: SentBack
    reasons: Sequence[Reason]
    changed: Sequence[Difference]
    other_person: bool


@questions.prepared
def _last_return(record: int) -> QuerySet[SentBack]:
    return SentBack.objects.filter(record=record).select_related("returned_by").order_by("-pk")[:1]


@questions.prepared
def _replaced(record: int) -> QuerySet[Revision]:
    return Revision.objects.filter(record=record).exclude(before=None).order_by("number")


def last_return(record: CreditRecord) -> Asked | None:
    """最近一次退回, against what the record says now; None when it never went back."""
    found = _last_return(record.pk)
    if not found:
        return None
    row = found[0]
    item = pack.current().item(record.item_id)
    changed = differences.between(item, row.was, differences.content_of(record))
    reasons = [returning.BY_CODE[code] for code in returning.known(row.reasons)]
    return Asked(row, reasons, changed, other_person=row.subject_was != record.subject_id)


@dataclass(frozen=True)
class Changed:
    """一次更正: which version, when, and field by field."""

    number: int
    day: date
    fields: Sequence[Difference]


def corrections(record: CreditRecord) -> list[Changed]:
    """版本之间的差别, oldest first: each correction against what it became."""
    item = pack.current().item(record.item_id)
    rows = _replaced(record.pk)
    after = [row.before for row in rows[1:]] + [differences.content_of(record)] * bool(rows)
    return [
        Changed(row.number, row.day, differences.between(item, row.before or {}, now or {}))
        for row, now in zip(rows, after, strict=True)
    ]
