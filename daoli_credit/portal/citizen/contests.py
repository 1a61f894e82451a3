"""市民说明正在复议、诉讼: the person's own word is enough for a mark."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.law import pack
from daoli_credit.portal.citizen import own
from records.contest_forms import CaseForm
from records.workflows import contest as acts


@require_http_methods(["GET", "POST"])
@citizen
@transaction.atomic
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """说明正在复议、诉讼."""
    user = user_of(request)
    record = get_object_or_404(own.records(user).select_related("item", "department", "subject"), number=number)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = filling(
            request,
            form,
            lambda: acts.register(record_id=record.pk, actor=user, case=form.case()),
            done="已标注，每一个看到这一条的单位都看得到",
            then=reverse("me-record", args=[number]),
        )
        if done is not None:
            return done
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["record"])
    facts = {"record": record, "item": pack.current().item(record.item_id), "form": form}
    return render(request, "citizen/contest.html", facts, status=422 if request.method == "POST" else 200)
