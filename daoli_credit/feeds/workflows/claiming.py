"""认领: due heads under a lease, withdrawals first, with their bytes stored and the look-up written, then committed."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from daoli_credit import cipher
from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds import bodies
from daoli_credit.feeds.adapters import PackageNumber, Row
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Attempt, Delivery, Feed
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.law import clock, pack
from records import outgoing
from records.identity import NotThisPerson
from records.models.revision import WITHDRAWALS, Kind
from records.workflows import holding

log = logging.getLogger(__name__)
LARGEST_BATCH = 100


@dataclass(frozen=True)
class Claim:
    """一次认领: which rows, under which lease, until when, in which package."""

    lease: uuid.UUID
    until: datetime
    rows: tuple[Row, ...]
    package: PackageNumber


def _release_lost(feed: Feed, now: datetime) -> None:
    """A worker died or was stopped after claiming: nobody knows what arrived, so the same bytes go again."""
    lost = Delivery.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).filter(
        feed=feed, state=State.SENDING, lease_until__lt=now
    )
    for one in lost:
        words = "发送进程没有回来，结果不明；原报文再送一次"
        Attempt.objects.create(delivery=one, at=now, outcome=Outcome.UNKNOWN, package=one.package, answer=words)
        states.give_back(one, words)


def _heads(feed: Feed, now: datetime, limit: int) -> list[Delivery]:
    same = Delivery.objects.filter(feed=feed, record=OuterRef("record"))
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    found = (
        Delivery.objects.filter(due, Q(not_before__isnull=True) | Q(not_before__lte=now), feed=feed)
        .filter(state=State.WAITING)
        .exclude(Exists(same.filter(state=State.SENDING)))
        .exclude(Exists(same.filter(number__gt=OuterRef("number"))))
        # a withdrawal waits for what is on the wire only; the rest waits for the receipt before it
        .exclude(Q(lane=Lane.ORDINARY) & Exists(same.filter(state=State.AWAITING)))
    )
    if not feed.enabled or assessments.in_force(Subject.FEED, feed.code, on=clock.today()) is None:
        found = found.filter(lane=Lane.WITHDRAWAL)
    ordered = found.order_by("-lane", "pk").select_related("record__department", "record__item", "revision")
    heads = list(ordered.select_for_update(skip_locked=True, of=("self",), no_key=True)[:limit])
    # a withdrawal shares no package with what takes long to write, could be refused or be slow to read
    return [one for one in heads if one.lane == heads[0].lane]


def _may_leave(one: Delivery) -> str:
    """Asked before every sending, not only the first: what ended today does not leave today."""
    return "" if one.withdraws else "；".join(stop.words for stop in outgoing.refusals(one.record))


def _written(one: Delivery, channel: Channel, system: User) -> None:
    if one.body is not None:
        return
    if one.withdraws:
        bodies.store(one, outgoing.withdrawal(one.revision))
        holding.asked(record_id=one.record_id, recipient=channel.code)
        return
    bodies.store(one, outgoing.publication(one.revision, actor=system, title=channel.title, layout=channel.layout))
    holding.handed(record_id=one.record_id, recipient=channel.code, title=channel.title, number=one.number)


def _row(one: Delivery) -> Row:
    digest = bytes(one.digest or b"").hex()
    # a recall is a withdrawal to the one that it is said to, whatever the revision is to the others
    kind = Kind.SUSPENDED if one.withdraws and one.revision.kind not in WITHDRAWALS else one.revision.kind
    return Row(one.key, one.record.number, one.number, kind, digest, bodies.opened(one))


@transaction.atomic
def claim(channel: Channel, limit: int = LARGEST_BATCH) -> Claim | None:
    """认领一批. None when nothing is due, or the feed is left alone for a while.

    Claims of one feed stand in line (its row is locked); a probe after a break takes a single row.
    """
    pack.look_again()
    feed = Feed.objects.select_for_update(no_key=True).filter(code=channel.code).first()
    now = clock.now()
    if feed is None or feed.restored_at or (feed.broken_until is not None and now < feed.broken_until):
        return None
    _release_lost(feed, now)
    probing = feed.failures >= patience.BREAKS_AFTER
    lease, until, rows = uuid.uuid4(), patience.lease(now), []
    package = PackageNumber(feed.epoch, feed.serial + 1)
    system = User.objects.system()
    for one in _heads(feed, now, 1 if probing else limit):
        if not patience.still_claiming(now, clock.now()):
            break  # a slow machine sends fewer at once, and never claims longer than its lease leaves to send
        if why := _may_leave(one):
            states.postpone(one, why)
            continue
        try:
            with transaction.atomic():
                _written(one, channel, system)
                row = _row(one)
                states.take(one, lease, until, package.serial)
        except (outgoing.MayNotLeave, pack.UnknownCode, NotThisPerson, cipher.Unsealable, bodies.Altered) as why:
            log.warning("推送单 %s 的报文无法生成：%s", one.key, type(why).__name__)
            states.hold(Delivery.objects.get(pk=one.pk), Held.UNMAPPED, f"报文无法生成：{why}")
            continue
        states.supersede_older(one)
        rows.append(row)
    if not rows:
        return None
    feed.serial = package.serial
    if probing:
        feed.broken_until = until  # one probe at a time
    feed.save(update_fields=["serial", "broken_until"])
    return Claim(lease, until, tuple(rows), package)
