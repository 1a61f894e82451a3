"""内容不同的行: old and new beside each other, each record's look in 谁看过; the chosen become proposals."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.workflow import RuleBroken
from records import amendments, identity
from records.differing_forms import ProposeForm
from records.models import BatchRow
from records.models.batch import B
from records.views.importing import visible
from records.workflows import differing as acts
from records.workflows.comparing import DIFFERS

PER_PAGE = 20


def _chosen(request: HttpRequest) -> dict[int, int]:
    """Line → revision as the page sent them; what is no pair of numbers is left out."""
    pairs = [text.split(":") for text in request.POST.getlist("row")]
    plain = [
        pair for pair in pairs if len(pair) == 2 and all(n.isascii() and n.isdigit() and len(n) < 10 for n in pair)
    ]
    return {int(line): int(revision) for line, revision in plain}


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """看不同，提出更正. A form that lacks something comes back whole, with what was ticked."""
    batch, user = visible(request, number), user_of(request)
    if not user.may("submit_record", batch.department_id):
        raise PermissionDenied("只有本部门的经办人可以提出更正")
    form, chosen = ProposeForm(request.POST or None), _chosen(request)
    here = reverse("import-changed", args=[number])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answer = filling(
            request,
            form,
            lambda: acts.propose(
                batch=batch, chosen=chosen, actor=user, document=typed["document"], reason=typed["reason"]
            ),
            done=f"{len(chosen)} 行的更正已提出，等另一人复核；记录在复核以前不变",
            then=here,
        )
        if answer is not None:
            return answer
    lines = BatchRow.objects.filter(batch=batch, cause=DIFFERS.cause).order_by("line").values_list("line", flat=True)
    part = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    found, why = [], ""
    if batch.status in {B.CHECKED, B.COMMITTING, B.COMMITTED}:
        try:
            found = acts.rows(batch, list(part))
        except RuleBroken as refused:
            why = str(refused)
    with transaction.atomic():
        records = [one.record for one in found if one.record]
        events.look_up_many(
            actor=user,
            looks=[(record.person_keys()[0], record.number) for record in records],
            matter=amendments.HANDLING,
            purpose="对照报送的表与登记的内容",
            shown=["record", "identity-masked"],
            department=batch.department.code,
        )
        shown = [(one, identity.masked(one.record.subject) if one.record else None) for one in found]
        facts = {"batch": batch, "page": part, "lines": shown, "form": form, "chosen": chosen, "why": why}
        status = 422 if request.method == "POST" else 200
        return render(request, "records/import_changed.html", facts, status=status)
