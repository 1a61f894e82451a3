"""陈述申辩: the person's own acts, and what came on paper. No act of staff ends the period early."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone
from incentives.models import Defence, Listing
from incentives.models.status import Channel
from incentives.rules import gate
from incentives.workflows import own_answer, pointing, telling
from incentives.workflows.own_words import cleaned as _clean
from incentives.workflows.stepping import stepping


def _file(listing: Listing, text: str, *, channel: str, posted_on: date, received_on: date) -> None:
    if Defence.objects.filter(listing=listing, digest=telling.digest(text)).exists():
        raise AlreadyDone("同样的意见已经收到，不用重复提交")
    message = telling.file(listing, "您的陈述申辩（存档副本）", text)
    filed = Defence.objects.create(
        listing=listing,
        channel=channel,
        posted_on=posted_on,
        received_on=received_on,
        message=message,
        digest=telling.digest(text),
    )
    pointing.take_down(listing, text, message=message, defence=filed)
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
        own_answer.finish(listing)
    return listing


def waive(*, listing_id: int, actor: User, seen: int | None = None) -> Listing:
    """放弃陈述申辩 without a word: only by the person's own sign-in, once, and it may be taken back."""
    with stepping("waive", listing_id, actor=actor, seen=seen) as listing:
        own_answer.waive(listing)
    return listing


def take_back(*, listing_id: int, actor: User, seen: int | None = None) -> Listing:
    """撤回放弃, in time: the period runs on as before."""
    with stepping("take-back", listing_id, actor=actor, seen=seen) as listing:
        own_answer.take_back(listing, gate.waiver(listing))
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
    cleaned = _clean(text)
    with stepping("receive", listing_id, actor=actor, seen=seen) as listing:
        own_answer.demand_received(listing, channel=channel, posted_on=posted_on, received_on=received_on)
        _file(listing, cleaned, channel=channel, posted_on=posted_on, received_on=received_on)
    return listing


def lapse(*, listing_id: int, actor: User, seen: int | None = None, checked_post: bool = True) -> Listing:
    """在途核对: the period and the days of the post are over; counter, post and online were looked through."""
    with stepping("lapse", listing_id, actor=actor, seen=seen) as listing:
        own_answer.check_post(listing, actor, checked=checked_post)
    return listing
