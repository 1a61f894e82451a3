"""造事先告知: from a true check of a true record, by the true acts only, each on its day."""

from datetime import timedelta
from typing import Any

from daoli_credit.law import clock
from incentives.models import CheckAnswer, PreAdverseNotice
from incentives.workflows import notice_answering, notice_deciding, notice_proposing
from incentives.workflows.notice_proposing import Intent
from records.models import CreditRecord
from tests import make_checks
from tests.cast import Cast

SERVICE: dict[str, Any] = {"service": "direct", "proof": "送达回证第1号，本人签收"}
INTENT = Intent("不予核发食品经营许可。")
TEXT = "处罚已经缴纳，许可证被吊销的是另一家店。"
DECISION: dict[str, Any] = {"result": "adverse", "document": "哈里市监许不〔2026〕3号", "opinion": "查明属实，不予许可"}
RESPONSE = "一、缴纳罚款不影响禁业的认定，不采纳；二、经核对，吊销的就是本店。"


def answer(cast: Cast, *, number: str = "食许〔2026〕118号", **more: Any) -> CheckAnswer:
    """The ban of 林秀云, answered to an open permit case."""
    record = make_checks.ban(cast, **more)
    check = make_checks.ask(cast, make_checks.case(cast, number))
    return check.answers.get(measure="m-food-ban-5y", record=record)


def told_of(cast: Cast, record: CreditRecord, *, number: str) -> PreAdverseNotice:
    """A notice that rests on this record, which the person has in their hands."""
    check = make_checks.ask(cast, make_checks.case(cast, number))
    answer = check.answers.get(measure="m-food-ban-5y", record=record)
    notice = notice_proposing.draft(answer_id=answer.pk, intent=INTENT, actor=cast.clerk)
    return notice_proposing.notify(notice_id=notice.pk, actor=cast.clerk, document=f"先告{number}")


def drafted(cast: Cast, intent: Intent = INTENT, **more: Any) -> PreAdverseNotice:
    """拟稿: nobody outside knows of it."""
    return notice_proposing.draft(answer_id=answer(cast, **more).pk, intent=intent, actor=cast.clerk)


def noticed(cast: Cast, *, document: str = "哈里市监先告〔2026〕1号", **more: Any) -> PreAdverseNotice:
    """The notice is out, not yet served."""
    return notice_proposing.notify(notice_id=drafted(cast, **more).pk, actor=cast.clerk, document=document)


def notified(cast: Cast, **more: Any) -> PreAdverseNotice:
    """Served; the days run."""
    notice = noticed(cast, **more)
    return notice_proposing.serve_notice(notice_id=notice.pk, actor=cast.clerk, day=clock.today(), **SERVICE)


def answered(cast: Cast, **more: Any) -> PreAdverseNotice:
    """The person answered and said that this is all."""
    return notice_answering.answer(notice_id=notified(cast, **more).pk, actor=cast.citizen, text=TEXT)


def after_transit(notice: PreAdverseNotice) -> Any:
    """The first day on which the post may be checked."""
    assert notice.transit_due_on is not None
    return notice.transit_due_on + timedelta(days=1)


def decided(cast: Cast, **more: Any) -> PreAdverseNotice:
    """Decided by another, with every point answered."""
    notice = answered(cast, **more)
    return notice_deciding.decide(notice_id=notice.pk, actor=cast.reviewer, response=RESPONSE, **DECISION)
