"""市民的修复：补充, and what is taken to “信用中国”."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import filling, seen_of, user_of
from daoli_credit.audit import events
from daoli_credit.paper.sheet import pdf
from daoli_credit.paper.typeface import MissingGlyph
from records import credit_china, repairs
from records.models import CreditRecord
from records.repair_forms import CreditChinaForm, SupplyForm
from records.workflows import credit_china as acts
from records.workflows import repair_asking


@require_http_methods(["GET", "POST"])
@citizen
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """补充: the question stands above the box."""
    user, seen = user_of(request), seen_of(request)
    repair = get_object_or_404(repairs.of_person(user), number=number)
    form = SupplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = filling(
            request,
            form,
            lambda: repair_asking.answer(
                repair_id=repair.pk, actor=user, words=form.cleaned_data["statement"], seen=seen
            ),
            done="已收到您的补充，期限接着计算",
            then=reverse("me-repair-case", args=[number]),
        )
        if done is not None:
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, "citizen/repair_answer.html", {"repair": repair, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@citizen
def number_there(request: HttpRequest, number: str) -> HttpResponse:
    """填写“信用中国”的受理编号."""
    user = user_of(request)
    repair = get_object_or_404(repairs.of_person(user), number=number)
    kept = {"number": repair.credit_china_number, "on": repair.credit_china_on}
    form = CreditChinaForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        done = filling(
            request,
            form,
            lambda: acts.note(repair_id=repair.pk, actor=user, **facts),
            done="受理编号已填好，两边的期限一起记",
            then=reverse("me-repair-case", args=[number]),
        )
        if done is not None:
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, "citizen/credit_china.html", {"repair": repair, "form": form}, status=status)


@never_cache
@require_GET
@citizen
def package(request: HttpRequest, number: str) -> HttpResponse:
    """“信用中国”的申请材料: of one's own published record, made on the spot and not kept."""
    user = user_of(request)
    record = credit_china.own(user, number)
    if record is None:
        get_object_or_404(CreditRecord.objects.none())
    assert record is not None  # noqa: S101 - for the type checker
    with transaction.atomic():
        look = events.own_look(actor=user, person_key=user.person_keys()[0], shown=["record", "identity"])
        sheet = credit_china.package(record, look)
    try:
        data = pdf(sheet)
    except MissingGlyph as why:
        refused = {"message": {"title": credit_china.TITLE}, "text": sheet.text, "refused": str(why)}
        return render(request, "citizen/message.html", refused, status=422)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{record.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
