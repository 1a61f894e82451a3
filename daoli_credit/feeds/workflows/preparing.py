"""备撤回: the withdrawals of the coming days stand ready by their day, and the sweep of that day takes them.

What a platform holds of ours has its last day of use in the record, so the day of the withdrawal is known. It is
written down ahead of it as a row, without a revision: until then the numbers go on growing (docs/adr/0055). When the
day begins, the sweep of every five seconds ends the record and withdraws it; it asks no other task to have run.
"""

import logging
from typing import Any

from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Feed, Prepared
from daoli_credit.feeds.models.prepared import Outcome
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows.sweeping import locked
from daoli_credit.law import clock
from daoli_credit.workflow import WorkflowError
from records.models import CreditRecord
from records.models.end_kind import EndKind
from records.models.record import S
from records.workflows import record as acts

log = logging.getLogger(__name__)
AT_ONCE = 200
# what was ended early, given back, or has another last day now: it is not withdrawn on this day
MOOT = """
UPDATE feeds_prepared AS plan SET outcome = 'moot', settled_at = %(now)s
WHERE plan.feed_id = %(feed)s AND plan.outcome = '' AND plan.day > %(today)s AND NOT EXISTS (
    SELECT FROM records_creditrecord AS record JOIN records_holding AS held ON held.record_id = record.id
    WHERE record.id = plan.record_id AND record.status = 'effective' AND record.use_until + 1 = plan.day
        AND held.recipient = plan.feed_id AND held.gone_at IS NULL)
"""
PREPARE = """
INSERT INTO feeds_prepared (feed_id, record_id, day, made_at)
SELECT held.recipient, record.id, record.use_until + 1, %(now)s
FROM records_creditrecord AS record JOIN records_holding AS held ON held.record_id = record.id
WHERE record.status = 'effective' AND record.use_until < %(until)s
    AND held.recipient = %(feed)s AND held.gone_at IS NULL
ORDER BY record.use_until, record.id
ON CONFLICT (feed_id, record_id) WHERE settled_at IS NULL DO NOTHING
"""


@transaction.atomic
def prepare(channel: Channel) -> int:
    """备好 the withdrawals of the days ahead, and set aside what has changed. Returns how many were added.

    Asked at every sweep and done when the last time is a minute ago or was on another day; harmless twice.
    """
    feed, _ = Feed.objects.get_or_create(code=channel.code)
    now, last = clock.now(), feed.prepared_at
    fresh = (
        last is not None and last.astimezone(clock.CHINA).date() == now.date() and now - last < patience.PREPARE_AGAIN
    )
    if fresh or not locked(f"prepare {channel.code}"):
        return 0
    facts: dict[str, Any] = {
        "feed": channel.code,
        "now": now,
        "today": now.date(),
        "until": now.date() + patience.AHEAD,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOOT, facts)
        cursor.execute(PREPARE, facts)
        added = int(cursor.rowcount)
    Feed.objects.filter(code=channel.code).update(prepared_at=now)
    return added


def take(channel: Channel) -> int:
    """到日撤回: ends what the day has ended, a portion, each in its own transaction. Returns how many ended here.

    The caller has them written in the journal of removals; the sweep then owes the withdrawal.
    """
    due = Prepared.objects.filter(feed=channel.code, outcome=Outcome.OPEN, day__lte=clock.today())
    system = User.objects.system()
    chosen = list(due.order_by("day", "pk").values_list("pk", "record_id")[:AT_ONCE])
    return sum(_taken(pk, record_id, system) for pk, record_id in chosen)


def _taken(pk: int, record_id: int, system: User) -> bool:
    try:
        with transaction.atomic():
            ended = _ended(record_id, system)
            _settle(pk, record_id)
    except DatabaseError:  # it holds up nobody else; the page shows that it is late
        log.exception("备好的撤回 %s 没有办成", pk)
        return False
    return ended


def _ended(record_id: int, system: User) -> bool:
    try:
        acts.expire(record_id=record_id, actor=system)
    except WorkflowError:
        return False  # somebody was quicker, it had ended before, or its last day is a later one now
    return True


def _settle(pk: int, record_id: int) -> None:
    record = CreditRecord.objects.only("status", "end_kind").get(pk=record_id)
    over = record.status == S.ENDED and record.end_kind == EndKind.EXPIRED
    outcome = Outcome.TAKEN if over else Outcome.MOOT
    Prepared.objects.filter(pk=pk, outcome=Outcome.OPEN).update(outcome=outcome, settled_at=clock.now())
