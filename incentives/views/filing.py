"""案卷的页面: what will be bound, and for which purpose; the look stands before the file is set."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.paper import bound
from daoli_credit.paper.typeface import MissingGlyph
from incentives.selectors import case_file
from incentives.views.desk import look, signed_in, visible
from records.file_forms import FileForm
from records.views.filing import pdf


@never_cache
@require_http_methods(["GET", "POST"])
@requires("view_listings")
def file(request: HttpRequest, number: str) -> HttpResponse:
    """案卷. GET says what it will hold and shows nobody; POST is a look, told to the person, and gives the PDF."""
    user, listing = signed_in(request), visible(request, number)
    form = FileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        whole = form.cleaned_data["whole"]
        with transaction.atomic():
            shown = ["listing", "paper", "identity" if whole else "identity-masked"]
            because = look(user, listing, f"打印案卷：{form.cleaned_data['purpose']}", shown)
            made = case_file.bound(listing, because, by=user, whole=whole)
        try:
            return pdf(bound.pdf(made), number)
        except MissingGlyph as why:
            form.add_error(None, str(why))
    facts = {"listing": listing, "form": form, "index": case_file.index(listing)}
    return render(request, "listings/file.html", facts, status=422 if form.errors else 200)
