"""一步里有什么: until when the person may answer and ask for a hearing, what came in, and where its papers stand."""

from collections.abc import Sequence

from daoli_credit.law.deadlines import deadline
from incentives.models import Listing, Point

Pairs = Sequence[tuple[str, str]]


def facts(listing: Listing, act: str) -> Pairs:
    """名目, of the step in which the person answers; none of the others has any."""
    if act != "answered" or listing.answer_due_on is None:
        return ()
    tail = "（暂定：该年放假安排尚未公布）" if listing.answer_provisional else ""
    return [
        ("期限", f"至 {listing.answer_due_on} 24 时{tail}"),
        ("听证", _hearing(listing)),
        ("已收材料", _received(listing)),
    ]


def _hearing(listing: Listing) -> str:
    if "heard" not in listing.path:
        return "这个名单类型没有听证"
    if listing.hearing_asked_on is not None:
        return f"{listing.hearing_asked_on} 要求听证"
    last = deadline("hearing-request", listing.notice_served_on) if listing.notice_served_on else None
    return f"没有要求；最晚 {last.on} 提出" if last else "没有要求"


def _received(listing: Listing) -> str:
    found = listing.defences.all()
    if not found:
        return "还没有" if listing.status == "notified" else "没有"
    came = (f"{one.get_channel_display()}，{one.posted_on:%m-%d} 提交，{one.received_on:%m-%d} 收到" for one in found)
    return f"陈述意见 {len(found)} 份、{Point.objects.filter(listing=listing).count()} 点（{'；'.join(came)}）"


def links(listing: Listing, act: str) -> Pairs:
    """这一步的文书在页上哪里."""
    if act == "notified" and listing.noticed_on:
        return [("拟列入告知书", "#notice")]
    if act == "answered" and listing.stated_on:
        return [("当事人的意见", "#points")]
    if act == "legal-reviewed" and listing.legal_reviewed_on and listing.legal_response:
        return [("逐点回应", "#points")]
    if act == "decided" and listing.decided_on:
        return [("列入决定书", "#decision")]
    return ()
