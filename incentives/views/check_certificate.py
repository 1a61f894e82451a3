"""核查单的 PDF: for the paper file of the case; getting it is a look like opening the page."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock
from daoli_credit.paper.sheet import pdf
from daoli_credit.paper.typeface import MissingGlyph
from incentives.selectors import check_certificate, check_kept
from incentives.views.checks import look, visible
from incentives.workflows import check_sources


@never_cache
@require_POST
@requires("check_applicants", "approve_check")
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """核查单 PDF. The look stands before the page is set, and the setting is outside of any transaction."""
    check = visible(request, number)
    titles = {one.code: one.title() for one in check_sources.of_matter(check.matter)}
    with transaction.atomic():
        heard = check_kept.heard(check, titles, clock.today(), look(user_of(request), check))
        sheet = check_certificate.sheet(check, heard)
    try:
        data = pdf(sheet)
    except MissingGlyph as why:
        back = reverse("check", args=[number])
        return render(request, "409.html", {"reason": f"{why}可以打印网页", "current": back}, status=409)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
