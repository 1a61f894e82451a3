"""锁: why a step is not open yet, until when, and under which article; the same sentence on the button and the POST."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daoli_credit.law import clock, pack, workdays
from daoli_credit.law.deadlines import deadline
from incentives.models import Listing
from incentives.models.status import Hearing, S
from incentives.rules.period import cited

WAIVER_HOURS = 24


@dataclass(frozen=True)
class Lock:
    """锁: the sentence, the last day that must pass, and how many working days are left."""

    why: str
    until: date
    left: int


def _locked(why: str, until: date) -> Lock:
    return Lock(why, until, workdays.workdays_between(clock.today(), until))


def _cite(code: str) -> str:
    return cited(pack.current().limit(code))


def _provisional(listing: Listing) -> str:
    return "（该年放假安排未公布，暂定）" if listing.answer_provisional else ""


def answer(listing: Listing) -> Lock | None:
    """陈述申辩期未满: nothing but the person's own word opens what comes after it."""
    if listing.status != S.NOTIFIED:
        return None
    if listing.answer_due_on is None or listing.transit_due_on is None:
        return Lock(
            f"告知书还没有登记送达：送达次日才开始计算陈述申辩的期限（{_cite('defence-general')}）",
            clock.today(),
            0,
        )
    return _locked(
        f"陈述申辩期到 {listing.answer_due_on} 24 时{_provisional(listing)}：{listing.answer_due_basis}。"
        "期满并完成在途核对之前不开放；本人登录表示没有别的要补充的，可以提前",
        listing.answer_due_on,
    )


def transit(listing: Listing) -> Lock | None:
    """在途核对: not before the answers that may still be in the post have had their days."""
    early = answer(listing)
    if early is None or listing.transit_due_on is None:
        return early
    if clock.today() > listing.transit_due_on:
        return None
    why = _cite("transit-check")
    return _locked(
        f"{early.why.partition('。')[0]}。"
        f"邮寄的答复以交邮日计算，在途等待到 {listing.transit_due_on}（{why}），次日起可以核对",
        listing.transit_due_on,
    )


def waiver_ends_at(waived_at: datetime) -> datetime:
    """放弃何时不可撤回."""
    limit = pack.current().limit("waiver-takeback")
    return waived_at + timedelta(hours=limit.value if limit.value is not None else WAIVER_HOURS)


def waiver(listing: Listing) -> Lock | None:
    """放弃可以撤回的时间: without a statement it may be taken back; what was stated and finished needs no waiting."""
    if listing.status != S.ANSWERED or listing.waived_at is None or listing.waiver_taken_back_at is not None:
        return None
    ends = waiver_ends_at(listing.waived_at)
    if clock.now() >= ends and (listing.waiver_final_from is None or clock.today() >= listing.waiver_final_from):
        return None
    why = _cite("waiver-takeback")
    until = ends.astimezone(clock.CHINA)
    return Lock(
        f"本人放弃了陈述申辩，{until:%Y-%m-%d %H:%M} 以前可以撤回（{why}），在此之前不开放下一步", until.date(), 0
    )


def hearing(listing: Listing, outcome: str) -> Lock | None:
    """要求听证的期限未满: that nobody asked can be said only when nobody can ask any more."""
    if outcome != Hearing.NOT_ASKED or listing.notice_served_on is None:
        return None
    due = deadline("hearing-request", listing.notice_served_on)
    if due is None or clock.today() > due.on:
        return None
    why = _cite("hearing-request")
    return _locked(f"要求听证的期限到 {due.on} 24 时（{why}），期满以后才能登记没有要求听证", due.on)


def asking(listing: Listing, on: date) -> str:
    """为什么不能再要求听证, or "". The last day is counted by working days, holidays of the table left out."""
    if "heard" not in listing.path:
        return "这个名单的程序没有听证；不服决定的，可以申请行政复议或者提起诉讼"
    if listing.notice_served_on is None:
        return "告知书还没有登记送达，要求听证的期限还没有开始；请先登记送达"
    if on < listing.notice_served_on:
        return f"要求听证的日期 {on} 早于告知书送达之日 {listing.notice_served_on}，请核对"
    due = deadline("hearing-request", listing.notice_served_on)
    if due is None or on <= due.on:
        return ""
    return f"要求听证的期限到 {due.on} 24 时届满（{_cite('hearing-request')}），{on} 已经超过；可以写进陈述申辩"


def service(listing: Listing) -> Lock | None:
    """决定尚未视为送达: a public notice counts as served only when its term is over."""
    if listing.status != S.SERVED or listing.decision_served_on is None or clock.today() >= listing.decision_served_on:
        return None
    why = _cite("serve-notice-public")
    return _locked(
        f"公告送达到 {listing.decision_served_on} 才视为送达（{why}），送达以后才能生效", listing.decision_served_on
    )


def before(listing: Listing, target: str) -> Lock | None:
    """下一步（到 `target` 状态）的锁."""
    if target == S.LAPSED:
        return transit(listing)
    if target == S.EFFECTIVE:
        return service(listing)
    return answer(listing) or waiver(listing)
