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
from records import days
from records.models import CreditRecord
from records.selectors import OVERDUE_AFTER

BEFORE = timedelta(days=60)  # a review that falls due in the window was reported at most so long before


def _reviews(facts: Facts, since: date) -> set[tuple[int, date, date | None]]:
    """Unit, day of report, last day of the answers (None while something waits too long); no record is named."""
    waiting = {(department, reported, None) for department, reported in facts.late_waiting if reported >= since}
    return {*days.answered(since, facts.today), *waiting}


def _sent_back(since: date) -> Iterator[tuple[int, date, date]]:
    """What was sent back lost its day of report; evidence still has it."""
    of_records = Event.objects.filter(noun=noun(CreditRecord), day__gte=since)
    ids = dict(Department.objects.values_list("code", "pk"))
    back = of_records.filter(act="record.returned").exclude(object_id="")
    returned = {record for record in back.values_list("object_id", flat=True) if record.isdecimal()}
    both = of_records.filter(act__in=["record.submitted", "record.returned"], object_id__in=returned)
    reported: dict[str, date] = {}
    for act, record, code, day in both.order_by("id").values_list("act", "object_id", "department", "day"):
        if act == "record.submitted":
            reported[record] = day
        elif record in reported and code in ids:
            yield ids[code], reported.pop(record), day


def cells(facts: Facts) -> Iterator[Cell]:
    """有复核到期的部门周."""
    weeks, today = facts.weeks, facts.today
    since = weeks[0].first - BEFORE
    late: dict[tuple[int, Week], bool] = {}
    for department, reported, answered in _reviews(facts, since) | set(_sent_back(since)):
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
