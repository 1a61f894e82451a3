"""激励兑现: the office says what it gave, in its matter and case; only the person says that it arrived.

Two doors, one row: from the task of a reward, whose person is known, or by the whole number of whoever is in the case.
Either way the task and the benefit belong together, and nothing but the benefit says that something was given.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun, taking
from incentives.models import Benefit, MatterCase, MeasureTask, Nomination
from incentives.models.measure_task import T
from incentives.models.nomination_status import B
from incentives.rules import honour
from incentives.rules.nomination_steps import BENEFIT_STEPS
from incentives.selectors import measure_sight, sharing
from incentives.workflows import matter_case, measure_pulling, measures
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
    if given.received_on > today:
        raise RuleBroken(f"{given.received_on} 还没有到，兑现以后再报告")


def _numbered(raw: str) -> str:
    """办件编号, as a case would keep it."""
    if not raw.strip():
        raise RuleBroken("请写明办件编号：没有办件，不能查询任何人")
    try:
        return checked(matter_case.shown(raw))
    except OpinionRefused:
        raise RuleBroken("办件编号里不写证件号码和电话") from None


def _case(department: Department, given: Given, *, looks: bool) -> MatterCase | None:
    """登记的办件 of this number, if there is one. Raises RuleBroken when it is another matter's, or over for a look."""
    row = MatterCase.objects.filter(department=department, case_number=given.case_number).first()
    if row is None:
        return None
    if row.matter != given.matter:
        known = pack.current().matters.get(row.matter)
        raise RuleBroken(f"办件 {row.case_number} 登记在“{known.title if known else row.matter}”，请核对编号或者事项")
    if given.received_on < row.opened_on:
        raise RuleBroken(f"兑现日 {given.received_on} 早于办件的受理日 {row.opened_on}，请核对")
    if looks and not row.is_open(clock.today()):
        over = f"办件 {row.case_number} 已于 {row.closed_on} 办结，不能再为它查询"
        raise RuleBroken(f"{over}；请从“措施落实”的任务里报告")
    return row


def _may_see(department: Department, given: Given) -> None:
    """Raises RuleBroken where nobody's honour may be seen, whoever is asked about."""
    matter, today = pack.current().matters[given.matter], clock.today()
    if matter.department == department.code and not sharing.usable(matter.code, department, today):
        why = sharing.why_not_active(matter, today) or "请先向提供荣誉信息的部门申请共享授权"
        raise RuleBroken(f"本单位在“{matter.title}”里还没有获准查看荣誉信息，不能查询任何人。{why}")


def report(*, department: Department, given: Given, id_number: str, actor: User) -> Benefit:
    """报告兑现: finds the one person of this case by the whole number; the look is written and the person sees it.

    Raises PermissionDenied; RuleBroken in words; AlreadyDone when the same was reported.
    """
    if not actor.may("report_measure", department.pk):
        raise PermissionDenied("您没有为这个单位报告兑现的职责")
    given = replace(given, case_number=_numbered(given.case_number))
    _in_the_rules(department, given)
    case = _case(department, given, looks=True)
    _may_see(department, given)
    keys = cipher.person_keys(id_number)
    events.look_up(
        actor=actor,
        person_key=keys[0],
        matter=given.matter,
        case_number=given.case_number,
        purpose=PURPOSE,
        shown=["honour"],
        department=department.code,
    )
    honoured = Nomination.objects.honoured().filter(subject__key_rows__digest__in=keys).distinct()
    found = [one for one in honoured if _carries(one, given, department)]
    if not found:
        raise RuleBroken(NOTHING)  # the look stays written
    nomination, task = found[0], _task_of(found[0], given, department)
    with transaction.atomic():
        if task is None or task.status not in {T.OPEN, T.OFFERED}:
            return _made(nomination, given, department, actor, case=case, task=task)
        title = pack.current().measures[given.measure].title
        with measures.giving(task_id=task.pk, actor=actor, day=given.received_on, opinion=title) as row:
            return _made(nomination, given, department, actor, case=case, task=row)


def give(
    *, task_id: int, actor: User, seen: int | None = None, day: date, case_number: str, opinion: str
) -> MeasureTask:
    """从任务报告兑现: the person is known by the task's record. Raises what `report` raises, and what `taking` does."""
    with measures.giving(task_id=task_id, actor=actor, seen=seen, day=day, opinion=opinion) as task:
        given = Given(task.measure, task.matter, _numbered(case_number), day)
        _in_the_rules(task.department, given)
        nomination = Nomination.objects.honoured().filter(record=task.record_id).first()
        if nomination is None:
            raise RuleBroken(NOTHING)
        case = _case(task.department, given, looks=False)
        _made(nomination, given, task.department, actor, case=case, task=task)
    return task


def _task_of(nomination: Nomination, given: Given, department: Department) -> MeasureTask | None:
    """这项激励的任务: assigned now if the round has not come by yet; None where the matter is another body's."""
    system, record = User.objects.system(), nomination.record_id
    if record is None:
        return None
    measure_pulling.assign(record_id=record, actor=system, bodies={department.code: department})
    return MeasureTask.objects.filter(record=record, measure=given.measure, department=department).first()


def _made(
    nomination: Nomination,
    given: Given,
    department: Department,
    actor: User,
    *,
    case: MatterCase | None,
    task: MeasureTask | None,
) -> Benefit:
    """记一次兑现. Raises AlreadyDone for the same once more."""
    try:
        with transaction.atomic():
            benefit = Benefit.objects.create(
                number=next_number("incentives_benefit_number", "DX", clock.today()),
                nomination=nomination,
                measure=given.measure,
                matter=given.matter,
                department=department,
                case_number=given.case_number,
                case=case,
                task=task,
                received_on=given.received_on,
                reported_by=actor,
                reported_on=clock.today(),
            )
    except IntegrityError as why:
        if "a_benefit_is_reported_once" in str(why):
            raise AlreadyDone("这一次兑现已经报告过，不用重复") from why
        raise
    events.record(
        act="benefit.reported",
        noun=noun(Benefit),
        object_id=benefit.pk,
        actor=actor,
        department=department.code,
        to_status=B.REPORTED,
        revision=benefit.revision,
    )
    numbers, keys = [benefit.case_number, task.number if task else ""], nomination.person_keys()
    events.led_to(actor=actor, case_numbers=numbers, person_keys=keys, result="benefit.reported")
    return benefit


def _carries(nomination: Nomination, given: Given, department: Department) -> bool:
    """Of an item of the matter, begun by the day, and one's own or shared with this department in this matter."""
    edition, record = pack.current(), nomination.record
    mine = nomination.department_id == department.pk
    if record is None or not (mine or measure_sight.sees(given.matter, department, record, clock.today())):
        return False
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
    """撤销误报: with the reason. Where nothing else was given on its task, the task is to be done again."""
    with transaction.atomic():
        with taking(BENEFIT_STEPS["retract"], Benefit, benefit_id, actor=actor, opinion=opinion, seen=seen) as benefit:
            benefit.retracted_by, benefit.retracted_on = actor, clock.today()
        task = benefit.task
        if task and task.status == T.GIVEN and not task.benefits.exclude(status=B.RETRACTED).exists():
            measures.take_back(task_id=task.pk, actor=actor, opinion=opinion)
    return benefit
