"""扫描: pulls the revisions that a feed is owed and makes their deliveries. Harmless when two run.

A sweep looks at what was said last and at one more stretch of the register, so that it costs the same whatever the
register holds; round by round every revision is looked at again, for what may leave only now.
"""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import State
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows import recalling
from records import outgoing
from records.models import Holding, Removal, Revision
from records.workflows import handing

LOCK = 20180901  # the namespace of our advisory locks
AT_ONCE = 2000
NEWEST = 5_000  # revisions, and removals, that every sweep looks at
STRETCH = 20_000  # and so many numbers of the others, where the last one stopped


def locked(name: str) -> bool:
    """抢到锁 for the length of this transaction; False when somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
        return bool(cursor.fetchone()[0])


def _not_owed(revisions: QuerySet[Revision], code: str) -> QuerySet[Revision]:
    return revisions.exclude(Exists(Delivery.objects.filter(feed=code, revision=OuterRef("pk"))))


@transaction.atomic
def sweep(channel: Channel) -> int:
    """扫描一个平台, a portion. Returns how many deliveries were made; 0 also when another worker is sweeping."""
    if not locked(f"sweep {channel.code}"):
        return 0
    feed, _ = Feed.objects.get_or_create(code=channel.code)
    ever = Exists(Delivery.objects.filter(feed=feed, record=OuterRef("record")))
    # a restored database may have forgotten the delivery; the platform has said that it holds a copy
    held = Exists(Holding.objects.filter(recipient=feed.code, record=OuterRef("record"), gone_at__isnull=True))
    newest = Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    here = Q(pk__gt=newest - NEWEST) | Q(pk__gt=feed.walked_to, pk__lte=feed.walked_to + STRETCH)
    # an end is withdrawn once it stands in the journal, however long it took to get there
    ended = Q(pk__in=list(Removal.objects.order_by("-pk").values_list("pk", flat=True)[:NEWEST]))
    gone = _not_owed(outgoing.withdrawals(), feed.code).filter(here | ended, ever | held).order_by("pk")[:AT_ONCE]
    said = recalling.go_on(feed, AT_ONCE)
    made = _withdraw(feed, list(gone), channel.title)
    found = list(_not_owed(outgoing.ready(), feed.code).filter(here).order_by("pk")[:AT_ONCE])
    ready = states.owe(feed, found, State.WAITING)
    states.supersede_older(*ready)
    if max(made, len(ready)) < AT_ONCE:
        upto = feed.walked_to + STRETCH
        Feed.objects.filter(code=feed.code).update(walked_to=0 if upto >= newest else upto)
    return said + made + len(ready)


def sweep_all(channel: Channel) -> int:
    """扫描一整轮: from the first revision to the last, until nothing is owed any more. Returns how many were made."""
    Feed.objects.filter(code=channel.code).update(walked_to=0)
    total = 0
    while True:
        made = sweep(channel)
        total += made
        if not made and not Feed.objects.filter(code=channel.code, walked_to__gt=0).exists():
            return total


def _withdraw(feed: Feed, revisions: Sequence[Revision], title: str) -> int:
    """Only what may be out is withdrawn. Locked first: a claim that is just being made has to be seen."""
    records = {one.record_id for one in revisions}
    known = Delivery.objects.select_for_update(of=("self",), no_key=True).filter(feed=feed, record__in=records)
    newest = {one.record_id: one.number for one in sorted(revisions, key=lambda one: one.number)}
    out: set[int] = set()
    for one in known.only("pk", "record_id", "number", "attempts").order_by("pk"):
        newest[one.record_id] = max(newest[one.record_id], one.number)
        if one.may_be_out:
            out.add(one.record_id)
    holds = dict(Holding.objects.filter(record__in=records, recipient=feed.code).values_list("record_id", "gone_at"))
    out |= {pk for pk, gone_at in holds.items() if gone_at is None}
    older = [one for one in revisions if one.number < newest[one.record_id]]
    last = [one for one in revisions if one.number == newest[one.record_id]]
    states.owe(feed, older, State.SUPERSEDED, "已有更新的版本")
    made = states.owe(feed, [one for one in last if one.record_id in out], State.WAITING)
    unneeded = [one for one in last if one.record_id not in out]
    made += states.owe(feed, unneeded, State.UNNEEDED, "没有送出过，不需要撤回")
    states.supersede_older(*made)
    if closed := {one.record_id: one.number for one in unneeded if one.record_id in holds}:
        handing.confirm_gone(closed, recipient=feed.code, title=title)
    return len(revisions)
