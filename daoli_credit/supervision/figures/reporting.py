"""按时报送率: unit-weeks in which nothing was reported late, 本期无新增 included."""

from collections.abc import Iterator

from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure


def cells(facts: Facts) -> Iterator[Cell]:
    """已结的部门周."""
    for cell in facts.closed:
        if cell.standing.on_time is not None:
            yield Cell(cell.department.name, str(cell.week), cell.standing.on_time)


MEASURE = Measure(
    code="reporting",
    title="按时报送率",
    unit="部门周",
    says="近 12 周里已结的每个部门周：报送的每一件都在目录规定的期限以内，或者按时确认了本期无新增，就是按时。",
    cells=cells,
)
