"""恢复备份以后: the gate of every feed is closed, the removal journal applied, each platform asked what it holds,
and only then is anything sent again, in a new epoch. Each step is harmless twice; a run that was killed is run again.
"""

from dataclasses import dataclass

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.feeds.adapters import Kept
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Feed, Reconciliation
from daoli_credit.feeds.workflows.reconciling import compare
from daoli_credit.feeds.workflows.sending import adapter
from daoli_credit.feeds.workflows.sweeping import sweep_all
from daoli_credit.law import clock
from records.models import CreditRecord, Holding
from records.models.revision import WITHDRAWALS
from records.outgoing import HANDLER
from records.workflows import holding, removals, restoring

RESTORED = register("feed.restored", "恢复备份，进入新纪元")
REOPENED = register("feed.reopened", "恢复备份后对账完成，重新推送")


@dataclass(frozen=True)
class Found:
    """与一个平台对过: how many records are said again, and what the reconciliation still shows."""

    said_again: int
    run: Reconciliation


@transaction.atomic
def close_gate(channel: Channel) -> Feed:
    """关门: from the commit on nothing is claimed for this feed. The epoch rises above any it was ever sent."""
    Feed.objects.get_or_create(code=channel.code)
    feed = Feed.objects.select_for_update(no_key=True).get(code=channel.code)
    feed.restored_at, feed.broken_until, feed.failures = clock.now(), None, 0
    # by the clock: two restores of the same backup must not share an epoch
    feed.epoch = max(feed.epoch + 1, int(clock.now().timestamp()))
    feed.save(update_fields=["restored_at", "broken_until", "failures", "epoch"])
    _note(RESTORED, feed, f"纪元 {feed.epoch}")
    return feed


def _note(act: str, feed: Feed, opinion: str) -> None:
    system = User.objects.system()
    events.record(act=act, noun="feed", object_id=feed.code, actor=system, department=HANDLER, opinion=opinion)


def apply_journal() -> int:
    """按撤下日志再次终止 what the backup still has in force; written into the journal anew. Raises JournalAltered."""
    system = User.objects.system()
    ended = sum(restoring.end_again(one, actor=system) for one in removals.read_journal())
    removals.journal()
    return ended


def reconcile(channel: Channel) -> Found:
    """与平台对账、开门: what it holds is written down as held, and said again where our number would lose.

    Raises Unreachable: then the gate stays closed.
    """
    theirs = adapter(channel).holdings()
    again = sum(_taken_up(channel, one) for one in theirs)
    sweep_all(channel)  # what is owed now is on its way, and no difference
    with transaction.atomic():
        feed = Feed.objects.select_for_update(no_key=True).get(code=channel.code)
        run = compare(feed, {one.record: one for one in theirs})
        feed.restored_at = None
        feed.save(update_fields=["restored_at"])
        _note(REOPENED, feed, f"对方持有 {len(theirs)} 条，重申 {again} 条，差异 {run.differences} 处")
    return Found(again, run)


@transaction.atomic
def _taken_up(channel: Channel, theirs: Kept) -> bool:
    record = CreditRecord.objects.filter(number=theirs.record).first()
    last = record.revisions.order_by("-number").first() if record is not None else None
    if record is None or last is None:
        return False  # entered after the backup: the reconciliation shows it, with its owner
    facts = {"record_id": record.pk, "recipient": channel.code, "title": channel.title}
    if not Holding.objects.filter(record=record, recipient=channel.code).exists():
        holding.handed(**facts)  # type: ignore[arg-type]
    holding.taken(revision=theirs.revision, **facts)  # type: ignore[arg-type]
    if last.kind in WITHDRAWALS:
        loses = last.number <= theirs.revision
    else:
        known = Delivery.objects.filter(feed=channel.code, record=record, number=theirs.revision).first()
        same = known is not None and bytes(known.digest or b"").hex() == theirs.digest
        loses = not same or theirs.revision > last.number
    if loses:
        restoring.say_again(record_id=record.pk, above=theirs.revision)
    return loses
