"""异议的期限: days from the pack with their article; a limit that the pack does not know blocks nothing."""

from datetime import date

from records.rules.repair_clocks import Clock, clock

DUE, LONGEST = "objection-decide", "objection-decide-max"


def due(raised_on: date) -> Clock:
    """最晚答复日."""
    return clock(DUE, "最晚答复", raised_on)


def longest(raised_on: date) -> Clock:
    """需要外部核实的，最晚答复日."""
    return clock(LONGEST, "最晚答复（延长后）", raised_on)
