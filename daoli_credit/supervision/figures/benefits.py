"""激励兑现属实率: unit-months in which no reported benefit was denied by its person. More reports raise nothing."""

from collections.abc import Iterator
from datetime import date

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from incentives.models import Benefit
from incentives.models.nomination_status import B


def cells(facts: Facts) -> Iterator[Cell]:
    """有本人答复的部门月. A report that nobody has answered yet is no cell."""
    found = Benefit.objects.filter(status__in=[B.RECEIVED, B.DENIED], received_on__gte=facts.weeks[0].first)
    wrong: dict[tuple[int, date], bool] = {}
    for department, day, status in found.values_list("department_id", "received_on", "status").order_by():
        key = (department, day.replace(day=1))
        wrong[key] = wrong.get(key, False) or status == B.DENIED
    names = dict(Department.objects.values_list("pk", "name"))
    for (department, month), denied in sorted(wrong.items()):
        yield Cell(names[department], f"{month:%Y-%m}", not denied)


MEASURE = Measure(
    code="benefits",
    title="激励兑现属实率",
    unit="部门月",
    says="近 12 周里有本人答复的每个部门月：报告兑现的，没有一个人说没有收到，就是属实。报得多不多不影响这个数。",
    cells=cells,
    of_persons=True,
)
