"""值守: what a person at the feeds may do, each with its event; nothing here opens or changes a body."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

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
HURRIED = register("feed.hurried", "退避中的立即再试", duty="operate_feeds")
RECALLED = register("feed.recalled", "全部召回", duty="operate_feeds")
RETRIED_ALL = register("feed.retried-all", "成批重试推送单", duty="operate_feeds")
ASKED = register("feed.reconcile-asked", "要求立即对账", duty="operate_feeds")
VERB = "operate_feeds"
MOST_AT_ONCE = 1000


def _must_operate(actor: User) -> None:
    if not actor.may_anywhere(VERB):
        raise PermissionDenied("这一步要有“推送值守”这项职责")


def _note(act: str, noun: str, object_id: str, actor: User, opinion: str = "", *, count: int = 1) -> None:
    events.record(
        act=act, noun=noun, object_id=object_id, actor=actor, department=HANDLER, opinion=opinion, count=count
    )


@transaction.atomic
def retry(*, key: str, actor: User, opinion: str) -> Delivery:
    """重试: a held delivery goes again with the same bytes. Raises AlreadyDone, WrongState, RuleBroken."""
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
    states.again([one])
    one.refresh_from_db()
    _note(RETRIED, "delivery", one.key, actor, opinion.strip())
    return one


@transaction.atomic
def pause(*, code: str, actor: User, reason: str) -> Feed:
    """暂停推送: the ordinary lane stands still; withdrawals go on, they only ever take away.

    Raises AlreadyDone, and RuleBroken without a reason.
    """
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
def resume(*, code: str, actor: User, opinion: str = "") -> Feed:
    """恢复推送; what was broken is tried at once, and what was backing off because of it.

    Raises AlreadyDone, and RuleBroken after a restore until what was held is reconciled.
    """
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if feed.enabled and feed.broken_until is None:
        raise AlreadyDone("推送本来就在进行")
    if feed.restored_at is not None:
        raise RuleBroken("恢复备份以后还没有对完账，对完才能恢复推送")
    feed.enabled, feed.reason, feed.changed_at, feed.broken_until = True, "", clock.now(), None
    feed.save(update_fields=["enabled", "reason", "changed_at", "broken_until"])
    states.hurry(code)
    _note(RESUMED, "feed", code, actor, opinion.strip())
    return feed


@transaction.atomic
def hurry(*, code: str, actor: User, opinion: str) -> int:
    """立即再试: what backs off at this platform goes at once, for a person knows that it is back.

    A break ends with it; a pause and a recall go on. Their tries count as before. Raises AlreadyDone when nothing
    backs off, RuleBroken without a reason.
    """
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if not opinion.strip():
        raise RuleBroken("立即再试要写明原因：怎样知道对方已经恢复")
    count = states.hurry(code)
    if not count:
        raise AlreadyDone("现在没有退避中的推送单")
    if feed.broken_until is not None:
        feed.broken_until = None
        feed.save(update_fields=["broken_until"])
    _note(HURRIED, "feed", code, actor, opinion.strip(), count=count)
    return count


@transaction.atomic
def recall(*, code: str, actor: User, reason: str) -> Feed:
    """全部召回: the ordinary lane stands still and all that the platform holds is withdrawn; resumed as a pause is.

    Raises AlreadyDone, RuleBroken without a reason.
    """
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if feed.recalled_at is not None and not feed.enabled:
        raise AlreadyDone("已经在召回")
    if not reason.strip():
        raise RuleBroken("召回要写明原因")
    feed.enabled, feed.reason, feed.changed_at = False, f"全部召回：{reason.strip()}"[:200], clock.now()
    feed.recalled_at = clock.now()
    feed.save(update_fields=["enabled", "reason", "changed_at", "recalled_at"])
    _note(RECALLED, "feed", code, actor, reason.strip())
    return feed


def to_retry(code: str, held: str, owner: str = "") -> QuerySet[Delivery]:
    """成批重试会送哪些 of one reason (and owner), no newer revision owed: counted on the page, taken by the act."""
    newer = Delivery.objects.filter(feed=OuterRef("feed"), record=OuterRef("record"), number__gt=OuterRef("number"))
    rows = Delivery.objects.filter(feed=code, state=State.HELD, held_reason=held).exclude(Exists(newer))
    return rows.filter(held_owner__code=owner) if owner else rows


@transaction.atomic
def retry_all(*, code: str, held: str, actor: User, opinion: str, owner: str = "", seen: int | None = None) -> int:
    """成批重试 of what is held for one reason; one event with the count.

    Raises RuleBroken when nothing is, and when it is no longer as many as the actor has `seen`.
    """
    _must_operate(actor)
    if not opinion.strip():
        raise RuleBroken("重试要写明原因：问题在哪里、怎样解决的")
    rows = to_retry(code, held, owner)
    found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk")[:MOST_AT_ONCE])
    if not found:
        raise RuleBroken("现在没有这一类待人工处理的推送单")
    if seen is not None and (now := rows.count()) != seen:
        raise RuleBroken(f"按的时候是 {now} 件，您看到的是 {seen} 件；请看清现在的件数再按")
    states.again(found)
    _note(RETRIED_ALL, "feed", code, actor, opinion.strip(), count=len(found))
    return len(found)


@transaction.atomic
def ask_reconciliation(*, code: str, actor: User, opinion: str = "") -> None:
    """要求立即对账: stands in the row, so that no broker can lose it; the next sweep starts it.

    Raises AlreadyDone while one is asked for.
    """
    _must_operate(actor)
    feed = Feed.objects.select_for_update(no_key=True).get(code=code)
    if feed.reconcile_asked_at is not None:
        raise AlreadyDone("已经要求对账，结果稍后显示在本页")
    feed.reconcile_asked_at = clock.now()
    feed.save(update_fields=["reconcile_asked_at"])
    _note(ASKED, "feed", code, actor, opinion.strip())
