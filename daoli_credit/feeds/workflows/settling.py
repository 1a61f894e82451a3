"""回执: early, late, twice or contradicting, each is kept; the delivery is settled and the holding written."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from daoli_credit.accounts.models import User
from daoli_credit.arrays import numbers, words
from daoli_credit.feeds import rows
from daoli_credit.feeds.adapters import Told, Unreachable
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Attempt, Delivery, Feed
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import UNSETTLED, Held, State
from daoli_credit.feeds.models.receipt import Verdict
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows import repaired
from daoli_credit.feeds.workflows.sending import EARLY, STALE, adapter, refuse
from daoli_credit.feeds.workflows.sweeping import locked
from daoli_credit.law import clock
from records import outgoing
from records.workflows import handing
from records.workflows.collecting import seldom_collected

NEW = """
INSERT INTO feeds_receipt (delivery_id, number, verdict, words, at)
SELECT one.id, one.number, one.verdict, one.words, %(at)s
FROM unnest(%(ids)s::bigint[], %(numbers)s::text[], %(verdicts)s::text[], %(words)s::text[])
    AS one (id, number, verdict, words)
ON CONFLICT (delivery_id, number, verdict) DO NOTHING RETURNING delivery_id
"""
SPOKEN = """
SELECT id, key, record_id, number FROM feeds_delivery
WHERE feed_id = %(feed)s AND key = ANY(%(keys)s::text[]) AND attempts > 0
"""
OLDER = """
SELECT DISTINCT old.id
FROM unnest(%(records)s::bigint[], %(numbers)s::integer[]) AS spoken (record, number)
CROSS JOIN LATERAL (
    SELECT id, state FROM feeds_delivery
    WHERE feed_id = %(feed)s AND record_id = spoken.record AND number < spoken.number OFFSET 0) AS old
WHERE state = ANY(%(unsettled)s)
"""
LOCK = "SELECT id FROM feeds_delivery WHERE id = ANY(%(ids)s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
SENT = "key feed_id number lane state attempts package held_reason held_owner_id"
OF = "number subject_id department_id status effective_on use_until"
Heard = tuple[Delivery, Told]


@transaction.atomic
def hear(channel: Channel, told: Sequence[Told]) -> list[str]:
    """听一组回执, in a few statements for those of different records. Returns the keys under which nothing was sent."""
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, {"feed": channel.code, "keys": words([one.key for one in told])})
        spoken = cursor.fetchall()
    records = {key: record_id for _, key, record_id, _ in spoken}
    left = [one for one in told if one.key in records]
    everything, behind = _lock(channel, spoken)
    while left:
        # one word of a record at a time, in the order in which they were said
        first: dict[int, Told] = {}
        for one in left:
            first.setdefault(records[one.key], one)
        now = list(first.values())
        left = [one for one in left if first[records[one.key]] is not one]
        _hear([(everything[one.key], one) for one in now], channel, behind)
        if left:
            everything, behind = _lock(channel, spoken)
    return [one.key for one in told if one.key not in records]


def _lock(channel: Channel, spoken: Sequence[tuple[int, str, int, int]]) -> tuple[dict[str, Delivery], bool]:
    """What is spoken of and what is older and not settled, locked in the order of their numbers; the former is read,
    and of the latter it is said whether there is any.

    What is newer stays free: a withdrawal that is due must not be passed over because somebody speaks of what it ends.
    """
    ids = [pk for pk, *_ in spoken]
    facts: dict[str, Any] = {"feed": channel.code, "unsettled": list(UNSETTLED)}
    facts |= {"records": numbers([one[2] for one in spoken]), "numbers": numbers([one[3] for one in spoken])}
    with connection.cursor() as cursor:
        cursor.execute(OLDER, facts)
        older = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(LOCK, {"ids": numbers([*ids, *older])})
    return {one.key: one for one in rows.read(ids, own=SENT, record=OF)}, bool(older)


def _hear(said: Sequence[Heard], channel: Channel, behind: bool) -> None:
    new = _keep(said)
    said = [(one, told) for one, told in said if one.pk in new]
    # should the sender have died, nobody else would write down that these were sent
    Attempt.objects.bulk_create(
        Attempt(delivery=one, at=clock.now(), outcome=Outcome.ACCEPTED, package=one.package, answer=EARLY)
        for one, _ in said
        if one.state == State.SENDING
    )
    if astray := [one.record for one, told in said if not told.accepted]:
        prefetch_related_objects(astray, "department")
    if taken := [one for one, told in said if told.accepted]:
        _accepted(taken, channel, behind)
    if elsewhere := [one for one, told in said if not told.accepted and told.code == repaired.CODE]:
        repaired.there(elsewhere, channel)
        states.confirm([one for one in elsewhere if one.state in UNSETTLED])
    rejected: list[Heard] = []
    for one, told in said:
        if told.accepted or told.code == repaired.CODE:
            continue
        if told.code != STALE:
            rejected.append((one, told))
        elif one.state in UNSETTLED:
            states.outdated(one, f"对方已有更新的版本：{told.words}")
    if rejected:
        _rejected(rejected, channel)


def _keep(said: Sequence[Heard]) -> set[int]:
    """Every word is kept once. Returns the deliveries of which something new was said."""
    facts: dict[str, Any] = {
        "ids": numbers([one.pk for one, _ in said]),
        "numbers": words([told.number for _, told in said]),
        "verdicts": words([Verdict.ACCEPTED if told.accepted else Verdict.REJECTED for _, told in said]),
        "words": words([told.words for _, told in said]),
        "at": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(NEW, facts)
        return {pk for (pk,) in cursor.fetchall()}


def _answered(found: Sequence[Delivery], channel: Channel, result: str) -> None:
    records = [one.record for one in found]
    outgoing.answered(records, actor=User.objects.system(), title=channel.title, result=result)


def _accepted(found: Sequence[Delivery], channel: Channel, behind: bool) -> None:
    whose = {"recipient": channel.code, "title": channel.title}
    if gone := {one.record_id: one.number for one in found if one.withdraws}:
        handing.confirm_gone(gone, **whose)
    if taken := {one.record_id: one.number for one in found if not one.withdraws}:
        handing.taken(taken, **whose)
        _answered([one for one in found if not one.withdraws], channel, outgoing.TAKEN)
    states.confirm([one for one in found if one.state in UNSETTLED], behind=behind)


def _rejected(said: Sequence[Heard], channel: Channel) -> None:
    back: list[tuple[Delivery, str]] = []
    for one, told in said:
        if one.state in {State.SENDING, State.AWAITING, State.WAITING} or (
            one.state == State.HELD and one.held_reason != Held.REJECTED
        ):
            back.append((one, told.words))
        elif one.state == State.CONFIRMED and not _newer(one):
            states.hold(one, Held.CONTRADICTION, f"{channel.title}先说已办理，后说退回：{told.words}")
    refuse(back, channel)
    _answered([one for one, _ in said if not one.withdraws], channel, outgoing.REFUSED)


def _newer(one: Delivery) -> bool:
    return Delivery.objects.filter(feed_id=one.feed_id, record_id=one.record_id, number__gt=one.number).exists()


@seldom_collected()
def poll(channel: Channel) -> int:
    """取回执: what the call-backs have missed. Returns how many were heard. Raises Unreachable."""
    feed, _ = Feed.objects.get_or_create(code=channel.code)
    try:
        told, last = adapter(channel).receipts(feed.receipts_after)
    except Unreachable as why:
        Feed.objects.filter(code=channel.code).update(receipts_failed=str(why)[:200])
        raise
    if feed.receipts_failed:
        Feed.objects.filter(code=channel.code).update(receipts_failed="")
    heard = len(told) - len(hear(channel, told))
    Feed.objects.filter(code=channel.code, receipts_after__lt=last).update(receipts_after=last)
    return heard


@transaction.atomic
def overdue(channel: Channel) -> int:
    """逾期没有回执: held for the operator; a later withdrawal goes all the same."""
    if not locked(f"overdue {channel.code}"):
        return 0
    since = clock.now() - patience.RECEIPT_WITHIN
    late = Delivery.objects.select_for_update(of=("self",), no_key=True).filter(
        feed=channel.code, state=State.AWAITING, answered_at__lt=since
    )
    count = 0
    for one in late:
        hours = patience.RECEIPT_WITHIN // timedelta(hours=1)
        states.hold(one, Held.NO_RECEIPT, f"对方受理以后 {hours} 小时没有回执")
        count += 1
    return count
