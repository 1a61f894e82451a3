"""回执: early, late, twice or contradicting, each is kept; the delivery is settled and the holding written."""

from datetime import timedelta

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.feeds.adapters import Told, Unreachable
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Attempt, Delivery, Feed, Receipt
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import UNSETTLED, Held, State
from daoli_credit.feeds.models.receipt import Verdict
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows.sending import EARLY, STALE, adapter, refuse
from daoli_credit.feeds.workflows.sweeping import locked
from daoli_credit.law import clock
from records import outgoing
from records.workflows import holding


@transaction.atomic
def hear(channel: Channel, told: Told) -> bool:
    """听一份回执. False when this feed was never sent anything under that key."""
    found = Delivery.objects.select_for_update(of=("self",), no_key=True).select_related("record__department")
    one = found.filter(feed=channel.code, key=told.key, attempts__gt=0).first()
    if one is None:
        return False
    verdict = Verdict.ACCEPTED if told.accepted else Verdict.REJECTED
    kept = {"words": told.words, "at": clock.now()}
    _, new = Receipt.objects.get_or_create(delivery=one, number=told.number, verdict=verdict, defaults=kept)
    if new and one.state == State.SENDING:
        # should the sender have died, nobody else would write down that this was sent
        facts = {"outcome": Outcome.ACCEPTED, "package": one.package, "answer": EARLY}
        Attempt.objects.create(delivery=one, at=clock.now(), **facts)
    if new and told.accepted:
        _accepted(one, channel)
    elif new and told.code == STALE:
        if one.state in UNSETTLED:
            states.outdated(one, f"对方已有更新的版本：{told.words}")
    elif new:
        _rejected(one, channel, told.words)
        if not one.withdraws:
            _answered(one, channel, outgoing.REFUSED)
    return True


def _answered(one: Delivery, channel: Channel, result: str) -> None:
    outgoing.answered(one.record, actor=User.objects.system(), title=channel.title, result=result)


def _accepted(one: Delivery, channel: Channel) -> None:
    facts = {"record_id": one.record_id, "recipient": channel.code, "title": channel.title, "revision": one.number}
    if one.withdraws:
        holding.confirm_gone(**facts)  # type: ignore[arg-type]
    else:
        holding.taken(**facts)  # type: ignore[arg-type]
        _answered(one, channel, outgoing.TAKEN)
    if one.state in UNSETTLED:
        states.confirm(one)


def _rejected(one: Delivery, channel: Channel, words: str) -> None:
    if one.state in {State.SENDING, State.AWAITING, State.WAITING} or (
        one.state == State.HELD and one.held_reason != Held.REJECTED
    ):
        refuse(one, channel, words)
    elif one.state == State.CONFIRMED and not _newer(one):
        words = f"{channel.title}先说已办理，后说退回：{words}"
        states.hold(one, Held.CONTRADICTION, words)


def _newer(one: Delivery) -> bool:
    return Delivery.objects.filter(feed_id=one.feed_id, record_id=one.record_id, number__gt=one.number).exists()


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
    heard = sum(hear(channel, one) for one in told)
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
