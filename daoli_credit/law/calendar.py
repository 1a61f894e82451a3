"""工作日历: which days are worked, from the yearly holiday notices with 调休."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """工作日历: a year without a notice is counted Monday to Friday and marked provisional."""

    years: frozenset[int]
    rest: frozenset[date]
    worked: frozenset[date]

    def known(self, day: date) -> bool:
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.rest)


@dataclass(frozen=True)
class Due:
    """届满日: provisional (暂定) when a year without a holiday notice was counted."""

    on: date
    provisional: bool


def step(calendar: Calendar, start: date, workdays: int, direction: timedelta) -> Due:
    """数工作日: `workdays` working days away from `start`, which is not counted. ValueError below zero."""
    if workdays < 0:
        raise ValueError("工作日数不能为负")
    day, left, provisional = start, workdays, False
    while left:
        day += direction
        provisional = provisional or not calendar.known(day)
        left -= calendar.is_workday(day)
    return Due(day, provisional)


def roll(calendar: Calendar, day: date) -> Due:
    """顺延: the day itself when worked, else the next working day (民法典第二百零三条)."""
    provisional = not calendar.known(day)
    while not calendar.is_workday(day):
        day += DAY
        provisional = provisional or not calendar.known(day)
    return Due(day, provisional)
