"""落实措施: what the implementing body reports. It decided outside this portal; here stands what it did, and when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, pack
from daoli_credit.law.deadlines import deadline
from daoli_credit.workflow import RuleBroken, WrongState, taking
from incentives.models import MeasureTask
from incentives.models.measure_task import Force, LiftWhy
from incentives.rules import measures
from incentives.rules.measure_ends import Lift
from incentives.rules.measure_steps import STEPS
from incentives.selectors import measure_sight
from records.rules.values import document_number

OVER = "记录已经终止，不能再据以实施；系统随后收回这项任务"
PAUSED = "这条记录暂停提供（异议逾期未答复，或者依据失效），恢复以前不能据以实施"


@contextmanager
def _taking(name: str, task_id: int, *, actor: User, seen: int | None, opinion: str = "") -> Iterator[MeasureTask]:
    with taking(STEPS[name], MeasureTask, task_id, actor=actor, seen=seen, opinion=opinion) as task:
        yield task
        task.revision += 1


def _reported(task: MeasureTask, actor: User) -> None:
    task.reported_by, task.reported_on = actor, clock.today()


def _day(task: MeasureTask, day: date, what: str) -> date:
    """Between the record's effect and today."""
    if day > clock.today():
        raise RuleBroken(f"{what} {day} 还没有到，办了以后再反馈")
    if day < task.effect_on:
        raise RuleBroken(f"{what} {day} 早于记录生效日 {task.effect_on}，请核对")
    return day


def _stands(task: MeasureTask) -> None:
    """The record still carries it today: in force, not paused, on a firm basis, and its body may see it."""
    record = task.record
    if not record.is_in_force(clock.today()):
        raise RuleBroken(OVER)
    if record.suspended_on is not None or record.lapse is not None:
        raise RuleBroken(PAUSED)
    row = pack.current().measures.get(task.measure)
    if row is None or not measures.usable(row, clock.today()) or not measures.firm(row):
        raise RuleBroken(f"“{task.title}”的依据现在不能据以办理，请法制审核人员核对规则")
    _sees(task)


def _sees(task: MeasureTask) -> None:
    """Nobody reports of a person whom they may not see."""
    if task.record.is_in_force(clock.today()) and (missing := measure_sight.lacking(task, clock.today())):
        raise RuleBroken(missing.says)


def apply(
    *, task_id: int, actor: User, seen: int | None = None, day: date, document: str, reason: str = ""
) -> MeasureTask:
    """反馈已实施: day and number of the body's own document; a 可以 with its reason, each time.

    Raises RuleBroken for a day before the record's effect or in the future, no number, no reason, or a record that
    is over, paused or no longer carries the measure.
    """
    with _taking("apply", task_id, actor=actor, seen=seen, opinion=reason) as task:
        _limit(task)
        _stands(task)
        number = document_number(document)
        if not number:
            raise RuleBroken("请写明本单位实施措施的文书号或者办件号")
        if task.force == Force.MAY and not reason.strip():
            raise RuleBroken("这一项是“可以”，不是“应当”：请写明这一次为什么适用（裁量理由）")
        task.applied_on = _day(task, day, "实施日期")
        task.document_number, task.reason = checked(number), reason.strip() or task.reason
        _reported(task, actor)
    return task


def refuse(*, task_id: int, actor: User, seen: int | None = None, opinion: str) -> MeasureTask:
    """反馈不予适用, with the reason: not the case of the article, no such business, discretion."""
    with _taking("refuse", task_id, actor=actor, seen=seen, opinion=opinion) as task:
        _limit(task)
        _sees(task)
        task.reason = opinion.strip()
        _reported(task, actor)
    return task


def lift(*, task_id: int, actor: User, seen: int | None = None, day: date) -> MeasureTask:
    """反馈已解除: by the day on which it really was. A body may lift what it applied before anybody tells it to.

    Raises RuleBroken for a day that has not come or lies before the applying.
    """
    with _taking("lift", task_id, actor=actor, seen=seen) as task:
        if day > clock.today():
            raise RuleBroken(f"解除日期 {day} 还没有到，解除以后再反馈")
        if task.applied_on is None or day < task.applied_on:
            raise RuleBroken(f"解除日期 {day} 早于实施日期 {task.applied_on}，请核对")
        if task.lift_from is None:
            task.lift_from = task.lift_due_on = day
            task.lift_why = LiftWhy.OWN
        task.lifted_on, task.lifted_by = day, actor
    return task


def _limit(task: MeasureTask) -> None:
    if task.reward:
        raise WrongState("这是激励，不是限制：请反馈是否提供和兑现")


def _favour(task: MeasureTask, actor: User, day: date, what: str) -> None:
    if not task.reward:
        raise WrongState("这是限制，不是激励：请反馈是否实施")
    task.done_on = _day(task, day, what)
    _reported(task, actor)


def offer(*, task_id: int, actor: User, seen: int | None = None, day: date) -> MeasureTask:
    """反馈已告诉本人: it is the person's to take or to leave."""
    with _taking("offer", task_id, actor=actor, seen=seen) as task:
        _stands(task)
        _favour(task, actor, day, "告诉本人的日期")
    return task


@contextmanager
def giving(*, task_id: int, actor: User, seen: int | None = None, day: date, opinion: str) -> Iterator[MeasureTask]:
    """报告兑现: the body of the step writes the benefit (`benefiting`), which alone says that something was given."""
    with _taking("give", task_id, actor=actor, seen=seen, opinion=opinion) as task:
        _stands(task)
        _favour(task, actor, day, "兑现日期")
        task.reason = opinion.strip()
        yield task


def take_back(*, task_id: int, actor: User, opinion: str) -> MeasureTask:
    """兑现系误报，重新办理: its last benefit was retracted, so that nothing was given."""
    with _taking("take-back", task_id, actor=actor, seen=None, opinion=opinion) as task:
        task.done_on = task.reported_by = task.reported_on = None
        task.reason = ""
    return task


def declined(*, task_id: int, actor: User, seen: int | None = None, day: date) -> MeasureTask:
    """反馈本人谢绝: nobody asks why, and nothing follows from it."""
    with _taking("declined", task_id, actor=actor, seen=seen) as task:
        _sees(task)
        _favour(task, actor, day, "本人谢绝的日期")
    return task


def lift_due(lift: Lift) -> date:
    """最迟哪天解除; without a limit in the pack, the day itself."""
    due = deadline("measure-lift", lift.on)
    return due.on if due is not None else lift.on
