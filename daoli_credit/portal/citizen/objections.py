"""市民的异议申诉: raised from the record, followed on its own page."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import acting, filling, user_of
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, pack
from daoli_credit.portal.citizen import letters, own
from daoli_credit.workflow import AlreadyDone, RuleBroken, available
from records import holders, objections
from records.models import Objection
from records.objection_forms import RaiseForm, SupplyForm
from records.rules import objectable, objection_clocks
from records.workflows import objection as acts


@require_http_methods(["GET", "POST"])
@citizen
@transaction.atomic
def raise_(request: HttpRequest, number: str) -> HttpResponse:
    """提出异议. A form that lacks something comes back whole, with what is missing at its field."""
    user = user_of(request)
    record = get_object_or_404(own.records(user).select_related("item", "department", "subject"), number=number)
    item = pack.current().item(record.item_id)
    form = RaiseForm(request.POST or None, held=objectable.fields(record, item))
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.raise_(record_id=record.pk, actor=user, points=form.points, words=form.cleaned_data["words"])
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("me-cases")
        except (RuleBroken, OpinionRefused) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已提出异议，这条信息已经标注；进度在这里看，每一步也会发消息告诉您")
            return redirect("me-objection", made.number)
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["record"])
    facts = {"record": record, "item": item, "form": form, "due": objection_clocks.due(clock.today())}
    return render(request, "citizen/objection_raise.html", facts, status=422 if request.method == "POST" else 200)


def _own(request: HttpRequest, number: str) -> Objection:
    return get_object_or_404(objections.of_person(user_of(request)), number=number)


@transaction.atomic
def _page(request: HttpRequest, number: str, form: SupplyForm, status: int) -> HttpResponse:
    user, objection = user_of(request), _own(request, number)
    look = events.own_look(actor=user, person_key=user.person_keys()[0], shown=["objection"])
    in_force = objection.record.is_in_force(clock.today())
    return render(
        request,
        "citizen/objection.html",
        {
            "objection": objection,
            "line": objections.line(objection),
            "points": objections.points(objection),
            "words": objections.words(objection, look),
            "in_force": in_force,
            "whereabouts": holders.of(objection.record) if in_force else None,
            "holdings": list(objection.record.holdings.order_by("recipient")),
            "history": objections.told(objection),
            "letters": letters.of(user, objection),
            "appeals": [pack.current().limit(code) for code in ("reconsider", "sue")],
            "steps": available(acts.STEPS, objection, user),
            "form": form,
        },
        status=status,
    )


@require_GET
@citizen
def case(request: HttpRequest, number: str) -> HttpResponse:
    """我的一件异议: where it stands, by which day, and the answer to each point."""
    return _page(request, number, SupplyForm(), 200)


@require_POST
@citizen
def supply(request: HttpRequest, number: str) -> HttpResponse:
    """补充."""
    user, objection, form = user_of(request), _own(request, number), SupplyForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, 422)
    answer = filling(
        request,
        form,
        lambda: acts.supply(objection_id=objection.pk, actor=user, words=form.cleaned_data["words"]),
        done="已收到您的补充，期限继续计算",
        then=reverse("me-objection", args=[number]),
    )
    return answer or _page(request, number, form, 422)


@require_POST
@citizen
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤回异议."""
    user, objection = user_of(request), _own(request, number)
    return acting(
        request,
        lambda: acts.withdraw(objection_id=objection.pk, actor=user),
        done="已撤回，没有任何不利后果",
        then=reverse("me-objection", args=[number]),
    )
