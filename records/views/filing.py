"""案卷的页面: GET says what will be bound and shows nobody; POST is a look, told to the person, and gives the PDF."""

from collections.abc import Callable, Sequence
from typing import Protocol

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
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
from records import case_files, contests, objections, repairs
from records.file_forms import FileForm
from records.identity import NotThisPerson
from records.models import Objection, Repair, Undoing
from records.models.repair import RUNNING
from records.models.undoing import OPEN
from records.workflows import objection as objection_acts
from records.workflows import repair as repair_acts
from records.workflows import undoing as undoing_acts

RELATED = ("record__item", "record__department", "record__subject")
# The look (None while nobody is known), whether the cover names the person, and why it is printed.
Bind = Callable[[LookUp | None, bool, str], BoundFile]


class Filed(Protocol):
    """有案卷的一件."""

    number: str

    @property
    def in_department(self) -> tuple[int, str]: ...

    def person_keys(self) -> list[bytes]: ...


def known(because: LookUp | None) -> LookUp:
    """A look at somebody. Raises NotThisPerson without one."""
    if because is None:
        raise NotThisPerson("没有查询记录，不能装订有当事人的案卷")
    return because


def pdf(data: bytes, number: str) -> HttpResponse:
    """The file itself, kept by nobody on the way."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{number}-file.pdf"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def printed(
    request: HttpRequest, row: Filed, *, matter: str, index: Sequence[str], bind: Bind, back: str
) -> HttpResponse:
    """打印案卷. The look stands before the file is set; a file that knows nobody needs none."""
    form = FileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        whole, purpose = form.cleaned_data["whole"], f"打印案卷：{form.cleaned_data['purpose']}"
        with transaction.atomic():
            keys = row.person_keys()
            because = keys and events.look_up(
                actor=user_of(request),
                person_key=keys[0],
                matter=matter,
                case_number=row.number,
                purpose=purpose,
                shown=["paper", "identity" if whole else "identity-masked"],
                department=row.in_department[1],
            )
            made = bind(because or None, whole, purpose)
        try:
            return pdf(bound.pdf(made), row.number)
        except MissingGlyph as why:
            form.add_error(None, str(why))
    facts = {"number": row.number, "form": form, "index": index, "back": back}
    return render(request, "records/file_of.html", facts, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("answer_objection")
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """异议的案卷."""
    user = user_of(request)
    found = Objection.objects.visible_to(user).select_related(*RELATED, "answered_by")
    row = get_object_or_404(found, number=number)

    def bind(because: LookUp | None, whole: bool, purpose: str) -> BoundFile:
        return case_files.of_objection(row, known(because), by=user, whole=whole, steps=objection_acts.STEPS)

    index, back = case_files.index_of_objection(row), reverse("objection", args=[number])
    return printed(request, row, matter=objections.HANDLING, index=index, bind=bind, back=back)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("handle_repair", "decide_repair")
def repair(request: HttpRequest, number: str) -> HttpResponse:
    """修复的案卷; of what is over only how it went, for as long as its record is kept."""
    user = user_of(request)
    found = Repair.objects.of_departments(user).select_related(*RELATED, "handled_by", "decided_by")
    row = get_object_or_404(found, number=number)

    def bind(because: LookUp | None, whole: bool, purpose: str) -> BoundFile:
        return case_files.of_repair(row, known(because), by=user, whole=whole, steps=repair_acts.STEPS)

    page = "repair" if row.status in RUNNING else "repair-over"
    index, back = case_files.index_of_repair(row), reverse(page, args=[number])
    return printed(request, row, matter=repairs.HANDLING, index=index, bind=bind, back=back)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("view_records")
def undoing(request: HttpRequest, number: str) -> HttpResponse:
    """原决定变更、撤销的案卷; of an ended record only how it went, for as long as the record is kept."""
    user = user_of(request)
    found = Undoing.objects.of_departments(user).select_related(*RELATED, "registered_by", "settled_by")
    row = get_object_or_404(found, number=number)

    def bind(because: LookUp | None, whole: bool, purpose: str) -> BoundFile:
        return case_files.of_undoing(row, known(because), by=user, whole=whole, steps=undoing_acts.STEPS)

    page = "undoing" if row.status in OPEN and case_files.stands(row.record) else "undoing-over"
    index, back = case_files.index_of_undoing(row), reverse(page, args=[number])
    return printed(request, row, matter=contests.HANDLING, index=index, bind=bind, back=back)
