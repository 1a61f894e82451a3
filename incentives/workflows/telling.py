"""案件的文书: rendered once, sealed as a message to the person; the digest lets anyone compare a paper copy."""

import hashlib
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from daoli_credit.law.durations import Duration
from daoli_credit.workflow import noun
from incentives.models import Decision, Listing, Notice
from incentives.rules import as_record, period, route
from records import identity

NOTICE = "documents/listing_notice_v1.txt"
DECISION = "documents/listing_decision_v1.txt"
DROPPED = "documents/listing_dropped_v1.txt"
REVOKED = "documents/listing_revoked_v1.txt"


def digest(text: str) -> bytes:
    """正文摘要."""
    return hashlib.sha256(text.encode()).digest()


def file(listing: Listing, title: str, text: str) -> Message:
    """存入本人的消息."""
    return messages.tell(
        person_key=listing.person_keys()[0], title=title, text=text, noun=noun(Listing), object_id=str(listing.pk)
    )


def _rendered(listing: Listing, template: str, **more: Any) -> str:
    kind = route.kind(listing)
    facts = {
        "listing": listing,
        "kind": kind,
        "who": identity.masked(listing.subject),
        "today": clock.today(),
        "site": settings.SITE,
        "reminder": as_record.reminder(kind),
        "removal": as_record.removal(kind),
        "remedy": as_record.remedy(kind),
        **more,
    }
    return render_to_string(template, facts).strip() + "\n"


def _answer_period(listing: Listing) -> str:
    step = route.step(listing, "answered")
    limit = pack.current().limit(step.limit) if step and step.limit else None
    if limit is None or limit.value is None:
        return "以送达的告知书原件所载的日期为准"
    return f"{limit.value}{period.UNITS.get(limit.unit, '')}（{period.cited(limit)}）"


def notice(listing: Listing) -> Notice:
    """拟列入告知书: everything that `contents.notice` of the pack asks for."""
    text = _rendered(listing, NOTICE, period=_answer_period(listing), hears="heard" in listing.path)
    return Notice.objects.create(
        listing=listing,
        document_number=listing.notice_number,
        template=NOTICE,
        message=file(listing, "拟列入告知书", text),
        digest=digest(text),
    )


def decision(listing: Listing) -> Decision:
    """列入决定书: everything that `contents.decision` of the pack asks for."""
    length = route.kind(listing).term.duration
    cited = "、".join(str(citation) for citation in route.kind(listing).term.citations)
    term = f"自列入决定之日起{length}（{cited}）" if isinstance(length, Duration) else "以决定书原件所载的期限为准"
    text = _rendered(listing, DECISION, term=f"{term}，届满自动移出；同时受各类信息最长期限的限制。")
    return Decision.objects.create(
        listing=listing,
        document_number=listing.decision_number,
        template=DECISION,
        message=file(listing, "列入决定书", text),
        digest=digest(text),
    )


def dropped(listing: Listing) -> None:
    """不予列入: whoever was told that a case ran is told that it is over."""
    if listing.noticed_on is not None:
        file(listing, "不予列入通知", _rendered(listing, DROPPED))


def revoked(listing: Listing) -> None:
    """撤销列入决定."""
    file(listing, "撤销列入决定通知", _rendered(listing, REVOKED))
