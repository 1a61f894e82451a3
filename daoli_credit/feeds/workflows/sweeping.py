"""扫描: pulls the revisions that a feed is owed and makes their deliveries. Harmless when two run."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import State
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows import recalling
from records import outgoing
from records.models import Holding, Revision
from records.workflows import holding

LOCK = 20180901  # the namespace of our advisory locks
AT_ONCE = 500


def locked(name: str) -> bool:
    """抢到锁 for the length of this transaction; False when somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
        return bool(cursor.fetchone()[0])


def _not_owed(revisions: QuerySet[Revision], code: str) -> QuerySet[Revision]:
    return revisions.exclude(Exists(Delivery.objects.filter(feed=code, revision=OuterRef("pk"))))


@transaction.atomic
def sweep(channel: Channel) -> int:
    """扫描一个平台. Returns how many deliveries were made; 0 also when another worker is sweeping."""
    if not locked(f"sweep {channel.code}"):
        return 0
    feed, _ = Feed.objects.get_or_create(code=channel.code)
    ever = Exists(Delivery.objects.filter(feed=feed, record=OuterRef("record")))
    # a restored database may have forgotten the delivery; the platform has said that it holds a copy
    held = Exists(Holding.objects.filter(recipient=feed.code, record=OuterRef("record"), gone_at__isnull=True))
    gone = _not_owed(outgoing.withdrawals(), feed.code).filter(ever | held).order_by("pk")[:AT_ONCE]
    said = recalling.go_on(feed, AT_ONCE)
    made = [_withdraw(feed, revision, channel.title) for revision in gone.select_related("record")]
    ready = _not_owed(outgoing.ready(), feed.code).order_by("pk")[:AT_ONCE]
    made += [_publish(feed, revision) for revision in ready]
    return said + len(made)


def _publish(feed: Feed, revision: Revision) -> Delivery:
    one = states.owe(feed, revision, State.WAITING)
    states.supersede_older(one)
    return one


def _withdraw(feed: Feed, revision: Revision, title: str) -> Delivery:
    """Only what may be out is withdrawn. Locked first: a claim that is just being made has to be seen."""
    others = list(
        Delivery.objects.select_for_update(of=("self",), no_key=True)
        .filter(feed=feed, record_id=revision.record_id)
        .order_by("number")
    )
    if any(one.number > revision.number for one in others):
        return states.owe(feed, revision, State.SUPERSEDED, "已有更新的版本")
    held = Holding.objects.filter(record_id=revision.record_id, recipient=feed.code, gone_at__isnull=True)
    if any(one.may_be_out for one in others) or held.exists():
        one = states.owe(feed, revision, State.WAITING)
        states.supersede_older(one)
        return one
    one = states.owe(feed, revision, State.UNNEEDED, "没有送出过，不需要撤回")
    states.supersede_older(one)
    if Holding.objects.filter(record_id=revision.record_id, recipient=feed.code).exists():
        holding.confirm_gone(record_id=revision.record_id, recipient=feed.code, title=title, revision=revision.number)
    return one
