"""陈述申辩: the person's own acts, and what came on paper. No act of staff ends the period early."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import Defence, Listing
from incentives.models.status import Channel
from incentives.rules import gate
from incentives.workflows import telling
from incentives.workflows.own_words import cleaned as _clean
from incentives.workflows.stepping import stepping


def _file(listing: Listing, text: str, *, channel: str, posted_on: date, received_on: date) -> None:
    if Defence.objects.filter(listing=listing, digest=telling.digest(text)).exists():
        raise AlreadyDone("同样的意见已经收到，不用重复提交")
    message = telling.file(listing, "您的陈述申辩（存档副本）", text)
    Defence.objects.create(
        listing=listing,
        channel=channel,
        posted_on=posted_on,
        received_on=received_on,
        message=message,
        digest=telling.digest(text),
    )
    listing.stated_on = listing.stated_on or received_on


def state(*, listing_id: int, actor: User, seen: int | None = None, text: str) -> Listing:
    """提交陈述申辩, and more may follow until the period is over."""
    cleaned, today = _clean(text), clock.today()
    with stepping("state", listing_id, actor=actor, seen=seen) as listing:
        _file(listing, cleaned, channel=Channel.ONLINE, posted_on=today, received_on=today)
    return listing


def answer(*, listing_id: int, actor: User, seen: int | None = None, text: str = "") -> Listing:
    """提交意见并表示没有别的要补充: what was stated and finished needs no further waiting.

    Without any statement this is a waiver: another act, with time to take it back. Raises RuleBroken for it.
    """
    cleaned, today = _clean(text) if text.strip() else "", clock.today()
    with stepping("answer", listing_id, actor=actor, seen=seen) as listing:
        if cleaned:
            _file(listing, cleaned, channel=Channel.ONLINE, posted_on=today, received_on=today)
        if listing.notice_served_on is None:
            raise RuleBroken("告知书还没有登记送达。您现在可以先提交意见；登记送达以后才能表示没有别的要补充")
        if listing.stated_on is None:
            raise RuleBroken("还没有写意见。不想陈述申辩的，请用“放弃陈述申辩”，那样 24 小时内可以撤回")
        listing.answered_on, listing.that_is_all = today, True
    return listing


def waive(*, listing_id: int, actor: User, seen: int | None = None) -> Listing:
    """放弃陈述申辩 without a word: only by the person's own sign-in, once, and it may be taken back."""
    with stepping("waive", listing_id, actor=actor, seen=seen) as listing:
        if listing.notice_served_on is None:
            raise RuleBroken("告知书还没有登记送达，现在不能放弃陈述申辩")
        if listing.waived_at is not None:
            raise RuleBroken("您撤回过一次放弃，不能再次在线放弃；期限届满前随时可以陈述申辩")
        listing.waived_at = clock.now()
        listing.waiver_final_from = gate.waiver_ends_at(listing.waived_at).astimezone(clock.CHINA).date()
    return listing


def take_back(*, listing_id: int, actor: User, seen: int | None = None) -> Listing:
    """撤回放弃, in time: the period runs on as before."""
    with stepping("take-back", listing_id, actor=actor, seen=seen) as listing:
        if listing.waived_at is None or gate.waiver(listing) is None:
            raise RuleBroken("撤回的时间已过，或者您没有放弃过陈述申辩")
        listing.waiver_taken_back_at = clock.now()
    return listing


def receive(
    *,
    listing_id: int,
    actor: User,
    seen: int | None = None,
    channel: str,
    posted_on: date,
    received_on: date,
    text: str,
) -> Listing:
    """登记收到的材料: what the person handed in or posted. The day of posting counts; the period runs on."""
    cleaned, today = _clean(text), clock.today()
    with stepping("receive", listing_id, actor=actor, seen=seen) as listing:
        if channel not in {Channel.COUNTER, Channel.POST}:
            raise RuleBroken("请选择当面或者邮寄；本人登录提交的，系统自己收下")
        if received_on > today or posted_on > received_on:
            raise RuleBroken("交邮日、收到日不能晚于今天，收到日不能早于交邮日，请核对")
        if listing.noticed_on is None or posted_on < listing.noticed_on:
            raise RuleBroken("交邮或者提交的日期早于告知书，请核对")
        _file(listing, cleaned, channel=channel, posted_on=posted_on, received_on=received_on)
    return listing


def lapse(*, listing_id: int, actor: User, seen: int | None = None, checked_post: bool = True) -> Listing:
    """在途核对: the period and the days of the post are over; counter, post and online were looked through."""
    with stepping("lapse", listing_id, actor=actor, seen=seen) as listing:
        if not checked_post:
            raise RuleBroken("请确认已核对窗口、邮寄和网上三个渠道，没有在途的材料")
        listing.transit_checked_on, listing.transit_checked_by = clock.today(), actor
    return listing
