"""值守: what a person at the feeds may do, each with its event; nothing here opens or changes a body."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import State
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.outgoing import HANDLER

RETRIED = register("feed.retried", "重试推送单", duty="operate_feeds")
PAUSED = register("feed.paused", "暂停推送", duty="operate_feeds")
RESUMED = register("feed.resumed", "恢复推送", duty="operate_feeds")
ASKED = register("feed.reconcile-asked", "要求立即对账", duty="operate_feeds")
VERB = "operate_feeds"


def _must_operate(actor: User) -> None:
    if not actor.may_anywhere(VERB):
        raise PermissionDenied("这一步要有“推送值守”这项职责")


def _note(act: str, noun: str, object_id: str, actor: User, opinion: str = "") -> None:
    events.record(act=act, noun=noun, object_id=object_id, actor=actor, department=HANDLER, opinion=opinion)


@transaction.atomic
def retry(*, key: str, actor: User, opinion: str) -> Delivery:
    """重试: a held delivery goes again with the same bytes. Raises WrongState, RuleBroken, Delivery.DoesNotExist."""
    _must_operate(actor)
    one = Delivery.objects.select_for_update(of=("self",), no_key=True).get(key=key)
    if one.state == State.WAITING and one.attempts:
        raise AlreadyDone("已经排队重试")
    if one.state != State.HELD:
        raise WrongState("这一件现在不在待人工处理，请看最新情况")
    if not opinion.strip():
        raise RuleBroken("重试要写明原因：问题在哪里、怎样解决的")
    newer = Delivery.objects.filter(feed_id=one.feed_id, record_id=one.record_id, number__gt=one.number)
    if newer.exists():
        raise RuleBroken("这条记录已有更新的版本，旧版本不再发送")
    states.again(one)
    _note(RETRIED, "delivery", one.key, actor, opinion.strip())
    return one


@transaction.atomic
def pause(*, code: str, actor: User, reason: str) -> Feed:
    """暂停推送: the ordinary lane stands still; withdrawals go on, they only ever take away."""
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if not feed.enabled:
        raise AlreadyDone("已经暂停")
    if not reason.strip():
        raise RuleBroken("暂停要写明原因")
    feed.enabled, feed.reason, feed.changed_at = False, reason.strip()[:200], clock.now()
    feed.save(update_fields=["enabled", "reason", "changed_at"])
    _note(PAUSED, "feed", code, actor, feed.reason)
    return feed


@transaction.atomic
def resume(*, code: str, actor: User) -> Feed:
    """恢复推送; what was broken is tried at once."""
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if feed.enabled and feed.broken_until is None:
        raise AlreadyDone("推送本来就在进行")
    feed.enabled, feed.reason, feed.changed_at, feed.broken_until = True, "", clock.now(), None
    feed.save(update_fields=["enabled", "reason", "changed_at", "broken_until"])
    _note(RESUMED, "feed", code, actor)
    return feed


@transaction.atomic
def ask_reconciliation(*, code: str, actor: User) -> None:
    """要求立即对账: stands in the row, so that no broker can lose it; the next sweep starts it."""
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if feed.reconcile_asked_at is not None:
        raise AlreadyDone("已经要求对账，结果稍后显示在本页")
    feed.reconcile_asked_at = clock.now()
    feed.save(update_fields=["reconcile_asked_at"])
    _note(ASKED, "feed", code, actor)
