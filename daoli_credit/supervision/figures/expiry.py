"""到期当日撤下率: days on which something ended, and whether its end was written down at once."""

from collections.abc import Iterator
from datetime import timedelta

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures.measure import Cell, Measure
from records import days

WINDOW = timedelta(days=30)
NEXT_DAY = timedelta(days=1)


def cells(facts: Facts) -> Iterator[Cell]:
    """有到期的部门日. Every exit is shut by the day itself; this asks whether the books were made up by the next."""
    today = facts.today
    late = {(department, day): was_late for department, day, was_late in days.expired(today - WINDOW)}
    late |= dict.fromkeys(days.forgotten(today - NEXT_DAY), True)
    names = dict(Department.objects.values_list("pk", "name"))
    for (department, day), was_late in sorted(late.items()):
        yield Cell(names[department], f"{day:%m-%d}", not was_late)


MEASURE = Measure(
    code="expiry",
    title="到期撤下按时率",
    unit="部门到期日",
    says="近 30 天里有记录到期的每个部门到期日：次日以前都已写下终止，就是按时。各处当日起就看不到，不等这一步。",
    cells=cells,
    of_persons=True,
)
