"""报送的事实: unit by unit and week by week. One unit and one week are one cell: whether anything in it was late.
How many records there were is asked nowhere, so that it can count nowhere (promise 8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

from django.db.models import Min

from daoli_credit.accounts.models import Department
from daoli_credit.law import durations, pack, workdays
from daoli_credit.supervision.models import NoNews
from daoli_credit.supervision.weeks import Week, week_of
from records import days

ASSESSED_KINDS = ("government", "dispatched", "vertical")


class Standing(Enum):
    """一格: kind of the status component, word, mark of the calendar, and whether it is on time (None: not judged)."""

    REPORTED = ("done", "按时", "✓", True)
    NONE = ("none", "本期无新增", "–", True)
    LATE = ("warn", "迟报", "▲", False)
    MISSED = ("bad", "未报", "◆", False)
    RUNNING = ("off", "本期未完", "", None)
    WAITING = ("off", "待确认", "○", None)
    BEFORE = ("off", "未起算", "", None)

    def __init__(self, kind: str, word: str, mark: str, on_time: bool | None) -> None:
        self.kind, self.word, self.mark, self.on_time = kind, word, mark, on_time


@dataclass(frozen=True)
class WeekCell:
    """一个单位的一周."""

    department: Department
    week: Week
    standing: Standing


def due(rhythm: str, determined_on: date) -> date | None:
    """目录所定的报送期限 (`update` of the item), or None where the item is reported by event."""
    if rhythm.startswith("workday-"):
        return workdays.due(determined_on, int(rhythm.removeprefix("workday-"))).on
    if rhythm.startswith("P"):
        return durations.parse(rhythm).after(determined_on)
    return None


def assessed() -> list[Department]:
    """有报送责任的单位: whom the pack lets report in a rhythm; judicial, party and mass bodies are not judged."""
    rules = pack.current()
    codes = {code for item in rules.items.values() if item.update != "by-event" for code in item.providers}
    return list(Department.objects.filter(code__in=codes, kind__in=ASSESSED_KINDS).order_by("pk"))


def _first_reports(since: date, until: date) -> dict[tuple[int, Week], bool]:
    """Unit and week → was anything reported late; the first report of each record counts, not a repeated one.

    Of what a unit reported of an item on one day the earliest determination says whether any of it was late.
    """
    rules = pack.current()
    by = cache(lambda item, determined: due(rules.items[item].update, determined) if item in rules.items else None)
    weeks = cache(week_of)
    late: dict[tuple[int, Week], bool] = {}
    for department, item, determined, day in days.earliest(since, until):
        key, last = (department, weeks(day)), by(item, determined)
        late[key] = late.get(key, False) or (last is not None and day > last)
    return late


def begun() -> dict[int, Week]:
    """起算周 by unit: the week of its first report or its first 本期无新增."""
    found = [*days.begun(), *NoNews.objects.values_list("department_id").annotate(day=Min("starts_on")).order_by()]
    first: dict[int, Week] = {}
    for department, day in found:
        first[department] = min(week_of(day), first.get(department, week_of(day)))
    return first


def cells(weeks: Iterable[Week], *, today: date) -> list[WeekCell]:
    """部门报送日历: every unit that has begun, every given week; the table is in docs/supervision.md."""
    wanted = list(weeks)
    reports, first = _first_reports(wanted[0].first, wanted[-1].last), begun()
    said = {
        (row.department_id, Week(row.starts_on)): row.said_on
        for row in NoNews.objects.filter(starts_on__gte=wanted[0].first)
    }
    found = []
    for department in assessed():
        if department.pk not in first:
            continue
        for week in wanted:
            if department.valid_to is not None and week.last >= department.valid_to:
                continue  # from the day of its closing on the successor reports
            key = (department.pk, week)
            standing = _judge(reports.get(key), said.get(key), week, begun=first[department.pk], today=today)
            found.append(WeekCell(department, week, standing))
    return found


def _judge(late: bool | None, said_on: date | None, week: Week, *, begun: Week, today: date) -> Standing:
    if late is not None:
        return Standing.LATE if late else Standing.REPORTED
    if said_on is not None:
        return Standing.NONE if said_on <= week.report_by else Standing.LATE
    if week < begun:
        return Standing.BEFORE
    if today <= week.last:
        return Standing.RUNNING
    return Standing.MISSED if today > week.report_by else Standing.WAITING


def is_closed(week: Week, today: date) -> bool:
    """本期已结: nothing done later changes whether it was on time."""
    return today > week.report_by


def returned(since: date, *, incomplete: bool = False) -> set[tuple[int, Week]]:
    """有退回的周, by unit."""
    return {(unit, week_of(day)) for unit, day in days.returns(since, incomplete=incomplete)}
