"""一次合格率: unit-weeks in which no reviewer sent anything back."""

from collections.abc import Iterator

from daoli_credit.supervision import reporting
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from daoli_credit.supervision.reporting import Standing


def cells(facts: Facts) -> Iterator[Cell]:
    """有报送、有确认或者有退回的已结部门周."""
    returned = reporting.returned(facts.weeks[0].first)
    for cell in facts.closed:
        sent_back = (cell.department.pk, cell.week) in returned
        reported = cell.standing in {Standing.REPORTED, Standing.NONE, Standing.LATE}
        if reported or sent_back:
            yield Cell(cell.department.name, str(cell.week), not sent_back)


MEASURE = Measure(
    code="first-pass",
    title="一次合格率",
    unit="部门周",
    says="近 12 周里已结的每个部门周：这一周没有记录被退回，就是合格；本期无新增计为合格。",
    cells=cells,
)
