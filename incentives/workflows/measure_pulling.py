"""派发和收回: incentives pull from records what bodies have to do, and what they have to stop. Harmless twice."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.department import WITHOUT_RECORDS
from daoli_credit.audit import events
from daoli_credit.law import clock, pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import noun, taking
from incentives.models import MeasureTask
from incentives.models.measure_task import T
from incentives.rules.assigning import Assignment, assignments, fact_of, over, targeted
from incentives.rules.measure_steps import ASSIGNED, STEPS
from incentives.selectors import measure_sight
from incentives.workflows.measures import lift_due
from records.models import CreditRecord
from records.models.record import Records

RECENT = timedelta(days=14)
OPEN = (T.OPEN, T.NOT_APPLIED, T.OFFERED)
PULLED = (*OPEN, T.APPLIED)


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_measure_number')")
        (value,) = cursor.fetchone()
    return f"CS{day.year}-{value:06d}"


def candidates(on: date, *, recent: bool = False) -> Records:
    """可能要派的记录: provided today, of an item at which some measure aims, and the document says what it asks for.

    `recent`: only what took effect of late; the nightly round takes all, so that a rule confirmed today finds them.
    """
    wanted = Q(pk__in=[])
    for item, condition in targeted().items():
        one = Q(item=item)
        if condition is not None:
            one &= Q(**{f"content__{condition[0]}__contains": [condition[1]]})
        wanted |= one
    found = CreditRecord.objects.provided(on=on).filter(wanted)
    if recent:
        tasks = MeasureTask.objects.filter(record=OuterRef("pk"))
        found = found.filter(~Exists(tasks), effective_on__gt=on - RECENT)
    return found


def assign_all(*, actor: User, recent: bool = False) -> int:
    """派发. Returns how many tasks were made; one per record, measure and body, whoever runs at the same time."""
    today = clock.today()
    bodies = {one.code: one for one in Department.objects.in_use(today).exclude(kind__in=WITHOUT_RECORDS)}
    found = candidates(today, recent=recent).order_by("pk").values_list("pk", flat=True)
    return one_by_one(found, lambda pk: assign(record_id=pk, actor=actor, bodies=bodies))


@transaction.atomic
def assign(*, record_id: int, actor: User, bodies: dict[str, Department]) -> int:
    """派发一条记录的任务, under its lock: what ends it waits, and what has ended it is seen."""
    today = clock.today()
    record = CreditRecord.objects.provided(on=today).select_for_update(of=("self",)).filter(pk=record_id).first()
    if record is None or record.effective_on is None:
        return 0
    there = set(MeasureTask.objects.filter(record=record).values_list("measure", "department__code"))
    made = 0

    def sees(matter: Matter) -> bool:
        body = bodies.get(matter.department)
        return body is not None and measure_sight.sees(matter.code, body, record, today)

    for one in assignments(fact_of(record), today, sees=sees):
        if (one.found.measure.code, one.body) not in there and one.body in bodies:
            _make(record, one, bodies[one.body], actor, record.effective_on)
            there.add((one.found.measure.code, one.body))
            made += 1
    return made


def _make(record: CreditRecord, one: Assignment, body: Department, actor: User, effect_on: date) -> None:
    row, today = one.found.measure, clock.today()
    task = MeasureTask.objects.create(
        number=_next_number(today),
        record=record,
        department=body,
        measure=row.code,
        matter=one.matter.code,
        title=row.title,
        sign=row.sign,
        force=row.force,
        citation=one.found.citation[:500],
        outlives=row.outlives,
        outlives_citation=str(row.outlives_citation) if row.outlives_citation else "",
        lifts_with_repair=row.lifted_by_repair or not row.outlives,
        ask=one.found.human_says,
        edition=pack.current().edition,
        effect_on=effect_on,
        until=one.found.until,
        until_says=one.found.until_says[:300],
        made_on=today,
    )
    events.record(
        act=ASSIGNED,
        noun=noun(MeasureTask),
        object_id=str(task.pk),
        actor=actor,
        department=body.code,
        to_status=T.OPEN,
    )


def settle_all(*, actor: User, everything: bool = False) -> int:
    """收回: whose record, basis or term is over. Returns how many.

    Every minute it asks for what the day or an act has ended; `everything` also goes through the rules again, for a
    correction, a suspended rule or a lapsed basis.
    """
    today = clock.today()
    standing = CreditRecord.objects.in_force(on=today)
    found = MeasureTask.objects.filter(status__in=PULLED)
    if not everything:
        found = found.filter(~Q(record__in=standing) | Q(until__lt=today))
    return one_by_one(found.order_by("pk").values_list("pk", flat=True), lambda pk: settle(task_id=pk, actor=actor))


def settle(*, task_id: int, actor: User) -> bool:
    """收回一项: what was applied must be lifted, what was not needs nothing more. False while it stands."""
    today = clock.today()
    task = MeasureTask.objects.select_related("record", "department").get(pk=task_id)
    stays = (task.outlives, task.lifts_with_repair)
    lift = over(task.record, task.measure, today, until=task.until, stays=stays)
    if lift is None and task.status in OPEN and not task.record.is_in_force(today):
        return _set_aside(task, actor, today)  # the ban goes on; the check in its matter says so
    if lift is None:
        return False
    if task.status in OPEN:
        return _set_aside(task, actor, today)
    with taking(STEPS["call"], MeasureTask, task_id, actor=actor, seen=task.revision) as row:
        row.lift_from, row.lift_why = lift.on, str(lift.why)
        row.lift_due_on = max(lift_due(lift), lift.on)
        row.revision += 1
    return True


def _set_aside(task: MeasureTask, actor: User, today: date) -> bool:
    with taking(STEPS["set-aside"], MeasureTask, task.pk, actor=actor, seen=task.revision) as row:
        row.over_on = today
        row.revision += 1
    return True
