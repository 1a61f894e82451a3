"""封存: what a record said goes under seal once it has ended, and is taken out of the row that every page reads."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from daoli_credit.audit import events, merkle
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock
from daoli_credit.rounds import in_sets, in_turn
from daoli_credit.workflow import noun
from records import archives, histories
from records.models import ArchiveCopy, CreditRecord
from records.models.record import S
from records.rules import ending
from records.workflows import numbering

SEALED = register("record.sealed-away", "终止后封存")
RELATED = ("item", "department", "entered_by", "reviewed_by")
SET = 200


def seal_ended(*, actor: Actor, most: int | None = None) -> int:
    """封存已终止的记录, a set at a time. Returns how many; harmless twice and side by side."""
    waiting = _waiting().values_list("pk", flat=True)[:most]
    return in_turn(lambda: in_sets(waiting, lambda ids: _set(actor, ids), SET), _histories)


def _waiting() -> QuerySet[CreditRecord]:
    # by content and department, as the index of the few that wait has them: by number alone all that ever was is read
    ended = CreditRecord.objects.filter(status=S.ENDED).exclude(content={})
    return ended.filter(archive__isnull=True).order_by("department_id", "pk")


@transaction.atomic
def _histories() -> int:
    """Histories of records that were sealed without them; nothing on every other day. None of them counts as sealed."""
    histories.seal(histories.unsealed()[:SET])
    return 0


@transaction.atomic
def _set(actor: Actor, chosen: Sequence[int]) -> int:
    locked = _waiting().filter(pk__in=chosen).select_for_update(of=("self",), skip_locked=True)
    records = list(locked.select_related(*RELATED))
    ids: dict[str, list[int]] = {}
    for record in records:
        _seal(record)
        ids.setdefault(record.department.code, []).append(record.pk)
    histories.seal([record.pk for record in records])
    for body, sealed_ids in ids.items():
        events.record(
            act=SEALED,
            noun=noun(CreditRecord),
            object_id="*",
            actor=actor,
            department=body,
            count=len(sealed_ids),
            root=merkle.root_of_values(sealed_ids),
        )
    return len(records)


def _seal(record: CreditRecord) -> None:
    if record.ended_on is None:
        raise ValueError(f"{record} 没有终止日")  # the database has refused such a row already
    if record.keep_until is None:
        ending.shorten(record)  # its term runs from the end, which was not known before
    keep_until = max(record.keep_until or record.ended_on, record.ended_on)
    copy = ArchiveCopy(
        record=record,
        number=numbering.next_archive_number(clock.today()),
        department=record.department,
        end_kind=record.end_kind,
        ended_on=record.ended_on,
        keep_until=keep_until,
        sealed_on=clock.today(),
    )
    archives.keep(copy, archives.composed(record))
    copy.save(force_insert=True)
    # the database lets what a record said be taken out only once a copy lies under seal
    CreditRecord.objects.filter(pk=record.pk).update(
        content={}, remarks=[], severity_basis="", reasons={}, keep_until=keep_until
    )
