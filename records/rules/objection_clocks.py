"""异议的期限: days from the pack with their article; a limit that the pack does not know blocks nothing."""

from datetime import date

from daoli_credit.law import workdays
from records.rules.repair_clocks import Clock, clock

DUE, LONGEST = "objection-decide", "objection-decide-max"


def due(raised_on: date) -> Clock:
    """最晚答复日."""
    return clock(DUE, "最晚答复", raised_on)


def longest(raised_on: date, waited: int = 0) -> Clock:
    """需要外部核实的，最晚答复日; the working days that were waited for the person are added."""
    plain = clock(LONGEST, "最晚答复（延长后）", raised_on)
    if plain.on is None or not waited:
        return plain
    later = workdays.due(plain.on, waited)
    return Clock(plain.title, later.on, plain.article, provisional=plain.provisional or later.provisional)


def waited(asked_on: date | None, answered_on: date) -> int:
    """等本人的工作日: the day of asking does not count, the day of answering does, days of rest never."""
    return workdays.workdays_between(asked_on, answered_on) if asked_on else 0


def resumed(due_on: date, days: int) -> date:
    """停走以后的最晚日: as many working days are left as there were when the clock stopped."""
    return workdays.due(due_on, days).on
