"""按时报送率: unit-weeks in which nothing was reported late, 本期无新增 included."""

from collections.abc import Iterator
from datetime import date

from daoli_credit.supervision import reporting
from daoli_credit.supervision.figures.measure import Cell, Measure
from daoli_credit.supervision.weeks import latest


def cells(today: date) -> Iterator[Cell]:
    """已结的部门周."""
    for cell in reporting.cells(latest(today), today=today):
        on_time = cell.standing.on_time
        if on_time is not None and reporting.is_closed(cell.week, today):
            yield Cell(cell.department.name, str(cell.week), on_time)


MEASURE = Measure(
    code="reporting",
    title="按时报送率",
    unit="部门周",
    says="近 12 周里已结的每个部门周：报送的每一件都在目录规定的期限以内，或者按时确认了本期无新增，就是按时。",
    cells=cells,
)
