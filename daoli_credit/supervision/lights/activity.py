"""经常性宣传: when the unit last held something, or said that it had nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights.light import Evidence, Light, Shown
from education import selectors

QUARTER = timedelta(days=92)


def judge(units: Iterable[Department], facts: Facts) -> dict[int, Shown]:
    """各单位的灯; a unit that never held or said anything is left out."""
    last = selectors.last_facts([unit.pk for unit in units], until=facts.today)
    return {unit: light(day, facts.today) for unit, day in last.items()}


def light(last: date, today: date) -> Shown:
    """一个单位的灯, by the day of its last campaign or 本节点无活动."""
    if last < today - QUARTER:
        return Shown(Light.WATCH, f"{last} 以后没有举办，也没有确认无活动")
    return Shown(Light.NORMAL, f"最近一次 {last}")


EVIDENCE = Evidence(
    says=(
        "正常：近一个季度（92 天）里举办过活动，或者对某个宣传节点确认过无活动。",
        "关注：超过一个季度没有。",
        "持续实施的任务不显示“完成”；办了多少场不影响。",
    ),
    judge=judge,
)
