"""推送单的状态: the only writer of `Delivery.state`. Every function is called inside its caller's transaction.

The state is technical: it says where bytes are, and no right of anybody follows from it.
"""

import uuid
from datetime import datetime

from daoli_credit.accounts.models import Department
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.rules import patience
from daoli_credit.law import clock
from records.models import Revision
from records.models.revision import WITHDRAWALS
from records.outgoing import HANDLER


def owe(feed: Feed, revision: Revision, state: State, words: str = "", *, recall: bool = False) -> Delivery:
    """建单: waiting, or settled at once with its reason. A recall takes away from one feed what others keep."""
    settled = None if state == State.WAITING else clock.now()
    return Delivery.objects.create(
        feed=feed,
        revision=revision,
        record_id=revision.record_id,
        number=revision.number,
        lane=Lane.WITHDRAWAL if recall or revision.kind in WITHDRAWALS else Lane.ORDINARY,
        state=state,
        held_words=words,
        created_at=clock.now(),
        settled_at=settled,
    )


def _settle(delivery: Delivery, state: State, words: str) -> None:
    delivery.state, delivery.settled_at = state, clock.now()
    delivery.lease, delivery.lease_until, delivery.next_try_at = None, None, None
    delivery.held_reason, delivery.held_words, delivery.held_owner = "", words, None
    delivery.save()


def supersede_older(delivery: Delivery, *, also_awaiting: bool = False) -> None:
    """取代: what the same feed was not sent of older revisions is no longer owed; the higher number says it all."""
    states = [State.WAITING, State.HELD, *([State.AWAITING] if also_awaiting else [])]
    older = Delivery.objects.select_for_update(of=("self",), no_key=True).filter(
        feed_id=delivery.feed_id, record_id=delivery.record_id, number__lt=delivery.number, state__in=states
    )
    for one in older:
        _settle(one, State.SUPERSEDED, f"已由第 {delivery.number} 版取代")


def take(delivery: Delivery, lease: uuid.UUID, until: datetime, package: int) -> None:
    """认领: with a lease; counted as an attempt now, because from now on a copy may be out."""
    delivery.state, delivery.attempts = State.SENDING, delivery.attempts + 1
    delivery.lease, delivery.lease_until, delivery.next_try_at = lease, until, None
    delivery.held_words, delivery.package = "", package
    delivery.save()


def postpone(delivery: Delivery, words: str) -> None:
    """暂不送出: it may not leave today; asked again later, not counted as an attempt."""
    delivery.next_try_at, delivery.held_words = clock.now() + patience.ASK_AGAIN, words[:300]
    delivery.save()


def accept(delivery: Delivery) -> None:
    """对方受理: the bytes have arrived; whether they were taken in, the receipt will say."""
    delivery.state, delivery.answered_at = State.AWAITING, clock.now()
    delivery.lease, delivery.lease_until = None, None
    delivery.save()


def give_back(delivery: Delivery, words: str) -> None:
    """放回: to be tried again, dropped when a newer revision is owed, held when it was tried long enough."""
    newer = Delivery.objects.filter(
        feed_id=delivery.feed_id, record_id=delivery.record_id, number__gt=delivery.number
    ).first()
    if newer is not None:
        _settle(delivery, State.SUPERSEDED, f"已由第 {newer.number} 版取代")
        return
    again = patience.next_try(delivery.attempts, clock.now())
    if again is None:
        hold(delivery, Held.EXHAUSTED, f"重试 {delivery.attempts} 次没有送成：{words}")
        return
    delivery.state, delivery.next_try_at, delivery.held_words = State.WAITING, again, words[:300]
    delivery.lease, delivery.lease_until = None, None
    delivery.save()


def hold(delivery: Delivery, reason: Held, words: str) -> None:
    """待人工处理: with a reason and an owner. What the platform will not take is the determining department's."""
    theirs = reason in {Held.REJECTED, Held.UNMAPPED}
    delivery.state, delivery.held_reason, delivery.held_words = State.HELD, reason, words[:300]
    delivery.held_owner = delivery.record.department if theirs else Department.objects.get(code=HANDLER)
    delivery.lease, delivery.lease_until, delivery.next_try_at, delivery.settled_at = None, None, None, None
    delivery.save()


def hand_on(delivery: Delivery, says: str) -> None:
    """部门已答复: the content stands; from here the feed's operator deals with the platform."""
    delivery.owner_says = says[:300]
    delivery.held_owner = Department.objects.get(code=HANDLER)
    delivery.save()


def confirm(delivery: Delivery) -> None:
    """已确认: the platform has said so; what is older is settled with it."""
    _settle(delivery, State.CONFIRMED, "")
    supersede_older(delivery, also_awaiting=True)


def outdated(delivery: Delivery, words: str) -> None:
    """对方已有更新的版本: nothing more to say in this one."""
    _settle(delivery, State.SUPERSEDED, words)


def again(delivery: Delivery) -> None:
    """重试: a person has decided; the same bytes go again at once."""
    delivery.state, delivery.next_try_at = State.WAITING, None
    delivery.held_reason, delivery.held_words, delivery.held_owner = "", "", None
    delivery.save()
