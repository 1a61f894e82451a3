"""登记、事先告知的案卷: GET says what will be bound and shows nobody; POST is a look and gives the PDF."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.paper import bound
from daoli_credit.paper.bound import BoundFile
from daoli_credit.paper.typeface import MissingGlyph
from incentives.models import PreAdverseNotice, Registration
from incentives.models.pre_adverse_status import MATTER as NOTICES
from incentives.models.status import MATTER as LISTS
from incentives.selectors import other_files
from incentives.views import notices, registering
from incentives.views.filing import FileForm, pdf
from incentives.workflows.registering import STEPS

Bind = Callable[[LookUp, bool], BoundFile]


def _file(
    request: HttpRequest, row: Registration | PreAdverseNotice, *, matter: str, index: list[str], bind: Bind, back: str
) -> HttpResponse:
    form = FileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        whole = form.cleaned_data["whole"]
        with transaction.atomic():
            because = events.look_up(
                actor=user_of(request),
                person_key=row.person_keys()[0],
                matter=matter,
                case_number=row.number,
                purpose=f"打印案卷：{form.cleaned_data['purpose']}",
                shown=["paper", "identity" if whole else "identity-masked"],
                department=row.department.code,
            )
            made = bind(because, whole)
        try:
            return pdf(bound.pdf(made), row.number)
        except MissingGlyph as why:
            form.add_error(None, str(why))
    facts = {"number": row.number, "form": form, "index": index, "back": back}
    return render(request, "listings/file_of.html", facts, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("view_listings")
def registration(request: HttpRequest, number: str) -> HttpResponse:
    """名单登记的案卷."""
    made, user = registering.visible(request, number), user_of(request)

    def bind(because: LookUp, whole: bool) -> BoundFile:
        return other_files.of_registration(made, because, by=user, whole=whole, steps=STEPS)

    index, back = other_files.index_of_registration(made), reverse("registration", args=[number])
    return _file(request, made, matter=LISTS, index=index, bind=bind, back=back)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*notices.VERBS)
def prior_notice(request: HttpRequest, number: str) -> HttpResponse:
    """事先告知的案卷."""
    row, user = notices.visible(request, number), user_of(request)

    def bind(because: LookUp, whole: bool) -> BoundFile:
        return other_files.of_notice(row, because, by=user, whole=whole)

    index, back = other_files.index_of_notice(row), reverse("prior-notice", args=[number])
    return _file(request, row, matter=NOTICES, index=index, bind=bind, back=back)
