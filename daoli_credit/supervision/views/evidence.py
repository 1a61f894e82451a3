"""存证封存: batches, roots and what still waits. Ids and hashes only."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.accounts.access import requires
from daoli_credit.audit import standing as evidence

PER_PAGE = 30


@requires("supervise")
def seals(request: HttpRequest) -> HttpResponse:
    """存证封存."""
    page = Paginator(evidence.seals(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "supervision/evidence.html", {"standing": evidence.standing(), "page": page})
