"""查: what the supervision pages read. Plans, departments and evidence only; no person, and no count of records."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Prefetch, Q, QuerySet

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.models import Assignment, Clause, Plan, Task
from daoli_credit.supervision.models.clause import Treatment


def plan() -> Plan | None:
    """现行方案: the latest one loaded."""
    return Plan.objects.first()


def tasks(of: Plan, department: str = "") -> QuerySet[Task]:
    """任务: with their departments in the plan's order; only those of one department if its code is given."""
    found = of.tasks.all()
    if department:
        found = found.filter(assignments__department__code=department)
    assigned = Assignment.objects.select_related("department")
    return found.prefetch_related(Prefetch("assignments", assigned)).annotate(
        clause_count=Count("clauses", distinct=True),
        declined_count=Count("clauses", filter=Q(clauses__treatment=Treatment.DECLINED), distinct=True),
    )


def departments(of: Plan) -> QuerySet[Department]:
    """有任务的部门: each with how many tasks it has."""
    return (
        Department.objects.filter(assignments__task__plan=of)
        .annotate(task_count=Count("assignments", distinct=True))
        .order_by("pk")
    )


def clauses(of: Plan, *, treatment: str = "", department: str = "", task: str = "") -> QuerySet[Clause]:
    """条款: in the plan's order, narrowed by treatment, department code and task number."""
    found = of.clauses.select_related("task")
    if treatment:
        found = found.filter(treatment=treatment)
    if department:
        found = found.filter(departments__code=department)
    if task:
        found = found.filter(task__number=task)
    return found


def treatments(of: Plan) -> dict[Treatment, int]:
    """各种处理的条数."""
    count = Counter(of.clauses.values_list("treatment", flat=True))
    return {treatment: count[treatment] for treatment in Treatment}


def late_reviews(late: Mapping[str, int]) -> dict[Department, int]:
    """复核超期的部门: how many pieces of its work wait too long for a reviewer; those without any are left out."""
    return {one: late[one.code] for one in Department.objects.filter(code__in=late).order_by("pk")}
