"""报送周期: a week, Monday to Sunday, and the days by which it is judged."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from daoli_credit.law import workdays

CONFIRM_WITHIN = 3  # working days after the week; a rule of this portal, not of law (docs/supervision.md)
SHOWN = 12


@dataclass(frozen=True, order=True)
class Week:
    """一周, by its Monday."""

    first: date

    @property
    def last(self) -> date:
        """周日."""
        return self.first + timedelta(days=6)

    @cached_property
    def report_by(self) -> date:
        """最迟确认日: the third working day after it."""
        return workdays.due(self.last, CONFIRM_WITHIN).on

    @property
    def can_be_confirmed_from(self) -> date:
        """最早确认日: its last working day; for a week of holidays its last day."""
        worked = [day for n in range(7) if workdays.is_workday(day := self.first + timedelta(days=n))]
        return worked[-1] if worked else self.last

    def __str__(self) -> str:
        return f"{self.first:%m-%d} 至 {self.last:%m-%d}"


def week_of(day: date) -> Week:
    """某日所在的一周."""
    return Week(day - timedelta(days=day.weekday()))


def latest(today: date, count: int = SHOWN) -> list[Week]:
    """最近几周, oldest first, the present one last."""
    present = week_of(today)
    return [Week(present.first - timedelta(weeks=back)) for back in reversed(range(count))]
