"""期间: ISO 8601 durations and the arithmetic of 民法典第二百零二条."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

SHAPE = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


@dataclass(frozen=True)
class Duration:
    """时长: whole years, months and days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """届满日: the corresponding day, or the month's last day where there is none (民法典第二百零二条)."""
        month = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = divmod(month, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)

    def __str__(self) -> str:
        parts = ((self.years, "年"), (self.months, "个月"), (self.days, "日"))
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0日"


def parse(text: str) -> Duration:
    """读时长: `P3M`, `P1Y6M`, `P30D`. ValueError otherwise."""
    found = SHAPE.fullmatch(text)
    if found is None:
        raise ValueError(f"时长写法不对：{text}")
    years, months, days = (int(part or 0) for part in found.groups())
    return Duration(years, months, days)
