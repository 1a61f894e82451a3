"""加强组织领导: does every task name its units and every clause its treatment, basis and place."""

from collections.abc import Iterable

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights.light import Evidence, Light, Shown
from daoli_credit.supervision.models import Clause, Plan, Task

OFFICE = "credit-office"


def judge(units: Iterable[Department], facts: Facts) -> dict[int, Shown]:
    """区信用办的灯."""
    plan = Plan.objects.first()
    if plan is None:
        return {}
    homeless = Task.objects.filter(plan=plan, assignments__isnull=True).count()
    open_clauses = Clause.objects.filter(plan=plan, where=[]).count()
    return {one.pk: light(homeless, open_clauses) for one in units if one.code == OFFICE}


def light(homeless: int, open_clauses: int) -> Shown:
    """By how many tasks have no unit, and how many clauses no place where they are carried out."""
    if homeless:
        return Shown(Light.OVERDUE, f"{homeless} 项任务还没有责任单位")
    if open_clauses:
        return Shown(Light.WATCH, f"{open_clauses} 条方案条款还没有写明落实位置")
    return Shown(Light.DONE, "每项任务都有责任单位，每条条款都写明处理、依据和落实位置")


EVIDENCE = Evidence(
    says=(
        "完成：每项任务都有责任单位，每条方案条款都写明处理、依据和落实位置。",
        "关注：有条款没有写明落实位置。逾期：有任务没有责任单位。",
    ),
    judge=judge,
)
