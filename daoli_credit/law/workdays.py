"""工作日: statutory working days with 调休, from the active edition's holiday table."""

from datetime import date

from daoli_credit.law import calendar, pack
from daoli_credit.law.calendar import DAY, Due


def is_workday(day: date) -> bool:
    """是否工作日: weekends and statutory holidays are not, shifted weekend days are."""
    return pack.current().calendar.is_workday(day)


def due(after: date, workdays: int) -> Due:
    """届满日: the last of so many working days; the day of the event does not count (民法典第二百零一条)."""
    return calendar.step(pack.current().calendar, after, workdays, DAY)


def before(day: date, workdays: int) -> Due:
    """倒算: the latest day that leaves so many working days before `day`, which does not count."""
    return calendar.step(pack.current().calendar, day, workdays, -DAY)


def roll(day: date) -> Due:
    """末日顺延: a period that ends on a day of rest ends on the next working day (民法典第二百零三条)."""
    return calendar.roll(pack.current().calendar, day)


def workdays_between(start: date, end: date) -> int:
    """间隔工作日: working days after `start` up to and with `end`; 0 when `end` is not later."""
    table = pack.current().calendar
    days = ((start.toordinal() + 1 + n) for n in range((end - start).days))
    return sum(table.is_workday(date.fromordinal(day)) for day in days)
