"""数字后面的行: unit by unit, counts only; nobody appears."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures import MEASURES


@require_GET
@requires("supervise")
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """一个数字和它的行."""
    measure = next((one for one in MEASURES if one.code == code), None)
    if measure is None:
        raise Http404("没有这个数字")
    facts = Facts()
    shown = {"measure": measure, "figure": measure.figure(facts), "rows": measure.rows(facts), "today": facts.today}
    return render(request, "supervision/figure.html", shown)
