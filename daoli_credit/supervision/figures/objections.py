"""异议按期办结率: unit-weeks in which every objection that fell due was answered by its day."""

from collections.abc import Iterator

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from daoli_credit.supervision.weeks import Week, week_of
from records.models import Objection
from records.models.objection import S


def cells(facts: Facts) -> Iterator[Cell]:
    """有异议到期的部门周. What waits for the person has no day; what was taken back needed no answer."""
    weeks, today = facts.weeks, facts.today
    found = Objection.objects.filter(due_on__gte=weeks[0].first).exclude(status__in=[S.WAITING, S.WITHDRAWN, S.MOOT])
    late: dict[tuple[int, Week], bool] = {}
    for department, due, answered in found.values_list("record__department_id", "due_on", "answered_on").order_by():
        if due is None or (answered is None and today <= due):
            continue
        key = (department, week_of(due))
        late[key] = late.get(key, False) or (answered or today) > due
    names = dict(Department.objects.values_list("pk", "name"))
    for (department, week), was_late in sorted(late.items()):
        if week.last < today:
            yield Cell(names[department], str(week), not was_late)


MEASURE = Measure(
    code="objections",
    title="异议按期办结率",
    unit="部门周",
    says="近 12 周里有异议到期的每个部门周：到期以前都已逐项答复，就是按时。提得多不多不影响这个数。",
    cells=cells,
    of_persons=True,
)
