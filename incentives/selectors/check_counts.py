"""核查月报: how many applicants were asked about in each matter and month. Nobody, no department, nothing found."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from daoli_credit.law import clock, pack
from incentives.models import Check, CheckSet
from incentives.models.check_set import K

SMALLEST = 10
MONTHS = 12


@dataclass(frozen=True)
class Cell:
    """一格: `count` None where it is fewer than ten."""

    matter: str
    title: str
    month: date
    count: int | None

    @property
    def says(self) -> str:
        return f"少于 {SMALLEST}" if self.count is None else str(self.count)


def _back(month: date, months: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(year, index + 1, 1)


def monthly_counts(*, months: int = MONTHS) -> list[Cell]:
    """按事项和月份, newest month first; months that are over, so that nobody watches a number grow."""
    this = clock.today().replace(day=1)
    since = _back(this, months)
    counts: dict[tuple[str, date], int] = defaultdict(int)
    alone = Check.objects.filter(of_set__isnull=True, made_on__gte=since, made_on__lt=this)
    for matter, month, n in (
        alone.annotate(month=TruncMonth("made_on")).order_by().values_list("matter", "month").annotate(n=Count("pk"))
    ):
        counts[matter, month] += n
    sets = CheckSet.objects.filter(status=K.DONE, answered_on__gte=since, answered_on__lt=this)
    for matter, month, n in (
        sets.annotate(month=TruncMonth("answered_on")).order_by().values_list("matter", "month").annotate(n=Sum("rows"))
    ):
        counts[matter, month] += n
    titles = {code: row.title for code, row in pack.current().matters.items()}
    return [
        Cell(matter, titles.get(matter, matter), month, n if n >= SMALLEST else None)
        for (matter, month), n in sorted(counts.items(), key=lambda one: (-one[0][1].toordinal(), one[0][0]))
    ]
