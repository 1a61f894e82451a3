"""今天: the walk asks from outside, so it has a clock of its own; the day is China's, wherever the machine stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def today() -> date:
    """今天, as whoever fills in a form in Harbin would write it."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def in_days(count: int) -> str:
    """距今几天, as it is typed; negative: so many days ago."""
    return (today() + timedelta(days=count)).isoformat()
