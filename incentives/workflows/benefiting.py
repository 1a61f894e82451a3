"""激励兑现: the office says what it gave, in its matter and case; only the person says that it arrived."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun, taking
from incentives.models import Benefit, Nomination
from incentives.models.nomination_status import B
from incentives.rules import honour
from incentives.rules.nomination_steps import BENEFIT_STEPS
from incentives.workflows.nominating import next_number

PURPOSE = "报告激励兑现"
NOTHING = "没有查到可以享受这项激励的在效荣誉。没有荣誉记录的人照常办理，不因此受任何影响"


@dataclass(frozen=True)
class Given:
    """给了什么: the measure, in which matter and case, on which day."""

    measure: str
    matter: str
    case_number: str
    received_on: date


def _in_the_rules(department: Department, given: Given) -> None:
    """Raises RuleBroken for what this department cannot give in this matter."""
    edition, today = pack.current(), clock.today()
    measure, matter = edition.measures.get(given.measure), edition.matters.get(given.matter)
    if measure is None or measure.sign != honour.REWARD or not measure.in_force(today):
        raise RuleBroken("规则中没有这项激励")
    if department.code not in measure.body:
        raise RuleBroken(f"“{measure.title}”不由本单位实施")
    if matter is None or given.matter not in measure.matters:
        raise RuleBroken(f"“{measure.title}”不用在这个事项里")
    if not given.case_number.strip():
        raise RuleBroken("请写明办件编号：没有办件，不能查询任何人")
    if given.received_on > today:
        raise RuleBroken(f"{given.received_on} 还没有到，兑现以后再报告")


def report(*, department: Department, given: Given, id_number: str, actor: User) -> Benefit:
    """报告兑现: finds the one person of this case by the whole number; the look is written and the person sees it.

    Raises PermissionDenied; RuleBroken in words; AlreadyDone when the same was reported.
    """
    if not actor.may("report_measure", department.pk):
        raise PermissionDenied("您没有为这个单位报告兑现的职责")
    _in_the_rules(department, given)
    try:
        checked(given.case_number)
    except OpinionRefused:
        raise RuleBroken("办件编号里不写证件号码和电话") from None
    keys = cipher.person_keys(id_number)
    events.look_up(
        actor=actor,
        person_key=keys[0],
        matter=given.matter,
        case_number=given.case_number.strip(),
        purpose=PURPOSE,
        shown=["honour"],
        department=department.code,
    )
    found = [
        one
        for one in Nomination.objects.honoured().filter(subject__key_rows__digest__in=keys).distinct()
        if _carries(one, given)
    ]
    if not found:
        raise RuleBroken(NOTHING)  # the look stays written
    try:
        with transaction.atomic():
            benefit = Benefit.objects.create(
                number=next_number("incentives_benefit_number", "DX", clock.today()),
                nomination=found[0],
                measure=given.measure,
                matter=given.matter,
                department=department,
                case_number=given.case_number.strip(),
                received_on=given.received_on,
                reported_by=actor,
                reported_on=clock.today(),
            )
            events.record(
                act="benefit.reported",
                noun=noun(Benefit),
                object_id=benefit.pk,
                actor=actor,
                department=department.code,
                to_status=B.REPORTED,
                revision=benefit.revision,
            )
            events.led_to(actor=actor, case_numbers=[benefit.case_number], person_keys=keys, result="benefit.reported")
    except IntegrityError as why:
        if "a_benefit_is_reported_once" in str(why):
            raise AlreadyDone("这一次兑现已经报告过，不用重复") from why
        raise
    return benefit


def _carries(nomination: Nomination, given: Given) -> bool:
    edition = pack.current()
    seen = nomination.item_id in edition.matters[given.matter].items
    begun = nomination.effective_on is not None and nomination.effective_on <= given.received_on
    return seen and begun and honour.fits(edition.measures[given.measure], nomination.item_id)


def receive(*, benefit_id: int, actor: User) -> Benefit:
    """收到了: the person's own word; also after having said no."""
    with taking(BENEFIT_STEPS["receive"], Benefit, benefit_id, actor=actor) as benefit:
        benefit.answered_on = clock.today()
    return benefit


def deny(*, benefit_id: int, actor: User) -> Benefit:
    """没有收到: it does not count, and the office is shown that it is to be put right."""
    with taking(BENEFIT_STEPS["deny"], Benefit, benefit_id, actor=actor) as benefit:
        benefit.answered_on = clock.today()
    return benefit


def retract(*, benefit_id: int, actor: User, opinion: str, seen: int | None = None) -> Benefit:
    """撤销误报: with the reason."""
    with taking(BENEFIT_STEPS["retract"], Benefit, benefit_id, actor=actor, opinion=opinion, seen=seen) as benefit:
        benefit.retracted_by, benefit.retracted_on = actor, clock.today()
    return benefit
