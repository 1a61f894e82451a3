"""送出: what may leave of a record, and the one place that writes it down for a recipient.

Feeds ask here and never open an identity themselves.
"""

import json
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock, pack
from records import identity, lapses, statements
from records.models import CreditRecord, Revision, ServedDocument
from records.models.revision import WITHDRAWALS, Kind
from records.rules import layouts
from records.rules.pushable import NOT_OURS, SENDING, Stop, stops

PUSH = "push"
TAKEN = register("push.taken", "平台已确认收到")
REFUSED = register("push.refused", "平台退回，没有收到")
HANDLER = "credit-office"
MARKS = (Kind.MARKED, Kind.UNMARKED)
CONTESTS = (Kind.CONTESTED, Kind.UNCONTESTED)


class MayNotLeave(Exception):
    """不得送出: carries the reasons; nothing was revealed."""


def last_kind(record_id: int) -> str:
    """对外口径现在是哪一种: the kind of the newest revision, "" when there is none."""
    return Revision.objects.filter(record_id=record_id).order_by("-number").values_list("kind", flat=True).first() or ""


def refusals(record: CreditRecord, *, on: date | None = None) -> tuple[Stop, ...]:
    """不推送的原因 of one record, for its pages and before every first sending."""
    return stops(
        record,
        pack.current(),
        on=on or clock.today(),
        suspended=record.suspended_on is not None or last_kind(record.pk) == Kind.SUSPENDED,
        told=ServedDocument.objects.filter(record=record).exists(),
        lapsed=record.lapse is not None,
    )


def ready() -> QuerySet[Revision]:
    """可以推送的版本: the newest revision of every record that nothing stops; the same questions, asked of the set."""
    edition, today = pack.current(), clock.today()
    items = [code for code, item in edition.items.items() if edition.may_push(item)]
    honours = [code for code in items if edition.items[code].sign == "positive"]
    unasked = Q(item__in=honours) & ~Q(content__consent_scope__contains=[SENDING])
    records = (
        CreditRecord.objects.provided(on=today)
        .filter(item__in=items, served_on__isnull=False)
        .exclude(department__kind__in=NOT_OURS)
        .filter(~unasked)
        .filter(Exists(ServedDocument.objects.filter(record=OuterRef("pk"))), ~lapses.standing_still())
    )
    newest = Revision.objects.filter(record=OuterRef("record")).order_by("-number").values("pk")[:1]
    return Revision.objects.filter(record__in=records, pk=Subquery(newest)).exclude(kind__in=WITHDRAWALS)


def withdrawals() -> QuerySet[Revision]:
    """该撤回的版本. An end is withdrawn only after it stands in the removal journal (decisions.md §2.11)."""
    return Revision.objects.filter(kind__in=WITHDRAWALS).exclude(kind=Kind.ENDED, removal__isnull=True)


def canonical(content: dict[str, Any]) -> bytes:
    """规范 JSON: sorted names, no blanks, UTF-8; equal content, equal bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def withdrawal(revision: Revision) -> bytes:
    """撤回报文: why, and nothing about the person."""
    return canonical({"layout": layouts.COMMON, "reason": revision.record.end_kind or str(revision.kind)})


def _purpose(title: str) -> str:
    return f"推送至{title}"


def answered(record: CreditRecord, *, actor: Actor, title: str, result: str) -> None:
    """平台的回话 (TAKEN or REFUSED), beside the look with which the record was sent there."""
    events.led_to(
        actor=actor,
        case_numbers=[record.number],
        person_keys=record.person_keys(),
        purpose=_purpose(title),
        result=result,
    )


def publication(revision: Revision, *, actor: Actor, title: str, layout: str = layouts.COMMON) -> bytes:
    """报送报文: the fields with the identity that the platform needs to find the person, in the layout agreed with it.

    The look-up stands in the same transaction, and the person reads it in 谁看过. Raises MayNotLeave, also when the
    layout cannot say the record.
    """
    record = revision.record
    if why := refusals(record):
        raise MayNotLeave("；".join(stop.words for stop in why))
    look = events.look_up(
        actor=actor,
        person_key=record.person_keys()[0],
        matter=PUSH,
        case_number=record.number,
        purpose=_purpose(title),
        shown=["record", "identity"],
        department=HANDLER,
    )
    who = identity.standing(record.subject, because=look)
    upto = record.revisions.filter(number__lte=revision.number).order_by("-number").values_list("kind", flat=True)
    disputed = upto.filter(kind__in=MARKS).first() == Kind.MARKED
    contested = upto.filter(kind__in=CONTESTS).first() == Kind.CONTESTED
    item = pack.current().item(record.item_id)
    facts = {
        "name": who.name,
        "id_type": who.id_type,
        "id_number": who.id_number,
        "item": record.item_id,
        "item_title": record.item.title,
        "department": record.department.name,
        "document_number": record.document_number,
        "determined_on": record.determined_on.isoformat(),
        "severity": record.severity,
        "disclosure": item.disclosure,
        "public_until": record.public_until and record.public_until.isoformat(),
        "use_until": record.use_until and record.use_until.isoformat(),
        "disputed": disputed,
        "contested": contested,
        "statement": statements.of(record),
        "content": record.content,
    }
    try:
        return canonical(layouts.written(layouts.chosen(layout, item.fields), facts, item.fields))
    except layouts.Unmapped as unsaid:
        raise MayNotLeave(str(unsaid)) from unsaid
