"""拟作不利决定: from a check's answer to a notice in the person's hands. Nothing adverse is used before."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from incentives.models import Check, CheckAnswer, PreAdverseNotice
from incentives.models.pre_adverse_status import P
from incentives.rules import notice_gate, notice_usable, period
from incentives.rules.notice_steps import PROPOSED
from incentives.workflows import notice_telling
from incentives.workflows.notice_stepping import stepping
from records import identity
from records.identity import Identity
from records.models import Subject
from records.rules.values import document_number

LONGEST = 500
UNKNOWN_DAYS = "规则没有规定答复的天数：请填写告知书所载的届满日，并写明依据（本事项自己的法律）"


@dataclass(frozen=True)
class Intent:
    """拟作什么决定: in words, and, where the law leaves a choice, why."""

    proposed: str
    discretion: str = ""
    outright: bool = False


def _said(text: str, what: str, *, needed: bool = True) -> str:
    text = text.strip()
    if needed and not text:
        raise RuleBroken(f"请写明{what}")
    if len(text) > LONGEST:
        raise RuleBroken(f"{what}最多 {LONGEST} 个字，现在 {len(text)} 个")
    try:
        return without_numbers(text)
    except OpinionRefused:
        raise RuleBroken(f"{what}里不要写证件号码和电话；告知书已经写明是谁的办件") from None


def draft(*, answer_id: int, intent: Intent, actor: User, who: Identity | None = None) -> PreAdverseNotice:
    """拟稿: the measure of one answer, what is intended, under which article. `who` is needed for a platform's answer.

    Raises PermissionDenied, CheckAnswer.DoesNotExist, AlreadyDone when one runs already, and RuleBroken.
    """
    answer = CheckAnswer.objects.select_related(
        "check_made__case", "check_made__department", "record__subject", "record__department"
    ).get(pk=answer_id)
    check, today = answer.check_made, clock.today()
    if not actor.may("check_applicants", check.department_id):
        raise PermissionDenied("您没有“核查申请人”这项职责")
    if not check.case.is_open(today):
        raise RuleBroken(f"办件 {check.case.case_number} 已经办结，不能再据核查拟作决定")
    if why_not := notice_usable.refusal(answer):
        raise RuleBroken(why_not)
    measure = pack.current().measures[answer.measure]
    statute = notice_gate.outright(answer.measure) if intent.outright else ""
    if intent.outright and not statute:
        raise RuleBroken("只有法律、行政法规直接规定应当拒绝的，才可以告知与决定同时送达；这一项请先告知、听取意见")
    proposed = _said(intent.proposed, "拟作出的决定")
    discretion = _said(intent.discretion, "裁量理由（可以适用的措施，逐案写明）", needed=answer.force == "may")
    try:
        with transaction.atomic():
            notice = PreAdverseNotice(
                number=_next_number(today),
                check_made=check,
                department=check.department,
                matter=check.matter,
                subject=_subject(answer, check, who),
                answer=answer,
                record=answer.record,
                measure=answer.measure,
                force=answer.force,
                outlives=measure.outlives,
                proposed=proposed,
                legal_ground="、".join(map(str, measure.citations)),
                discretion=discretion,
                outright=bool(statute),
                outright_basis=statute,
                edition=pack.current().edition,
                drafted_by=actor,
                drafted_on=today,
            )
            if lock := notice_gate.basis(notice):
                raise RuleBroken(lock.why)
            notice.save(force_insert=True)
            events.record(
                act=PROPOSED,
                noun=noun(PreAdverseNotice),
                object_id=notice.pk,
                actor=actor,
                department=check.department.code,
                to_status=P.DRAFTED,
                revision=notice.revision,
            )
            events.led_to(
                actor=actor, case_numbers=[check.case.case_number], person_keys=notice.person_keys(), result=PROPOSED
            )
    except identity.OtherName as why:
        raise RuleBroken(f"{why}。请对照证件核对姓名") from why
    except IntegrityError as why:
        if "one_running_notice_per_answer" in str(why):
            raise AlreadyDone("这一项答复已经有一份事先告知在办理") from why
        raise
    return notice


def _subject(answer: CheckAnswer, check: Check, who: Identity | None) -> Subject:
    """The party: known by the record, or, from a platform's answer, entered from the application before them."""
    if answer.record is not None:
        return answer.record.subject
    if who is None or not who.name.strip():
        raise RuleBroken("请对照申请材料填写当事人的姓名和证件号码，告知书要写明是谁")
    if bytes(check.person_key) not in cipher.person_keys(who.id_number):
        raise RuleBroken("这个证件号码不是这次核查的人，请核对")
    return identity.of(who)


def _next_number(day: date) -> str:
    """下一个编号: SG2026-000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_pre_adverse_number')")
        return f"SG{day.year}-{cursor.fetchone()[0]:06d}"


def _free_number(notice: PreAdverseNotice, document: str) -> str:
    number = document_number(document)
    if not number:
        raise RuleBroken("请写明告知书的文号")
    if PreAdverseNotice.objects.filter(department=notice.department, notice_number=number).exists():
        raise RuleBroken(f"告知书文号 {number} 已经用在另一件上，请核对")
    return number


def issue(notice: PreAdverseNotice, document: str) -> None:
    """写下文号和告知书的正文; the caller is inside the step."""
    notice.notice_number, notice.noticed_on = _free_number(notice, document), clock.today()
    notice_telling.told(notice)


def notify(*, notice_id: int, actor: User, seen: int | None = None, document: str) -> PreAdverseNotice:
    """发出事先告知书: the bureau's own number, our text with the copy; from here on the person sees it.

    Raises RuleBroken where the law has notice and decision go together.
    """
    with stepping("notify", notice_id, actor=actor, seen=seen) as notice:
        if notice.outright:
            raise RuleBroken("法律直接规定的，告知与决定同时作出、同时送达；请由负责人登记决定")
        issue(notice, document)
    return notice


def serve_notice(
    *,
    notice_id: int,
    actor: User,
    seen: int | None = None,
    service: str,
    day: date,
    proof: str,
    confirmed: bool = False,
    due_on: date | None = None,
    due_basis: str = "",
) -> PreAdverseNotice:
    """登记告知送达: how, when, with what proof; the days to answer begin the day after.

    Raises AlreadyDone, and RuleBroken for a service that is none.
    """
    with stepping("serve-notice", notice_id, actor=actor, seen=seen) as notice:
        if notice.notice_served_on is not None or notice.noticed_on is None:
            raise AlreadyDone("告知书的送达已经登记过，不能再改")
        served = period.served_on(
            service, day, not_before=notice.noticed_on, today=clock.today(), proof=proof, confirmed=confirmed
        )
        window = period.counted(notice_gate.DAYS, served, written=due_on, basis=due_basis, unknown=UNKNOWN_DAYS)
        notice.notice_service, notice.notice_proof, notice.notice_served_on = service, proof.strip(), served
        notice.answer_due_on, notice.answer_due_basis = window.due_on, window.basis
        notice.answer_provisional, notice.transit_due_on = window.provisional, window.transit_due_on
    return notice
