"""按状态筛选: chips over a list, each with how many it opens; counted no further than is ever said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from records.leaves import counted

LATE = "late"
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Chips:
    """筛选条: every status of which there are any, and what is overdue where the list has such a thing."""

    total: int
    counts: Sequence[tuple[str, str, int]]
    chosen: str


def chips(rows: Rows, choices: Iterable[tuple[str, str]], chosen: str, late: Rows | None = None) -> tuple[Chips, Rows]:
    """筛选条, and the rows that it leaves. What is no status of the list chooses nothing."""
    parts = {value: rows.filter(status=value) for value, _ in choices}
    titles = dict(choices)
    if late is not None:
        parts, titles = {LATE: late, **parts}, {LATE: "逾期", **titles}
    counts = [(value, titles[value], n) for value, part in parts.items() if (n := counted(part))]
    left = parts.get(chosen, rows)
    return Chips(counted(rows), counts, chosen if chosen in parts else ""), left


def in_turn(rows: Rows, running: Iterable[str], due: str) -> Rows:
    """先办的在前: what runs by its day, then by its age; then what is over, the newest first."""
    runs = {"status__in": list(running)}
    return rows.order_by(
        Case(When(**runs, then=Value(0)), default=Value(1), output_field=IntegerField()),
        Case(When(**runs, then=F(due))),
        Case(When(**runs, then=F("pk"))),
        "-pk",
    )
