"""销毁证明的页面: what went, when and why, and whether it is really gone; asked anew each time it is opened."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from records import certificates


@require_GET
@requires("view_records", "legal_review", "supervise")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一份销毁证明, to be read or printed. It names nobody: there is nobody left to name."""
    found = certificates.certificate(user_of(request), number)
    if found is None:
        raise Http404("没有这份销毁证明")
    return render(request, "records/certificate.html", {"certificate": found})
