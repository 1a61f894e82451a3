"""认领: due heads under a lease, withdrawals first, with their bytes stored and the look-up written, then committed."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from daoli_credit import cipher
from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds import bodies, rows
from daoli_credit.feeds.adapters import PackageNumber, Row
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Attempt, Delivery, Feed
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.law import clock, pack
from records import outgoing
from records.models.revision import WITHDRAWALS, Kind
from records.workflows import handing

log = logging.getLogger(__name__)
# what a batch is written from; the rest of three wide rows stays where it is
OWED = "key feed_id number lane state attempts body digest"
SAID = (
    "number item_id department_id subject_id document_number determined_on severity public_until use_until content"
    " status effective_on served_on suspended_on end_kind"
)
# The row's own record is asked of by the index of records, row by row, whatever the planner believes to be on its way:
# its figures are those of a moment at which nothing was (docs/adr/0045). A withdrawal waits for what is on the wire
# only; the rest waits for the receipt before it. Whether anything older is still owed is seen on the same way.
DUE = """
SELECT head.id, kin.older FROM feeds_delivery AS head
CROSS JOIN LATERAL (
    SELECT bool_or(same.state IN ('sending') OR same.number > head.number
                   OR head.lane = 'ordinary' AND same.state IN ('awaiting')) AS waits,
        bool_or(same.number < head.number AND same.state IN ('waiting', 'held')) AS older
    FROM feeds_delivery AS same
    WHERE same.feed_id = head.feed_id AND same.record_id = head.record_id OFFSET 0) AS kin
WHERE head.feed_id = %(feed)s AND head.state IN ('waiting') AND head.lane = ANY(%(lanes)s)
    AND (head.next_try_at IS NULL OR head.next_try_at <= %(now)s)
    AND (head.not_before IS NULL OR head.not_before <= %(now)s)
    AND NOT kin.waits
ORDER BY head.lane DESC, head.id LIMIT %(limit)s FOR NO KEY UPDATE OF head SKIP LOCKED
"""


@dataclass(frozen=True)
class Claim:
    """一次认领: which rows, under which lease, until when, in which package; `ids` are our numbers of the rows."""

    lease: uuid.UUID
    until: datetime
    rows: tuple[Row, ...]
    package: PackageNumber
    ids: tuple[int, ...]


def _release_lost(feed: Feed, now: datetime) -> None:
    """A worker died or was stopped after claiming: nobody knows what arrived, so the same bytes go again."""
    lost = list(
        Delivery.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).filter(
            feed=feed, state=State.SENDING, lease_until__lt=now
        )
    )
    if lost:
        words = "发送进程没有回来，结果不明；原报文再送一次"
        Attempt.objects.bulk_create(
            Attempt(delivery=one, at=now, outcome=Outcome.UNKNOWN, package=one.package, answer=words) for one in lost
        )
        states.give_back(lost, words)


def _heads(feed: Feed, now: datetime, limit: int) -> tuple[list[Delivery], set[int]]:
    """What is due, and of which of it something older is still owed."""
    lanes = [Lane.WITHDRAWAL, Lane.ORDINARY]
    if not feed.enabled or assessments.in_force(Subject.FEED, feed.code, on=clock.today()) is None:
        lanes = [Lane.WITHDRAWAL]
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"feed": feed.code, "lanes": lanes, "now": now, "limit": limit})
        due = dict(cursor.fetchall())
    heads = rows.read(list(due), own=OWED, record=SAID, revision="number kind")
    # a withdrawal shares no package with what takes long to write, could be refused or be slow to read
    heads = [one for one in heads if one.lane == heads[0].lane]
    outgoing.gather([one.record for one in heads])
    return heads, {pk for pk, older in due.items() if older}


def _leaving(heads: list[Delivery]) -> list[Delivery]:
    """Asked before every sending, not only the first: what ended today does not leave today. Heads are of one lane."""
    if heads[0].withdraws:
        return heads
    stops = outgoing.refusals_to(heads[0].feed_id, [one.record for one in heads])
    stopped = {one.pk: why for one in heads if (why := stops[one.record_id])}
    states.postpone({pk: "；".join(stop.words for stop in why) for pk, why in stopped.items()})
    return [one for one in heads if one.pk not in stopped]


class _Unsaid(Exception):
    """Some of a set cannot be said: by delivery, why."""

    def __init__(self, why: dict[int, Exception]) -> None:
        self.why = why


def _said(going: list[Delivery], channel: Channel, system: User) -> dict[int, bytes]:
    """The bytes of each: as stored, or written now with the look-ups and the holdings. Raises _Unsaid for any."""
    said: dict[int, bytes | Exception] = {}
    fresh = [one for one in going if one.body is None]
    for one in going:
        if one.body is not None:
            try:
                said[one.pk] = bodies.opened(one)
            except (cipher.Unsealable, bodies.Altered) as why:
                said[one.pk] = why
        elif one.withdraws:
            said[one.pk] = outgoing.withdrawal(one.revision)
    if away := [one.record_id for one in fresh if one.withdraws]:
        handing.asked(away, recipient=channel.code)
    if told := [one for one in fresh if not one.withdraws]:
        revisions = [one.revision for one in told]
        written = outgoing.publications(revisions, actor=system, title=channel.title, layout=channel.layout)
        numbers = {one.record: one.number for one in told}
        undone = handing.handed(numbers, recipient=channel.code, title=channel.title)
        gone = outgoing.MayNotLeave("这条记录刚刚随整批撤回，不再送出")
        said |= {one.pk: gone if one.record_id in undone else written[one.revision_id] for one in told}
    if wrong := {pk: why for pk, why in said.items() if isinstance(why, Exception)}:
        raise _Unsaid(wrong)
    return {pk: plain for pk, plain in said.items() if isinstance(plain, bytes)}


def _sayable(going: list[Delivery], channel: Channel, system: User) -> list[tuple[Delivery, bytes]]:
    """Each with its bytes. What cannot be said is held for its department, and takes nobody with it."""
    while going:
        try:
            with transaction.atomic():
                said = _said(going, channel, system)
            return [(one, said[one.pk]) for one in going]
        except _Unsaid as some:
            for one in going:
                if why := some.why.get(one.pk):
                    log.warning("推送单 %s 的报文无法生成：%s", one.key, type(why).__name__)
                    states.hold(one, Held.UNMAPPED, f"报文无法生成：{why}")
            going = [one for one in going if one.pk not in some.why]
    return []


def _row(one: Delivery, plain: bytes) -> Row:
    if one.body is None:
        bodies.store(one, plain)
    # a recall is a withdrawal to the one that it is said to, whatever the revision is to the others
    kind = one.revision.kind
    if one.withdraws and kind not in WITHDRAWALS:
        kind = Kind.SUSPENDED
    return Row(one.key, one.record.number, one.number, kind, bytes(one.digest or b"").hex(), plain)


@transaction.atomic
def claim(channel: Channel, limit: int | None = None) -> Claim | None:
    """认领一批, in a dozen statements whatever its size. None when nothing is due, or the feed is left alone.

    Claims of one feed stand in line (its row is locked); a probe after a break takes a single row.
    """
    pack.look_again()
    feed = Feed.objects.select_for_update(no_key=True).filter(code=channel.code).first()
    now = clock.now()
    if feed is None or feed.restored_at or (feed.broken_until is not None and now < feed.broken_until):
        return None
    _release_lost(feed, now)
    probing = feed.failures >= patience.BREAKS_AFTER
    lease, until, system = uuid.uuid4(), patience.lease(now), User.objects.system()
    package = PackageNumber(feed.epoch, feed.serial + 1)
    chosen: list[tuple[Delivery, bytes]] = []
    behind: set[int] = set()
    while not chosen and patience.still_claiming(now, clock.now()):
        heads, behind = _heads(feed, now, 1 if probing else limit or channel.largest)
        if not heads:
            break
        chosen = _sayable(_leaving(heads), channel, system)
    if not chosen:
        return None
    rows = tuple(_row(one, plain) for one, plain in chosen)
    taken = [one for one, _ in chosen]
    states.take(taken, lease, until, package.serial)
    states.supersede_older(*(one for one in taken if one.pk in behind), waiting=False)
    feed.serial = package.serial
    if probing:
        feed.broken_until = until  # one probe at a time
    feed.save(update_fields=["serial", "broken_until"])
    return Claim(lease, until, rows, package, tuple(one.pk for one in taken))
