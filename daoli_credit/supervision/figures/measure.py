"""指标: a share of cells that were on time. A cell is one unit in one period, so no number of records can raise it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from daoli_credit.supervision.facts import Facts

FEWEST = 10


@dataclass(frozen=True)
class Cell:
    """一格: a unit, its period in words, and whether it was on time. Cells that cannot be judged yet are not made."""

    department: str
    period: str
    on_time: bool


@dataclass(frozen=True)
class Row:
    """一个单位的数: cells due, on time and late. `few`: too few to be shown, the cells being persons'."""

    department: str
    due: int
    on_time: int
    late: tuple[str, ...]
    few: bool


@dataclass(frozen=True)
class Figure:
    """一个数字, as the overview shows it."""

    label: str
    number: str
    unit: str
    note: str
    href: str


@dataclass(frozen=True)
class Measure:
    """指标. `says` is its rule in one sentence; `unit` names the cell; `cells` reads the facts."""

    code: str
    title: str
    unit: str
    says: str
    cells: Callable[[Facts], Iterable[Cell]]
    of_persons: bool = False

    def figure(self, facts: Facts) -> Figure:
        """当日的数: n of m, and the share where there are ten cells and more."""
        cells = list(self.cells(facts))
        due, on_time = len(cells), sum(cell.on_time for cell in cells)
        href = reverse("supervision-figure", args=[self.code])
        if not due:
            return Figure(self.title, "–", "", "还没有到期的事实", href)
        if due < FEWEST:
            note = f"不足 {FEWEST} 个{self.unit}，不显示比例"
            return Figure(self.title, "–", "", note if self.of_persons else f"{on_time} / {due}，{note}", href)
        # rounded down: 99.9 is not all of them
        return Figure(self.title, str(on_time * 100 // due), "%", f"{on_time} / {due} 个{self.unit}", href)

    def rows(self, facts: Facts) -> list[Row]:
        """数字后面的行, unit by unit; counts only."""
        found: dict[str, list[Cell]] = {}
        for cell in self.cells(facts):
            found.setdefault(cell.department, []).append(cell)
        return [
            Row(
                department=name,
                due=len(cells),
                on_time=sum(cell.on_time for cell in cells),
                late=tuple(cell.period for cell in cells if not cell.on_time),
                few=self.of_persons and len(cells) < FEWEST,
            )
            for name, cells in found.items()
        ]
