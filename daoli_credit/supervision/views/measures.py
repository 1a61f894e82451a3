"""措施解除和激励兑现: whether what had to be lifted was lifted in time; how many measures there are is no merit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.law import clock
from incentives.selectors import measure_figures


@require_GET
@requires("supervise")
def measures(request: HttpRequest) -> HttpResponse:
    """措施解除."""
    facts = {"rows": measure_figures.lifting(clock.today()), "given": measure_figures.given()}
    return render(request, "supervision/measures.html", facts)
