"""Days as distances from today: a module is read in before midnight, and its tests may run after it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from daoli_credit.law import clock

TOMORROW, YESTERDAY = timedelta(days=1), timedelta(days=-1)


def dated(value: Any) -> Any:
    """A distance becomes the day that lies so far from today; anything else stays what it is."""
    return clock.today() + value if isinstance(value, timedelta) else value


def all_dated(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with their distances made days."""
    return {name: dated(value) for name, value in facts.items()}
