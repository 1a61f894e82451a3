"""读措施任务. A task shows a person only while its record is in force, and only because of a look-up row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from daoli_credit.accounts.models import User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import when
from daoli_credit.law import clock, pack
from daoli_credit.workflow import Step, available, noun
from incentives.models import Benefit, MeasureTask
from incentives.models.measure_task import Sign, T, Tasks
from incentives.rules.measure_steps import OF_LIMITS, OF_REWARDS, STEPS
from incentives.selectors import measure_sight
from incentives.selectors.measure_sight import Lacking
from records import identity
from records.identity import Identity, NotThisPerson
from records.models import CreditRecord

SHOWN = "记录在效时才显示当事人"


@dataclass(frozen=True)
class Line:
    """列表的一行: identity masked while the record is in force and may be seen, and nobody otherwise."""

    task: MeasureTask
    who: Identity | None
    late: bool
    hidden: bool


@dataclass(frozen=True)
class Page:
    """一项任务. `who` and `facts` are empty once the record is over, and while its body may not see it (`lacking`)."""

    task: MeasureTask
    matter: str
    who: Identity | None
    facts: list[tuple[str, str]]
    acts: dict[str, Step]
    history: list[tuple[str, str, str, str]]
    marks: list[str]
    lacking: Lacking | None
    benefits: list[Benefit]


def standing(task: MeasureTask) -> bool:
    """记录在效: only then there is a person to show."""
    return task.record.is_in_force(clock.today())


def lacking(task: MeasureTask) -> Lacking | None:
    """还缺什么: what the body has to apply for before it sees a record that stands; None when it may."""
    return measure_sight.lacking(task, clock.today()) if standing(task) else None


def waiting_for(user: User) -> Tasks:
    """等本单位反馈或者解除的, as far as it can; what must be lifted first, then rewards.

    What rests on a record that the body may not see is not among them: there is nothing that it could report.
    """
    mine, today = MeasureTask.objects.visible_to(user).waiting(), clock.today()
    standing = CreditRecord.objects.in_force(on=today)
    mine = mine.filter(Q(status=T.TO_LIFT) | (Q(record__in=standing) & measure_sight.seen(today)))
    return mine.order_by("lift_due_on", "-sign", "pk")


def unseen(user: User) -> Tasks:
    """还看不到是谁的: waiting, its record in force, and no sharing under which the body might see it."""
    mine, today = MeasureTask.objects.visible_to(user).waiting(), clock.today()
    standing = CreditRecord.objects.in_force(on=today)
    mine = mine.exclude(status=T.TO_LIFT).filter(record__in=standing)
    return mine.exclude(pk__in=mine.filter(measure_sight.seen(today)).values("pk")).order_by("matter", "pk")


@dataclass(frozen=True)
class Wanting:
    """要申请的一项: how many tasks wait for it."""

    count: int
    lacking: Lacking


def wanting(user: User) -> list[Wanting]:
    """要申请什么才看得到, by matter and provider: one application opens all of them."""
    first: dict[tuple[str, int, int], tuple[MeasureTask, int]] = {}
    for task in unseen(user).select_related("department", "record__department"):
        key = task.matter, task.department_id, task.record.department_id
        before = first.get(key, (task, 0))
        first[key] = (before[0], before[1] + 1)
    found = [(measure_sight.lacking(task, clock.today()), count) for task, count in first.values()]
    return [Wanting(count, missing) for missing, count in found if missing is not None]


def lines(tasks: Sequence[MeasureTask]) -> list[Line]:
    """列表行."""
    today, seen = clock.today(), measure_sight.of(tasks, clock.today())
    return [
        Line(
            task,
            identity.masked(task.record.subject) if standing(task) and seen[task.pk] else None,
            task.status == T.TO_LIFT and task.lift_due_on is not None and task.lift_due_on < today,
            hidden=standing(task) and not seen[task.pk],
        )
        for task in tasks
    ]


def offered(task: MeasureTask, user: User) -> dict[str, Step]:
    """可办的: limits are applied and lifted, rewards given; of what is over or not to be seen, the lifting only."""
    names = OF_REWARDS if task.reward else OF_LIMITS
    found = {name: step for name, step in available(STEPS, task, user).items() if name in names}
    whole = standing(task) and lacking(task) is None
    return found if whole else {name: step for name, step in found.items() if name == "lift"}


def page(task: MeasureTask, user: User, because: LookUp | None) -> Page:
    """任务页. Raises NotThisPerson when a person would be shown without a look-up, or because of another's."""
    missing = lacking(task)
    shows = standing(task) and missing is None
    if shows and (because is None or bytes(because.person_key) not in task.person_keys()):
        raise NotThisPerson("查询记录与当事人不符")
    record, known = task.record, pack.current()
    matter = known.matters.get(task.matter)
    return Page(
        task=task,
        matter=matter.title if matter else task.matter,
        who=identity.masked(record.subject) if shows else None,
        facts=_facts(record, measure_sight.of([task], clock.today())[task.pk]) if shows else [],
        acts=offered(task, user),
        history=[
            (sentence(one.act), one.actor_label, when(one), one.opinion) for one in history(noun(MeasureTask), task.pk)
        ],
        marks=_marks(record) if shows else [],
        lacking=missing,
        benefits=list(task.benefits.select_related("case")) if shows else [],
    )


def _facts(record: CreditRecord, fields: Collection[str]) -> list[tuple[str, str]]:
    """Only the columns that the sharing has; the record's own body has them all."""
    item = pack.current().items.get(record.item_id)
    said = {
        "item_title": ("依据的记录", item.title if item else record.item_id),
        "document_number": ("文书号", record.document_number),
        "authority": ("认定部门", record.department.name),
        "decided_on": ("认定日期", f"{record.determined_on}"),
        "use_until": ("共享使用", f"至 {record.use_until}" if record.use_until else "长期"),
    }
    return [pair for name, pair in said.items() if name in fields]


def _marks(record: CreditRecord) -> list[str]:
    marks = [
        ("当事人提出了异议，正在核实", record.disputed_on),
        ("复议、诉讼中", record.contested_on),
        ("暂停提供：恢复以前不能据以实施", record.suspended_on),
    ]
    return [words for words, since in marks if since]


def book() -> list[tuple[str, str, list[pack.Measure]]]:
    """措施清单, apart by kind: limits, management, rewards."""
    rows = pack.current().measures.values()
    return [
        (str(sign), str(sign.label), [row for row in rows if row.sign == sign])
        for sign in (Sign.RESTRICT, Sign.MANAGE, Sign.REWARD)
    ]
