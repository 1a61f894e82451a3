"""事先告知的文书: rendered once with the copy of what would be used, sealed as a message to the person."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from daoli_credit.workflow import noun
from incentives import sealed_checks
from incentives.models import PreAdverseNotice
from incentives.rules.notice_gate import DAYS
from incentives.rules.period import UNITS, cited
from records import identity

NOTICE, DECISION, SPARED = (f"documents/pre_adverse_{name}_v1.txt" for name in ("notice", "decision", "spared"))
TITLE = "拟作出不利决定事先告知书"
DECIDED_TITLE, SPARED_TITLE = "不利决定告知", "不作出不利决定通知"


def file(notice: PreAdverseNotice, title: str, text: str) -> Message:
    """存入本人的消息."""
    return messages.tell(
        person_key=notice.person_keys()[0],
        title=title,
        text=text,
        noun=noun(PreAdverseNotice),
        object_id=str(notice.pk),
    )


def _days() -> str:
    limit = pack.current().limit(DAYS)
    if limit.value is None:
        return "以送达时书面告知的日期为准"
    return f"{limit.value}{UNITS.get(limit.unit, '')}（{cited(limit)}）"


def _remedy() -> str:
    edition = pack.current()
    again, suit = edition.limit("reconsider"), edition.limit("sue")
    return (
        f"不服本决定的，可以自知道之日起{again.value}日内申请行政复议（{cited(again)}），"
        f"或者自知道之日起{suit.value}个月内提起行政诉讼（{cited(suit)}）；法律另有规定的从其规定。"
    )


def _rendered(notice: PreAdverseNotice, template: str, **more: Any) -> str:
    said = sealed_checks.opened(notice.answer)
    matter = pack.current().matters.get(notice.matter)
    facts = {
        "notice": notice,
        "case_number": notice.check_made.case.case_number,
        "matter": matter.title if matter else notice.matter,
        "who": identity.masked(notice.subject),
        "said": said,
        "source": notice.answer.source_title,
        "own": notice.record is not None,
        "today": clock.today(),
        "site": settings.SITE,
        "days": _days(),
        "remedy": _remedy(),
        **more,
    }
    return render_to_string(template, facts).strip() + "\n"


def told(notice: PreAdverseNotice) -> None:
    """事先告知书."""
    notice.notice_message = file(notice, TITLE, _rendered(notice, NOTICE))


def decided(notice: PreAdverseNotice) -> None:
    """不利决定告知: what was decided, how each point was answered, and the remedies."""
    notice.decision_message = file(notice, DECIDED_TITLE, _rendered(notice, DECISION))


def spared(notice: PreAdverseNotice) -> None:
    """不作出不利决定: whoever was told that it was intended is told that it is over."""
    if notice.noticed_on is not None:
        file(notice, SPARED_TITLE, _rendered(notice, SPARED))
