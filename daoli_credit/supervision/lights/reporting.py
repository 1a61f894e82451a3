"""信用记录报送: is the unit on time, week by week, and does its review keep up."""

from collections.abc import Iterable

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights.light import Evidence, Light, Shown
from daoli_credit.supervision.reporting import Standing
from records.selectors import OVERDUE_AFTER

RECENT = 4


def judge(units: Iterable[Department], facts: Facts) -> dict[int, Shown]:
    """各单位的灯; a unit without a week that can be judged is left out."""
    weeks: dict[int, list[Standing]] = {}
    for cell in facts.closed:
        if cell.standing.on_time is not None:
            weeks.setdefault(cell.department.pk, []).append(cell.standing)
    slow = facts.slow_reviews
    return {one.pk: light(weeks[one.pk], slow_review=one.code in slow) for one in units if one.pk in weeks}


def light(weeks: list[Standing], *, slow_review: bool) -> Shown:
    """一个单位的灯, from its judged weeks, oldest first; the first line that fits decides."""
    if weeks[-1] is Standing.MISSED:
        return Shown(Light.OVERDUE, "最近一周没有报送，也没有确认本期无新增")
    if slow_review:
        return Shown(Light.WATCH, f"有复核超过 {OVERDUE_AFTER} 个工作日")
    if any(week.on_time is False for week in weeks[-RECENT:]):
        return Shown(Light.WATCH, f"近 {RECENT} 周里有迟报或者未报")
    return Shown(Light.NORMAL, f"近 {RECENT} 周都按时")


EVIDENCE = Evidence(
    says=(
        "逾期：最近一个已结的周没有报送，也没有确认本期无新增。",
        "关注：有复核超过 5 个工作日，或者近 4 个已结的周里有迟报、未报。",
        "正常：此外的。本期无新增与按时报送完全一样；条数多少不影响；司法机关、党群组织不作考核。",
    ),
    judge=judge,
)
