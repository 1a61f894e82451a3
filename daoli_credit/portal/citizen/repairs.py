"""市民的信用修复: precheck and application from the record, and the running case."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, pack
from daoli_credit.portal.citizen import cases, letters, own
from daoli_credit.workflow import AlreadyDone, RuleBroken, available
from records import credit_china, histories, promises, record_page, repairs
from records.models import Repair
from records.models.repair import RUNNING
from records.repair_forms import ApplyForm, SupplyForm
from records.rules import repairable
from records.workflows import false_promise, repair_offering
from records.workflows import repair as acts


@require_GET
@citizen
@transaction.atomic
def listing(request: HttpRequest) -> HttpResponse:
    """修复与办理."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["cases"])
    sections = cases.of(user)
    facts = {"sections": [one for one in sections if one.cases], "none": [one for one in sections if not one.cases]}
    return render(request, "citizen/cases.html", facts)


@require_http_methods(["GET", "POST"])
@citizen
@transaction.atomic
def apply(request: HttpRequest, number: str) -> HttpResponse:
    """申请信用修复. A form that lacks something comes back whole, with what is missing at its field."""
    user = user_of(request)
    found = own.records(user).select_related("item", "department", "subject")
    record = get_object_or_404(found, number=number)
    running = repairs.of_person(user).filter(record=record, status__in=RUNNING).first()
    if running is not None and request.method == "GET":
        messages.info(request, "这一条已经申请修复，正在办理；不用再申请")
        return redirect("me-repair-case", running.number)
    check = repairable.precheck(record, clock.today())
    form = ApplyForm(request.POST or None, published=check.published, initial=repair_offering.filled_in(record))
    if request.method == "POST" and check.may_apply and form.is_valid():
        try:
            acts.apply(record_id=record.pk, actor=user, **form.cleaned_data)
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("me-cases")
        except (RuleBroken, OpinionRefused) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "已提交信用修复申请，进度在这里看；每一步也会发消息告诉您")
            return redirect("me-cases")
    look = events.own_look(actor=user, person_key=user.person_keys()[0], shown=["record"])
    return render(
        request,
        "citizen/repair_apply.html",
        {
            "record": record,
            "page": record_page.page(record, look),
            "check": check,
            "form": form,
            "promise": repairable.PROMISE,
            "if_false": false_promise.consequence(clock.today()),
            "false": promises.own(check.bar.repair) if check.bar else None,
            "credit_china": repairable.CREDIT_CHINA,
            "limits": [pack.current().limit(code) for code in ("repair-accept", "repair-decide")],
        },
        status=422 if request.method == "POST" else 200,
    )


def _own(request: HttpRequest, number: str) -> Repair:
    return get_object_or_404(repairs.of_person(user_of(request)), number=number)


@transaction.atomic
def _page(request: HttpRequest, number: str, form: SupplyForm, status: int) -> HttpResponse:
    user, repair = user_of(request), _own(request, number)
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["repair"])
    return render(
        request,
        "citizen/repair.html",
        {
            "repair": repair,
            "line": repairs.line(repair),
            "theirs": credit_china.their_clock(repair),
            "in_force": repair.record.is_in_force(clock.today()),
            "holdings": repairs.holdings(repair),
            "history": repairs.told(repair),
            "letters": letters.of(user, repair),
            "false": promises.own(repair),
            "statement": histories.said(repair)["statement"],
            "steps": available(acts.STEPS, repair, user),
            "form": form,
        },
        status=status,
    )


@require_GET
@citizen
def case(request: HttpRequest, number: str) -> HttpResponse:
    """我的一件修复: where it stands, by which day, and who has confirmed that the copy is gone."""
    return _page(request, number, SupplyForm(), 200)


@require_POST
@citizen
def supply(request: HttpRequest, number: str) -> HttpResponse:
    """补正."""
    user, repair, form = user_of(request), _own(request, number), SupplyForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, 422)
    words, seen = form.cleaned_data["statement"], seen_of(request)
    answer = filling(
        request,
        form,
        lambda: acts.supply(repair_id=repair.pk, actor=user, statement=words, seen=seen),
        done="已收到您的补正",
        then=reverse("me-repair-case", args=[number]),
    )
    return answer or _page(request, number, form, 422)


@require_POST
@citizen
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤回申请."""
    user, repair = user_of(request), _own(request, number)
    return acting(
        request,
        lambda: acts.withdraw(repair_id=repair.pk, actor=user),
        done="已撤回，没有任何不利后果",
        then=reverse("me-repair-case", args=[number]),
    )
