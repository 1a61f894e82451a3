"""Days as distances from today: a module is read in before midnight, and its tests may run after it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from daoli_credit.law import clock
from daoli_credit.law.durations import Duration

TOMORROW, YESTERDAY = timedelta(days=1), timedelta(days=-1)


def dated(value: Any) -> Any:
    """A distance becomes the day that lies so far from today; anything else stays what it is."""
    return clock.today() + value if isinstance(value, timedelta) else value


def all_dated(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with their distances made days."""
    return {name: dated(value) for name, value in facts.items()}


def years_on(day: date, count: int) -> date:
    """The same day so many years later, or earlier: of a 29th of February the 28th, where a year has none."""
    return Duration(years=count).after(day)
