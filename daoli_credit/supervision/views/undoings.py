"""原决定变更、撤销 over the whole district: which body is late, and nobody's name."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from records import contests

PER_PAGE = 30


@require_GET
@requires("supervise")
def undoings(request: HttpRequest) -> HttpResponse:
    """原决定变更、撤销的处理."""
    page = Paginator(contests.everywhere(), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, contests.overdue(row)) for row in page]
    late = sum(contests.overdue(row) for row in contests.everywhere())
    return render(request, "supervision/undoings.html", {"page": page, "lines": lines, "late": late})
