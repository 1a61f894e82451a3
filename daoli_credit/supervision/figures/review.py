"""复核按时率: unit-weeks in which every review that fell due was done within five working days."""

from collections.abc import Iterator
from datetime import date, timedelta

from daoli_credit.accounts.models import Department
from daoli_credit.law import workdays
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from daoli_credit.supervision.weeks import Week, week_of
from records import days
from records.selectors import OVERDUE_AFTER

BEFORE = timedelta(days=60)  # a review that falls due in the window was reported at most so long before


def _reviews(facts: Facts, since: date) -> set[tuple[int, date, date | None]]:
    """Unit, day of report, last day of the answers (None while something waits too long); no record is named."""
    waiting = {(department, reported, None) for department, reported in facts.late_waiting if reported >= since}
    return {*days.answered(since, facts.today), *days.sent_back(since), *waiting}


def cells(facts: Facts) -> Iterator[Cell]:
    """有复核到期的部门周."""
    weeks, today = facts.weeks, facts.today
    since = weeks[0].first - BEFORE
    late: dict[tuple[int, Week], bool] = {}
    reviews = _reviews(facts, since)
    due = {reported: workdays.due(reported, OVERDUE_AFTER).on for reported in {one for _, one, _ in reviews}}
    for department, reported, answered in reviews:
        until = due[reported]
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
