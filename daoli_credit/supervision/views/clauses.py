"""方案条款落实对照 and 方案全文."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from daoli_credit.accounts.access import requires
from daoli_credit.supervision import citations, selectors
from daoli_credit.supervision.models import Plan
from daoli_credit.supervision.models.clause import Treatment


@requires("supervise")
def clauses(request: HttpRequest) -> HttpResponse:
    """方案条款落实对照: narrowed by treatment, department and task through GET."""
    plan = selectors.plan()
    chosen = {name: request.GET.get(name, "") for name in ("treatment", "department", "task")}
    context: dict[str, object] = {"plan": plan, "chosen": chosen}
    if plan:
        treatments = selectors.treatments(plan)
        context |= {
            "clauses": citations.annotated(selectors.clauses(plan, **chosen)),
            "treatments": treatments,
            "total": sum(treatments.values()),
            "declined_total": treatments[Treatment.DECLINED],
            "departments": selectors.departments(plan),
            "tasks": plan.tasks.all(),
        }
    return render(request, "supervision/clauses.html", context)


@requires("supervise")
def plan_text(request: HttpRequest) -> HttpResponse:
    """方案全文."""
    plan = get_object_or_404(Plan, pk=getattr(selectors.plan(), "pk", None))
    return render(request, "supervision/plan.html", {"plan": plan})
