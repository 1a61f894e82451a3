"""激励兑现 over the whole district: how many benefits people say they received, month by month, and nobody's name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from incentives.selectors.benefits import by_month, main


@require_GET
@requires("supervise")
def benefits(request: HttpRequest) -> HttpResponse:
    """激励兑现."""
    months = by_month()
    return render(request, "supervision/benefits.html", {"months": months, "main": main(months)})
