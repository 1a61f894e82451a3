"""抽查: of a sheet of permits, titles or honours; how many, which, by what seed, and what was found."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, user_of
from daoli_credit.audit import events
from records import batch_review, reviews
from records.models import CreditRecord, Sample
from records.models.record import S
from records.review_forms import SampleForm
from records.views.importing import visible
from records.workflows import opening
from records.workflows import sampling as acts


@require_GET
@requires("review_record")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """抽中的几件."""
    return _page(request, number)


@transaction.atomic
def _page(request: HttpRequest, number: str, form: SampleForm | None = None) -> HttpResponse:
    """Each one drawn is opened and logged while it waits for the finding."""
    batch, user = visible(request, number), user_of(request)
    sample = Sample.objects.filter(batch=batch).select_related("drawn_by", "judged_by").first()
    waiting = CreditRecord.objects.visible_to(user).none()
    if sample is not None and sample.judged_on is None:
        waiting = CreditRecord.objects.visible_to(user).filter(number__in=sample.drawn, status=S.SUBMITTED)
    found = list(waiting.select_related("subject", "department").order_by("number"))
    looks = events.look_up_many(
        actor=user,
        looks=[(record.person_keys()[0], record.number) for record in found],
        matter=batch_review.REVIEWING,
        purpose="抽查批量报送的信用记录",
        shown=["record", "identity-masked"],
        department=batch.department.code,
    )
    if user.may("review_record", batch.department_id):
        opening.note(found, user)
    facts = {
        "batch": batch,
        "sample": sample,
        "lines": batch_review.opened(found, looks),
        "form": form or SampleForm(drawn=[]),
        "ticked": form.ticked if form else [],
        "hand": reviews.hand(batch, user),
    }
    return render(request, "records/import_sample.html", facts, status=422 if form else 200)


@require_POST
@requires("review_record")
def act(request: HttpRequest, number: str) -> HttpResponse:
    """抽取, or 认定: a finding that lacks something comes back with every tick and word."""
    batch, user = visible(request, number), user_of(request)
    then = reverse("import-sample", args=[number])
    if request.POST.get("act") != "judge":
        return acting(request, lambda: acts.draw(batch_id=batch.pk, actor=user), done="已抽取，请逐件核对", then=then)
    sample = Sample.objects.filter(batch=batch).first()
    form = SampleForm(request.POST, drawn=sample.drawn if sample else [])
    if form.is_valid():
        typed = form.cleaned_data
        wrong, why, reasons = typed["wrong"], typed["opinion"], typed["reasons"]
        answer = filling(
            request,
            form,
            lambda: acts.judge(batch_id=batch.pk, actor=user, wrong=wrong, opinion=why, reasons=reasons),
            done=f"抽查已认定：有差错 {len(wrong)} 件，已退回" if wrong else "抽查没有发现差错，其余的一并通过",
            then=then,
        )
        if answer is not None:
            return answer
    return _page(request, number, form)
