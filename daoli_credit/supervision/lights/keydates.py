"""宣传节点: did the unit answer each key date in time, by a campaign or by 本节点无活动."""

from collections.abc import Iterable
from datetime import date, timedelta

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights.light import Evidence, Light, Shown
from education import selectors
from education.rules.timing import Standing
from education.selectors import Cell

RECENT = timedelta(days=90)
SOON = timedelta(days=3)


def judge(units: Iterable[Department], facts: Facts) -> dict[int, Shown]:
    """各单位的灯."""
    ids = [one.pk for one in units]
    found: dict[int, list[Cell]] = {}
    for cell in selectors.cells(ids, facts.key_dates, today=facts.today):
        found.setdefault(cell.department_id, []).append(cell)
    begun = selectors.since(ids)
    return {unit: light(found.get(unit, []), facts.today) for unit in begun}


def light(cells: list[Cell], today: date) -> Shown:
    """一个单位的灯; the first line that fits decides. The unit has at least one fact."""
    missed = [cell for cell in cells if cell.standing is Standing.MISSED]
    if missed:
        return Shown(Light.OVERDUE, f"“{missed[-1].occurrence.title}”没有报告，也没有确认无活动")
    for cell in cells:
        until, closes = cell.occurrence.report_by, cell.occurrence.closes
        if cell.standing is Standing.LATE and until and until > today - RECENT:
            return Shown(Light.WATCH, f"“{cell.occurrence.title}”迟报")
        if cell.standing is Standing.DUE and closes and closes <= today + SOON:
            return Shown(Light.WATCH, f"“{cell.occurrence.title}”将要结束，还没有安排")
    return Shown(Light.NORMAL, "各节点都已按时报告或者确认")


EVIDENCE = Evidence(
    says=(
        "逾期：近 300 天里有宣传节点既没有报告活动，也没有确认无活动，报告期已过。",
        "关注：近 90 天里有节点迟报，或者有节点 3 日内结束还没有安排。",
        "正常：此外的。一个单位第一次登记以前的节点不追溯；办了多少场不影响。",
    ),
    judge=judge,
)
