"""案卷的页面: what will be bound, and for which purpose; the look stands before the file is set."""

from django.db import transaction
from django.forms import BooleanField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.paper import bound
from daoli_credit.paper.typeface import MissingGlyph
from incentives.forms import RevealForm
from incentives.selectors import case_file
from incentives.views.desk import look, signed_in, visible


class FileForm(RevealForm):
    """打印案卷的用途, and whether the cover names the person in full."""

    PURPOSES = ("归档", "行政复议、诉讼举证", "上级机关或者监督机关检查", "法制审核和集体讨论")
    whole = BooleanField(
        label="封面写完整姓名和证件号码", required=False, help_text="不勾选的，封面上遮盖；勾选的，本人的“谁看过”里写明"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["purpose"].choices = [(one, one) for one in self.PURPOSES]  # type: ignore[attr-defined]
        self.fields["purpose"].label = "为什么打印"


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


def pdf(data: bytes, number: str) -> HttpResponse:
    """The file itself, kept by nobody on the way."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{number}-file.pdf"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
