"""复核按时率: unit-weeks in which every review that fell due was done within five working days."""

from collections.abc import Iterator
from datetime import date, timedelta

from daoli_credit.accounts.models import Department
from daoli_credit.audit.models import Event
from daoli_credit.law import workdays
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from daoli_credit.supervision.weeks import Week, week_of
from daoli_credit.workflow import noun
from records.models import CreditRecord
from records.models.record import S
from records.selectors import OVERDUE_AFTER

BEFORE = timedelta(days=60)  # a review that falls due in the window was reported at most so long before


def _reviews(since: date) -> set[tuple[int, date, date | None]]:
    """Unit, day of report, day of the reviewer's answer (None while it waits); no record is named."""
    rows = CreditRecord.objects.filter(submitted_on__gte=since)
    decided = rows.filter(status__in=[S.EFFECTIVE, S.ENDED]).values_list(
        "department_id", "submitted_on", "effective_on"
    )
    waiting = rows.filter(status=S.SUBMITTED).values_list("department_id", "submitted_on")
    found = list(decided.distinct().order_by())
    found += [(department, reported, None) for department, reported in waiting.distinct().order_by()]
    return {(department, reported, answered) for department, reported, answered in found if reported}


def _sent_back(since: date) -> Iterator[tuple[int, date, date]]:
    """What was sent back lost its day of report; evidence still has it."""
    ids = {one.code: one.pk for one in Department.objects.all()}
    reported: dict[str, date] = {}
    events = Event.objects.filter(
        noun=noun(CreditRecord), act__in=["record.submitted", "record.returned"], day__gte=since
    ).exclude(object_id="")
    for act, record, code, day in events.order_by("id").values_list("act", "object_id", "department", "day"):
        if act == "record.submitted":
            reported[record] = day
        elif record in reported and code in ids:
            yield ids[code], reported.pop(record), day


def cells(facts: Facts) -> Iterator[Cell]:
    """有复核到期的部门周."""
    weeks, today = facts.weeks, facts.today
    since = weeks[0].first - BEFORE
    late: dict[tuple[int, Week], bool] = {}
    for department, reported, answered in _reviews(since) | set(_sent_back(since)):
        until = workdays.due(reported, OVERDUE_AFTER).on
        if until < weeks[0].first or (answered is None and today <= until):
            continue
        key = (department, week_of(until))
        late[key] = late.get(key, False) or (answered or today) > until
    names = dict(Department.objects.values_list("pk", "name"))
    for (department, week), was_late in sorted(late.items()):
        if week.last < today:
            yield Cell(names[department], str(week), not was_late)


MEASURE = Measure(
    code="review",
    title="复核按时率",
    unit="部门周",
    says=f"近 12 周里有复核到期的每个部门周：报送后 {OVERDUE_AFTER} 个工作日内都已通过或者退回，就是按时。",
    cells=cells,
)
