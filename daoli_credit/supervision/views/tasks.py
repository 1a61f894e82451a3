"""任务清单 and 一项任务."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from daoli_credit.accounts.access import requires
from daoli_credit.supervision import citations, nouns, progress, selectors
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.models import Task


@requires("supervise")
def tasks(request: HttpRequest) -> HttpResponse:
    """任务清单: all of them, or those of one department (`?department=`) or one light (`?light=`)."""
    plan = selectors.plan()
    chosen = request.GET.get("department", "")
    departments = list(selectors.departments(plan)) if plan else []
    lines = progress.lines(selectors.tasks(plan, chosen), Facts()) if plan else []
    light = request.GET.get("light", "")
    context = {
        "plan": plan,
        "departments": departments,
        "chosen": next((one for one in departments if one.code == chosen), None),
        "light": light,
        "counts": progress.counts(lines),
        "total": len(lines),
        "lines": [one for one in lines if light in {"", one.shown.light.kind}],
    }
    return render(request, "supervision/tasks.html", context)


@requires("supervise")
def task(request: HttpRequest, number: str) -> HttpResponse:
    """一项任务: its departments, the parts of the portal that carry it out, and its clauses."""
    found = get_object_or_404(Task.objects.select_related("plan"), plan=selectors.plan(), number=number)
    context = {
        "task": found,
        "line": progress.line(selectors.tasks(found.plan).get(pk=found.pk), Facts()),
        "evidence": progress.evidence(found),
        "parts": [nouns.part(app) for app in found.delivers],
        "clauses": citations.annotated(selectors.clauses(found.plan, task=number)),
    }
    return render(request, "supervision/task.html", context)
