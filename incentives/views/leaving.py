"""提前移出: asked from the page of a case or a registration, decided by another."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, available
from incentives import register_forms as forms
from incentives.models import EarlyExit
from incentives.models.status import MATTER
from incentives.rules import leaving as rules
from incentives.views.desk import signed_in
from incentives.workflows import leaving
from records import identity
from records.models import CreditRecord


def _source(record: CreditRecord) -> tuple[str, str]:
    """The case or registration that the record came from: its number and its page."""
    row = getattr(record, "listing", None)
    if row is not None:
        return str(row.number), reverse("listing", args=[row.number])
    number = str(record.registration.number)
    return number, reverse("registration", args=[number])


@require_http_methods(["GET", "POST"])
@requires("propose_listing")
def new(request: HttpRequest, number: str) -> HttpResponse:
    """提出提前移出. A type without such an exit answers 422 and says what there is instead."""
    user = signed_in(request)
    standing = CreditRecord.objects.visible_to(user).in_force(on=clock.today())
    mine = standing.filter(item__by_listing=True, department_id__in=user.departments("propose_listing"))
    record = get_object_or_404(mine.select_related("item", "department"), number=number)
    code = leaving.list_type_of(record)
    kind = pack.current().list_type(code)
    terms = rules.terms(kind)
    case, there = _source(record)
    if terms.why_not:
        refused = {"why_not": terms.why_not, "case": case, "there": there}
        return render(request, "registrations/no_exit.html", refused, status=422)
    form = forms.LeaveForm(request.POST or None, code=code)
    if request.method == "POST" and form.is_valid():
        answer = filling(
            request,
            form,
            lambda: leaving.ask(record_id=record.pk, actor=user, **form.cleaned_data),
            done="已提出提前移出，等审批人决定",
            then=there,
        )
        if answer is not None:
            return answer
    facts = {"form": form, "kind": kind, "terms": terms, "record": record, "case": case, "there": there}
    return render(request, "registrations/leave.html", facts, status=422 if form.errors else 200)


@transaction.atomic
def _page(request: HttpRequest, number: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    user = signed_in(request)
    related = ("record__item", "record__subject", "department", "asked_by", "decided_by")
    made = get_object_or_404(EarlyExit.objects.visible_to(user).select_related(*related), number=number)
    case, there = _source(made.record)
    events.look_up(
        actor=user,
        person_key=made.person_keys()[0],
        matter=MATTER,
        case_number=case,
        purpose="办理提前移出",
        shown=["listing", "identity-masked"],
        department=made.department.code,
    )
    own = made.asked_by_id == user.pk
    facts = {
        "exit": made,
        "party": identity.masked(made.record.subject),
        "kind": pack.current().list_type(made.list_type),
        "case": case,
        "there": there,
        "decides": bool(available(leaving.STEPS, made, user)) and not own,
        "own": own,
        "grant_form": forms.GrantForm(),
        "refuse_form": forms.RefuseForm(),
        **bound,
    }
    return render(request, "registrations/exit.html", facts, status=status)


@require_GET
@requires("view_listings")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件提前移出."""
    return _page(request, number)


@require_POST
@requires("view_listings")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """决定. A second click hears that it is done, though the record is gone from every page."""
    if name not in leaving.STEPS:
        raise Http404("没有这一步")
    user = signed_in(request)
    made = get_object_or_404(EarlyExit.objects.of_departments(user).select_related("department"), number=number)
    if not user.may("decide_listing", made.department_id):
        raise PermissionDenied(f"您没有“{leaving.STEPS[name].title}”这项职责")
    given: dict[str, Any] = {"exit_id": made.pk, "actor": user, "seen": seen_of(request)}
    doors: dict[str, tuple[Any, Any, str, str]] = {
        "grant": (leaving.grant, forms.GrantForm, "grant_form", "已提前移出，各处当即看不到，已告知当事人"),
        "refuse": (leaving.refuse, forms.RefuseForm, "refuse_form", "不予提前移出，理由已记下"),
    }
    take, kind, key, done = doors[name]
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, number, status=422, **{key: form})
    filled = {word: value for word, value in form.cleaned_data.items() if word != "seen"}
    try:
        there = reverse("registration-list")
        return acting(request, lambda: take(**given, **filled), done=done, then=there, refuse=True)
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return _page(request, number, status=422, **{key: form})
