"""宣传节点按期率: units with the task, key date by key date."""

from collections.abc import Iterator

from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from daoli_credit.supervision.models import Assignment
from education import selectors

TASK = "2.1.2"


def cells(facts: Facts) -> Iterator[Cell]:
    """报告期已过的部门节点, and those answered before."""
    units = dict(Assignment.objects.filter(task__number=TASK).values_list("department_id", "department__name"))
    for cell in selectors.cells(units, facts.key_dates, today=facts.today):
        if cell.standing.on_time is not None:
            yield Cell(units[cell.department_id], cell.occurrence.title, cell.standing.on_time)


MEASURE = Measure(
    code="key-dates",
    title="宣传节点按期率",
    unit="部门节点",
    says="近 300 天里，“广泛开展诚信宣传”各责任单位的每个节点：按时报告了活动，或者确认了本节点无活动，就是按期。",
    cells=cells,
)
