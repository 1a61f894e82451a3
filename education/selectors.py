"""读宣传活动: campaigns, and how units stand with the key dates. Events and units only; there is nobody in here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from daoli_credit.accounts.models import Department
from daoli_credit.law import clock, pack
from education.models import Campaign, NoCampaign
from education.models.campaign import S
from education.rules.calendar import Occurrence, occurrences
from education.rules.timing import Facts, Standing, judge

Key = tuple[int, str, date | None]


@dataclass(frozen=True)
class Cell:
    """一格: a unit on a key date, and its campaigns there."""

    department_id: int
    occurrence: Occurrence
    standing: Standing
    campaigns: tuple[Campaign, ...]


def year_of(year: int) -> list[Occurrence]:
    """一年的宣传节点, by the edition in use."""
    return occurrences(pack.current(), year)


def between(first: date, last: date) -> list[Occurrence]:
    """两日之间报告期届满的节点, those with a day, oldest first; the optional ones are left out."""
    rules = pack.current()
    found = [one for year in range(first.year - 1, last.year + 1) for one in occurrences(rules, year)]
    return [one for one in found if one.report_by and first <= one.report_by <= last and not one.optional]


def since(departments: Iterable[int]) -> dict[int, date]:
    """起算日 by unit: the day of its first fact here. A unit without any is missing."""
    wanted, first = list(departments), dict[int, date]()
    arranged = Campaign.objects.filter(department_id__in=wanted)
    said = NoCampaign.objects.filter(department_id__in=wanted)
    rows = [
        *arranged.values_list("department_id").annotate(day=Min("arranged_on")).order_by(),
        *said.values_list("department_id").annotate(day=Min("said_on")).order_by(),
    ]
    for department, day in rows:
        first[department] = min(day, first.get(department, day))
    return first


def cells(departments: Iterable[int], of: Iterable[Occurrence], *, today: date | None = None) -> list[Cell]:
    """每个单位在每个节点上的一格, units in the given order, key dates as given."""
    wanted, dates, today = list(departments), list(of), today or clock.today()
    codes = {one.code for one in dates}
    campaigns: dict[Key, list[Campaign]] = {}
    rows = Campaign.objects.filter(department_id__in=wanted, key_date__in=codes).exclude(status=S.CANCELLED)
    for row in rows.order_by("reported_on", "pk"):
        campaigns.setdefault((row.department_id, row.key_date, row.key_day), []).append(row)
    none: dict[Key, date] = {
        (row.department_id, row.key_date, row.key_day): row.said_on
        for row in NoCampaign.objects.filter(department_id__in=wanted, key_date__in=codes)
    }
    closing = dict(Department.objects.filter(pk__in=wanted).values_list("pk", "valid_to"))
    begun, found = since(wanted), []
    for department in wanted:
        last = closing.get(department)
        for one in dates:
            if last is not None and one.report_by is not None and one.report_by >= last:
                continue  # from the day of its closing on the successor answers
            here = campaigns.get((department, one.code, one.first), [])
            facts = Facts(
                reported_on=min((row.reported_on for row in here if row.reported_on), default=None),
                said_none_on=none.get((department, one.code, one.first)),
                arranged=any(row.status == S.PLANNED for row in here),
            )
            standing = judge(one, facts, since=begun.get(department), today=today)
            found.append(Cell(department, one, standing, tuple(here)))
    return found


def due(departments: Iterable[int], *, today: date) -> list[Cell]:
    """要办的: what these units have to report or to say this year, also when the day for it has gone."""
    found = cells(departments, year_of(today.year), today=today)
    return [cell for cell in found if cell.standing in {Standing.DUE, Standing.MISSED}]


def last_facts(departments: Iterable[int], *, until: date) -> dict[int, date]:
    """最近一次举办, or the day on which 本节点无活动 was last said, by unit, up to and with a day."""
    wanted, last = list(departments), dict[int, date]()
    held = Campaign.objects.filter(department_id__in=wanted, status=S.HELD, held_on__lte=until)
    said = NoCampaign.objects.filter(department_id__in=wanted, said_on__lte=until)
    rows = [
        *held.values_list("department_id").annotate(day=Max("held_on")).order_by(),
        *said.values_list("department_id").annotate(day=Max("said_on")).order_by(),
    ]
    for department, day in rows:
        last[department] = max(day, last.get(department, day))
    return last
