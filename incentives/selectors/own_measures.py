"""本人看到的措施: what the law and the bodies do to and for one person, in words, with what they have reported."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack
from incentives.models import MeasureTask
from incentives.models.measure_task import IN_USE, Force, T
from incentives.models.nomination_status import B
from incentives.rules.assigning import all_of, fact_of
from incentives.rules.measures import Applicable
from records.models import CreditRecord


@dataclass(frozen=True)
class Mine:
    """本人看到的一项: which measure, article, who, until when, what was reported."""

    title: str
    force: str
    citation: str
    body: str
    until: str
    state: str
    reward: bool
    goes_on: str = ""
    asks: bool = False


def of_record(record: CreditRecord, on: date) -> list[Mine]:
    """这一条带来的措施和激励: the bodies' own first, then what the law says besides and nobody here carries out."""
    tasks = list(
        MeasureTask.objects.filter(record=record)
        .select_related("department", "record")
        .prefetch_related("benefits")
        .order_by("pk")
    )
    found = [_mine(task, on) for task in sorted(tasks, key=lambda one: not one.reward)]
    assigned = {task.measure for task in tasks}
    return found + [_by_law(one) for one in all_of(fact_of(record), on) if one.measure.code not in assigned]


def of_person(keys: list[bytes], on: date) -> list[Mine]:
    """现在对我适用的: what was reported as applied, what the law lets go on after the end, and rewards."""
    rows = MeasureTask.objects.about(keys).filter(status__in=[*IN_USE, T.OFFERED, T.GIVEN])
    rows = rows.select_related("department", "record").prefetch_related("benefits").order_by("-sign", "pk")
    return [_mine(task, on) for task in rows]


def _mine(task: MeasureTask, on: date) -> Mine:
    over = not task.record.is_in_force(on)
    stays = over and task.outlives and task.status == T.APPLIED
    return Mine(
        title=task.title,
        force=Force(task.force).label,
        citation=task.citation,
        body=task.department.name,
        until=task.until_says,
        state=_state(task),
        reward=task.reward,
        asks=task.status == T.GIVEN and _heard(task) == B.REPORTED,
        goes_on=f"依法继续（{task.outlives_citation}）" if stays else "",
    )


HEARD = {B.RECEIVED: "您确认收到了", B.DENIED: "您说没有收到，单位要去核对", B.REPORTED: "收到没有，等您说"}


def _heard(task: MeasureTask) -> B:
    """本人怎么说: of its benefits, the most that the person has confirmed. Only a benefit says that it arrived."""
    said = {B(one.status) for one in task.benefits.all()}
    return next((word for word in (B.RECEIVED, B.DENIED) if word in said), B.REPORTED)


def _state(task: MeasureTask) -> str:
    """反馈了什么, in words."""
    said = {
        T.OPEN: "还没有反馈",
        T.APPLIED: f"{task.applied_on} 反馈已实施：{task.document_number}",
        T.NOT_APPLIED: f"反馈不予适用：{task.reason}",
        T.TO_LIFT: f"应当解除（{task.get_lift_why_display()}），最迟 {task.lift_due_on}",
        T.LIFTED: f"{task.lifted_on} 已解除",
        T.OFFERED: f"{task.done_on} 已告诉您，由您决定要不要",
        T.GIVEN: f"{task.done_on} 报告已给到：{task.reason}；{HEARD[_heard(task)]}",
        T.DECLINED: f"{task.done_on} 您谢绝了",
        T.MOOT: "没有实施，不再办理",
    }[T(task.status)]
    why = f"；理由：{task.reason}" if task.status == T.APPLIED and task.reason else ""
    return said + why


def _by_law(one: Applicable) -> Mine:
    known = pack.current()
    bodies = "、".join(known.departments.get(code, code) for code in one.measure.body) or one.measure.decided_by
    return Mine(
        title=one.measure.title,
        force="应当" if one.must else "可以",
        citation=one.citation,
        body=bodies,
        until=one.until_says,
        state="本系统没有派发；由该机关依自己的程序办理"
        if one.firm
        else f"依据{one.measure.status.label}，不得据以办理",
        reward=one.reward,
    )
