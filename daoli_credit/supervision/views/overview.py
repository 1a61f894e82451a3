"""任务总览: what the plan asks, of whom, and the few figures that are real today."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.accounts.access import requires
from daoli_credit.supervision import evidence, selectors
from daoli_credit.supervision.models import Plan
from daoli_credit.supervision.models.clause import Treatment


def _figures(of: Plan) -> dict[str, object]:
    tasks = list(selectors.tasks(of))
    departments = list(selectors.departments(of))
    treatments = selectors.treatments(of)
    return {
        "tasks": tasks,
        # dict(): a template asks a Counter for the key "items" before the method, and gets 0.
        "terms": dict(Counter(task.plan_term for task in tasks)),
        "departments": departments,
        "kinds": dict(Counter(one.get_kind_display() for one in departments)),
        "treatments": treatments,
        "clause_total": sum(treatments.values()),
        "declined": selectors.clauses(of, treatment=Treatment.DECLINED),
        "declined_total": treatments[Treatment.DECLINED],
    }


@requires("supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """任务总览."""
    plan = selectors.plan()
    figures = _figures(plan) if plan else {}
    late = selectors.late_reviews()
    standing = {
        "late": late,
        "late_total": sum(late.values()),
        "evidence": evidence.standing(),
    }
    return render(request, "supervision/overview.html", {"plan": plan, **figures, **standing})
