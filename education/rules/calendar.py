"""宣传日历: the key dates of a year, their days and windows, from the rule pack. The unknown is never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from daoli_credit.law import calendar as days
from daoli_credit.law.book import Pack
from daoli_credit.law.calendar import DAY
from daoli_credit.law.rows import KeyDate
from daoli_credit.law.status import Effect

REPORT_WITHIN = 5  # working days after the window closes; a rule of this portal, not of law (docs/supervision.md)
UNKNOWN = {
    "yearly": "待主办方公布",
    "lunar": "待换算公历日期",
    "holidays": "待当年放假通知公布",
}


@dataclass(frozen=True)
class Occurrence:
    """一个节点的一次: its days, its window, and until when a campaign is to be reported.

    Without a known day all dates are None and `why` says who is still to name it.
    """

    code: str
    title: str
    year: int
    contents: tuple[str, ...]
    optional: bool
    first: date | None = None
    last: date | None = None
    opens: date | None = None
    closes: date | None = None
    report_by: date | None = None
    provisional: bool = False
    why: str = ""

    def is_open(self, on: date) -> bool:
        """在窗口内."""
        return self.opens is not None and self.closes is not None and self.opens <= on <= self.closes

    def holds(self, day: date) -> bool:
        """该日在窗口内."""
        return self.is_open(day)

    def is_over(self, on: date) -> bool:
        """报告期已过: the day to report by has gone."""
        return self.report_by is not None and self.report_by < on


def _known(pack: Pack, row: KeyDate, first: date, last: date, *, title: str = "") -> Occurrence:
    opens, closes = first - timedelta(days=row.before), last + timedelta(days=row.after)
    due = days.step(pack.calendar, closes, REPORT_WITHIN, DAY)
    return Occurrence(
        code=row.code, title=title or row.title, year=first.year, contents=row.contents, optional=row.kind == "extra",
        first=first, last=last, opens=opens, closes=closes, report_by=due.on, provisional=due.provisional,
    )  # fmt: skip


def _unknown(row: KeyDate, year: int) -> Occurrence:
    return Occurrence(
        code=row.code, title=row.title, year=year, contents=row.contents, optional=row.kind == "extra",
        why=UNKNOWN.get(row.rule, "待公布"),
    )  # fmt: skip


def _fixed(row: KeyDate, year: int) -> date | None:
    if row.rule == "fixed" and row.value:
        month, day = row.value.split("-")
        return date(year, int(month), int(day))
    return row.dates.get(year)


def _month(row: KeyDate, year: int) -> tuple[date, date]:
    first = date(year, int(row.value or "0"), 1)
    after = date(year + first.month // 12, first.month % 12 + 1, 1)
    return first, after - DAY


def _holidays(pack: Pack, row: KeyDate, year: int, taken: set[date]) -> Iterator[Occurrence]:
    """The holidays of the year's notice, but for those that are a key date of their own."""
    notice = next((one for one in pack.holiday_years if one.more["year"] == year), None)
    if notice is None or not pack.may(notice, Effect.PLAN):
        yield _unknown(row, year)
        return
    for span in notice.more["rest"]:
        first, last = date.fromisoformat(str(span["from"])), date.fromisoformat(str(span["to"]))
        if not any(first <= day <= last for day in taken):
            yield _known(pack, row, first, last, title=f"{span['title']}（法定节假日）")


def occurrences(pack: Pack, year: int) -> list[Occurrence]:
    """一年的宣传节点, in the order of their days; those whose day nobody has named yet stand last."""
    rows = [row for row in pack.keydates if pack.may(row, Effect.PLAN) and row.in_force(date(year, 12, 31))]
    found: list[Occurrence] = []
    for row in rows:
        if row.rule == "holidays":
            continue
        if row.rule == "month":
            found.append(_known(pack, row, *_month(row, year)))
        elif day := _fixed(row, year):
            found.append(_known(pack, row, day, day))
        else:
            found.append(_unknown(row, year))
    taken = {one.first for one in found if one.first}
    for row in rows:
        if row.rule == "holidays":
            found.extend(_holidays(pack, row, year, taken))
    return sorted(found, key=lambda one: (one.first is None, one.first or date.max, one.code))


def occurrence(pack: Pack, code: str, first: date) -> Occurrence | None:
    """某节点在某日的那一次, or None."""
    return next((one for one in occurrences(pack, first.year) if one.code == code and one.first == first), None)
