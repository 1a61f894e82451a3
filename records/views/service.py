"""登记送达 on the record's page."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import filling, seen_of, user_of
from daoli_credit.workflow import RuleBroken
from records.attachment_forms import sealed
from records.forms import ServiceForm
from records.models import CreditRecord
from records.models.attachment import Paper
from records.models.record import Service
from records.views import desk
from records.workflows import service


@require_POST
@requires("submit_record")
def serve(request: HttpRequest, number: str) -> HttpResponse:
    """登记送达: what is wrong is said at its field, with what was typed still there."""
    record, user = desk.visible(request, number), user_of(request)
    form, seen = ServiceForm(request.POST, request.FILES), seen_of(request)
    if not form.is_valid():
        return _again(request, record, user, form)

    typed = form.cleaned_data
    try:
        service.may_register(record, how=typed["how"], when=typed["when"])
    except RuleBroken as why:
        form.add_error("when", str(why))
        return _again(request, record, user, form)
    scan = sealed(form, "confirmation", Paper.CONFIRMATION, user) if typed["how"] == Service.ELECTRONIC else None
    if form.errors:
        return _again(request, record, user, form)
    answer = filling(
        request,
        form,
        lambda: service.register(
            record_id=record.pk, how=typed["how"], when=typed["when"], actor=user, seen=seen, confirmation=scan
        ),
        done="送达已登记；可以推送的，系统随后自动推送",
        then=reverse("record", args=[number]),
    )
    return answer or _again(request, record, user, form)


@transaction.atomic
def _again(request: HttpRequest, record: CreditRecord, user: User, form: ServiceForm) -> HttpResponse:
    look = desk.look_at(user, record, "办理本部门报送的信用记录", ["record", "identity-masked"])
    return render(request, "records/detail.html", desk.on_page(record, user, look, service_form=form), status=422)
