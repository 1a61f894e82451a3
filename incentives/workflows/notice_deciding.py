"""决定: by another than whoever drafted, after the person was heard; or, at any time, in the person's favour."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import PreAdverseNotice
from incentives.models.pre_adverse_status import Result
from incentives.rules import notice_gate, period
from incentives.workflows import notice_telling
from incentives.workflows.notice_proposing import issue
from incentives.workflows.notice_stepping import stepping
from records.rules.values import document_number

ADVERSE = (Result.ADVERSE, Result.CHANGED)


def _write(notice: PreAdverseNotice, actor: User, *, result: str, document: str, opinion: str, response: str) -> None:
    if actor.pk == notice.drafted_by_id:
        raise RuleBroken("作出决定的人不能是拟稿人，请由另一人办理")
    if result not in ADVERSE:
        raise RuleBroken("请选择作出拟告知的决定，还是较轻的决定；不作出不利决定的，办理“决定不作出不利决定”")
    number = document_number(document)
    if not number:
        raise RuleBroken("请写明决定的文号：决定由本单位的办理系统作出，这里登记")
    if notice.stated_on is not None and not response.strip():
        raise RuleBroken("当事人提出了陈述申辩：请逐条写明采纳与否和理由")
    notice.result, notice.decision_number = result, number
    notice.decided_by, notice.decided_on = actor, clock.today()
    notice.decided_why, notice.response = opinion.strip(), response.strip()
    notice_telling.decided(notice)


def decide(
    *,
    notice_id: int,
    actor: User,
    opinion: str,
    seen: int | None = None,
    result: str,
    document: str,
    response: str = "",
) -> PreAdverseNotice:
    """登记不利决定: after the days or the person's own word, on what still stands, every point answered."""
    with stepping("decide", notice_id, actor=actor, opinion=opinion, seen=seen) as notice:
        _write(notice, actor, result=result, document=document, opinion=opinion, response=response)
    return notice


def decide_outright(
    *, notice_id: int, actor: User, opinion: str, seen: int | None = None, notice_document: str, document: str
) -> PreAdverseNotice:
    """登记法律直接规定的决定: the notice goes with it, in the same moment. Asked again of the law of today.

    Raises RuleBroken when the person must be heard first, or the basis is not in force.
    """
    with stepping("decide-outright", notice_id, actor=actor, opinion=opinion, seen=seen) as notice:
        if not notice.outright:
            raise RuleBroken("这一件要先告知本人、听取意见，再作出决定")
        if not notice_gate.outright(notice.measure):
            raise RuleBroken("法律直接规定的依据现在不在效，不能据以作出决定")
        issue(notice, notice_document)
        _write(notice, actor, result=Result.ADVERSE, document=document, opinion=opinion, response="")
    return notice


def serve_decision(
    *,
    notice_id: int,
    actor: User,
    seen: int | None = None,
    service: str,
    day: date,
    proof: str,
    confirmed: bool = False,
) -> PreAdverseNotice:
    """登记决定送达. Raises AlreadyDone, and RuleBroken for a service that is none."""
    with stepping("serve-decision", notice_id, actor=actor, seen=seen) as notice:
        if notice.decision_served_on is not None or notice.decided_on is None:
            raise AlreadyDone("决定的送达已经登记过，不能再改")
        served = period.served_on(
            service, day, not_before=notice.decided_on, today=clock.today(), proof=proof, confirmed=confirmed
        )
        notice.decision_service, notice.decision_proof = service, proof.strip()
        notice.decision_served_on = served
    return notice


def _spare(name: str, notice_id: int, actor: User, opinion: str, seen: int | None) -> PreAdverseNotice:
    with stepping(name, notice_id, actor=actor, opinion=opinion, seen=seen) as notice:
        notice.result, notice.decided_why = Result.SPARED, opinion.strip()
        notice.decided_by, notice.decided_on = actor, clock.today()
        notice_telling.spared(notice)
    return notice


def spare(*, notice_id: int, actor: User, opinion: str, seen: int | None = None) -> PreAdverseNotice:
    """不再拟作不利决定: by whoever drafts; it needs no second person and waits for nothing."""
    return _spare("spare", notice_id, actor, opinion, seen)


def refuse(*, notice_id: int, actor: User, opinion: str, seen: int | None = None) -> PreAdverseNotice:
    """决定不作出不利决定: by whoever would have decided."""
    return _spare("refuse", notice_id, actor, opinion, seen)
