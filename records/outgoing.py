"""送出: what may leave of a record, and the one place that writes it down for a recipient.

Feeds ask here and never open an identity themselves.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from daoli_credit import cipher
from daoli_credit.accounts.models import Department
from daoli_credit.arrays import numbers, words
from daoli_credit.audit import events, look_sets
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock, pack
from records import agreed, identity, lapses, statements
from records.models import CatalogueItem, CreditRecord, Holding, Lapse, Revision, ServedDocument
from records.models import subject as subjects
from records.models.end_kind import EndKind
from records.models.revision import WITHDRAWALS, Kind
from records.rules import layouts
from records.rules.pushable import NOT_OURS, SENDING, UNKNOWN, Stop, stops

PUSH = "push"
TAKEN = register("push.taken", "平台已确认收到")
REFUSED = register("push.refused", "平台退回，没有收到")
HANDLER = "credit-office"
NO_SUBJECT = "no-subject"
MARKS = (Kind.MARKED, Kind.UNMARKED)
CONTESTS = (Kind.CONTESTED, Kind.UNCONTESTED)


class MayNotLeave(Exception):
    """不得送出: carries the reasons; nothing was revealed."""


def last_kind(record_id: int) -> str:
    """对外口径现在是哪一种: the kind of the newest revision, "" when there is none."""
    return Revision.objects.filter(record_id=record_id).order_by("-number").values_list("kind", flat=True).first() or ""


STANDS = """
SELECT one.id,
    (SELECT kind FROM records_revision WHERE record_id = one.id ORDER BY number DESC LIMIT 1),
    EXISTS (SELECT FROM records_serveddocument WHERE record_id = one.id)
FROM unnest(%s::bigint[]) AS one (id)
"""
SAID = """
SELECT record_id, number, kind FROM records_revision
WHERE record_id = ANY(%s::bigint[]) AND kind = ANY(%s::text[]) ORDER BY number
"""


def _marks(record_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """各条的标注, set and taken away, oldest first: number and kind; those that were never marked are not in it."""
    found = defaultdict[int, list[tuple[int, str]]](list)
    with connection.cursor() as cursor:
        cursor.execute(SAID, [numbers(record_ids), words([*MARKS, *CONTESTS])])
        for record_id, number, kind in cursor.fetchall():
            found[record_id].append((number, kind))
    return found


def refusals(record: CreditRecord, *, on: date | None = None) -> tuple[Stop, ...]:
    """不推送的原因 of one record, for its pages and before every first sending."""
    return refusals_of([record], on=on)[record.pk]


def refusals_to(recipient: str, records: Collection[CreditRecord]) -> dict[int, tuple[Stop, ...]]:
    """不推送给这个平台的原因 of each: what holds for all of them, and what it has not agreed to take.

    Whoever once got a copy hears of it to the end, whatever was agreed since.
    """
    untaken = {code for code in {one.item_id for one in records} if not agreed.takes(recipient, code)}
    strange = [one.pk for one in records if one.item_id in untaken]
    told = Holding.objects.filter(recipient=recipient, record__in=strange, gone_at__isnull=True)
    why = dict.fromkeys(set(strange) - set(told.values_list("record_id", flat=True)), (agreed.stop(recipient),))
    return {pk: (*why.get(pk, ()), *stops) for pk, stops in refusals_of(records).items()}


def refusals_of(records: Collection[CreditRecord], *, on: date | None = None) -> dict[int, tuple[Stop, ...]]:
    """不推送的原因 of each of a set, by record, asked at once."""
    with connection.cursor() as cursor:
        cursor.execute(STANDS, [numbers([record.pk for record in records])])
        stands = {pk: (kind, told) for pk, kind, told in cursor.fetchall()}
    still = set(Lapse.objects.paused().values_list("item_id", "department_id"))
    rules, day = pack.current(), on or clock.today()
    known = {code: rules.items[code] for code in {one.item_id for one in records} if code in rules.items}
    barred = {code: rules.push_refusals(item) for code, item in known.items()}
    return {
        record.pk: stops(
            record,
            known[record.item_id],
            on=day,
            barred=barred[record.item_id],
            suspended=record.suspended_on is not None or stands[record.pk][0] == Kind.SUSPENDED,
            told=stands[record.pk][1],
            lapsed=(record.item_id, record.department_id) in still,
        )
        if record.item_id in known
        else (UNKNOWN,)
        for record in records
    }


def ready(recipient: str = "") -> QuerySet[Revision]:
    """可以推送的版本: the newest revision of every record that nothing stops; the same questions, asked of the set.

    With a recipient, of what it has agreed to take, and of what it already has.
    """
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
    if strange := [code for code in items if not agreed.takes(recipient, code)]:
        has = Holding.objects.filter(record=OuterRef("pk"), recipient=recipient, gone_at__isnull=True)
        records = records.filter(~Q(item__in=strange) | Exists(has))
    newest = Revision.objects.filter(record=OuterRef("record")).order_by("-number").values("pk")[:1]
    return Revision.objects.filter(record__in=records, pk=Subquery(newest)).exclude(kind__in=WITHDRAWALS)


def withdrawals() -> QuerySet[Revision]:
    """该撤回的版本. An end is withdrawn only after it stands in the removal journal (decisions.md §2.11)."""
    return Revision.objects.filter(kind__in=WITHDRAWALS).exclude(kind=Kind.ENDED, removal__isnull=True)


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(content: dict[str, Any]) -> bytes:
    """规范 JSON: sorted names, no blanks, UTF-8; equal content, equal bytes."""
    return _canonical(content).encode()


def gather(records: Collection[CreditRecord]) -> None:
    """备齐一组: item, department, person and keys of each, every one of them read once for the whole set."""
    items = CatalogueItem.objects.in_bulk({one.item_id for one in records})
    departments = Department.objects.in_bulk({one.department_id for one in records})
    people = subjects.read({one.subject_id for one in records})
    for one in records:
        one._state.fields_cache.update(
            item=items[one.item_id], department=departments[one.department_id], subject=people[one.subject_id]
        )


def withdrawal(revision: Revision) -> bytes:
    """撤回报文: why, and nothing about the person: that somebody died or lost capacity is not said outside."""
    kind = revision.record.end_kind
    reason = NO_SUBJECT if kind in {EndKind.CAPACITY, EndKind.DEATH} else kind
    return canonical({"layout": layouts.COMMON, "reason": reason or str(revision.kind)})


def _purpose(title: str) -> str:
    return f"推送至{title}"


def answered(records: Collection[CreditRecord], *, actor: Actor, title: str, result: str) -> None:
    """平台的回话 (TAKEN or REFUSED), beside the look with which each of the records was sent there."""
    people = subjects.read({record.subject_id for record in records})
    look_sets.led_to_set(
        actor=actor,
        case_numbers=[record.number for record in records],
        person_keys=[key for one in people.values() for key in one.person_keys()],
        purpose=_purpose(title),
        result=result,
    )


def publication(revision: Revision, *, actor: Actor, title: str, layout: str = layouts.COMMON) -> bytes:
    """报送报文 of one. Raises MayNotLeave, also when the layout cannot say the record."""
    if why := refusals(revision.record):
        raise MayNotLeave("；".join(stop.words for stop in why))
    written = publications([revision], actor=actor, title=title, layout=layout)[revision.pk]
    if isinstance(written, Exception):
        raise written
    return written


def publications(
    revisions: Collection[Revision], *, actor: Actor, title: str, layout: str = layouts.COMMON
) -> dict[int, bytes | Exception]:
    """报送报文, by revision: the fields with the identity that the platform needs to find the person, in its layout.

    The look-ups stand in the same transaction, and each person reads theirs in 谁看过. What may not leave the caller
    has left out (`refusals_of`). A record that cannot be said has its reason in the place of its bytes: MayNotLeave,
    NotThisPerson, Unsealable; its look-up is the caller's to roll back.
    """
    records = [one.record for one in revisions]
    people = [one.subject for one in records]
    looks = events.look_up_many(
        actor=actor,
        looks=[(whose.person_keys()[0], one.number) for whose, one in zip(people, records, strict=True)],
        matter=PUSH,
        purpose=_purpose(title),
        shown=["record", "identity"],
        department=HANDLER,
    )
    marks, stated = _marks([one.pk for one in records]), statements.beside(records)
    known, written = pack.current().items, dict[int, bytes | Exception]()
    items = {code: known[code] for code in {one.item_id for one in records}}
    laid = {code: layouts.chosen(layout, item.fields) for code, item in items.items()}
    for revision, record, whose, look in zip(revisions, records, people, looks, strict=True):
        pk, code = record.pk, record.item_id
        upto = {kind in MARKS: kind for number, kind in marks.get(pk, ()) if number <= revision.number}
        try:
            who = identity.standing(whose, because=look)
            statement = stated.get(pk)
            said = statements.words(statement) if statement else ""
            written[revision.pk] = _laid_out(_facts(record, who, upto, said), items[code], laid[code])
        except (MayNotLeave, identity.NotThisPerson, cipher.Unsealable) as why:
            written[revision.pk] = why
    return written


def _facts(record: CreditRecord, who: identity.Identity, upto: dict[bool, str], statement: str) -> dict[str, Any]:
    return {
        "name": who.name,
        "id_type": who.id_type,
        "id_number": who.id_number,
        "item": record.item_id,
        "item_title": record.item.title,
        "department": record.department.name,
        "document_number": record.document_number,
        "determined_on": record.determined_on.isoformat(),
        "severity": record.severity,
        "public_until": record.public_until and record.public_until.isoformat(),
        "use_until": record.use_until and record.use_until.isoformat(),
        "disputed": upto.get(True) == Kind.MARKED,
        "contested": upto.get(False) == Kind.CONTESTED,
        "statement": statement,
        "content": record.content,
    }


def _laid_out(facts: dict[str, Any], item: pack.Item, layout: layouts.Layout) -> bytes:
    told = {**facts, "disclosure": item.disclosure}
    try:
        return canonical(layouts.written(layout, told, item.fields))
    except layouts.Unmapped as unsaid:
        raise MayNotLeave(str(unsaid)) from unsaid
