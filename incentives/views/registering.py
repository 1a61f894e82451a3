"""名单登记: what a court or another body has decided; one form, then a second person with the document."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import acting, seen_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, available
from incentives import register_forms as forms
from incentives.models import EarlyExit, Registration
from incentives.models.early_exit import X
from incentives.models.registration import R
from incentives.models.status import MATTER
from incentives.rules import registrable
from incentives.selectors import ends, finding, outside
from incentives.views.desk import signed_in
from incentives.workflows import registering
from incentives.workflows.proposing import NotAsARecord
from records.identity import Identity
from records.views.attachments import download

PER_PAGE = 20
HANDLING = "办理名单登记"


def _look(user: User, made: Registration, purpose: str, shown: list[str]) -> LookUp:
    return events.look_up(
        actor=user,
        person_key=made.person_keys()[0],
        matter=MATTER,
        case_number=made.number,
        purpose=purpose,
        shown=shown,
        department=made.department.code,
    )


def visible(request: HttpRequest, number: str) -> Registration:
    """One that this user may see, or 404."""
    related = ("item", "department", "subject", "record", "registered_by", "confirmed_by", "paper")
    found = Registration.objects.visible_to(signed_in(request)).select_related(*related)
    return get_object_or_404(found, number=number)


@require_GET
@requires("propose_listing", "decide_listing")
def overview(request: HttpRequest) -> HttpResponse:
    """名单登记: the user's own departments', what waits first; and the exits that were asked for."""
    user = signed_in(request)
    rows = Registration.objects.visible_to(user).select_related("department", "subject")
    status = request.GET.get("status", "")
    confirm = outside.to_confirm(user)
    counts = [(value, label, n) for value, label in R.choices if (n := rows.filter(status=value).count())]
    total, turn_only = rows.count(), request.GET.get("turn") == "1"
    rows = rows.filter(status=status) if status in R.values else rows
    rows = rows.filter(pk__in=confirm.values("pk")) if turn_only else rows
    number = finding.asked(request.GET)
    rows = finding.by_number(rows, number, "number", "document_number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    bodies = Department.objects.in_use(clock.today()).filter(pk__in=user.departments("propose_listing"))
    exits = EarlyExit.objects.visible_to(user).filter(status=X.ASKED).select_related("record__item", "asked_by")
    facts = {
        "page": page,
        "lines": outside.lines(list(page)),
        "counts": counts,
        "total": total,
        "number": number,
        "turn": confirm.count(),
        "turn_only": turn_only,
        "status": status,
        "bodies": [(body, outside.offered(body.code)) for body in bodies],
        "exits": exits[:PER_PAGE],
    }
    return render(request, "registrations/list.html", facts)


@require_http_methods(["GET", "POST"])
@requires("propose_listing")
def new(request: HttpRequest, department: str, code: str) -> HttpResponse:
    """登记. A type that is not registered here answers 422 with the reason and where to turn."""
    user, body = signed_in(request), get_object_or_404(Department, code=department)
    if not user.may("propose_listing", body.pk):
        raise PermissionDenied(f"您没有为{body.name}登记名单的职责")
    if why_not := registrable.refusal(code, body.code, on=clock.today()):
        return render(request, "registrations/refused.html", {"why_not": why_not}, status=422)
    kind = pack.current().list_type(code)
    bound = request.method == "POST"
    form = forms.RegisterForm(*((request.POST, request.FILES) if bound else ()), kind=kind)
    if bound and form.is_valid() and (answer := _registered(request, form, user, body, code)):
        return answer
    return render(
        request,
        "registrations/form.html",
        {"form": form, "kind": kind, "department": body, "contents": pack.current().document_contents["registration"]},
        status=422 if bound else 200,
    )


def _registered(
    request: HttpRequest, form: forms.RegisterForm, user: User, body: Department, code: str
) -> HttpResponse | None:
    """办理 the filled-in form; None when it comes back."""
    document = form.made(user)
    if document is None:
        return None
    given = form.cleaned_data
    try:
        made = registering.register(
            department=body,
            list_type=code,
            who=Identity(given["party_name"], given["id_type"], given["id_number"]),
            facts=form.facts(),
            document=document,
            actor=user,
        )
    except NotAsARecord as why:
        for problem in why.problems:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return None
    except AlreadyDone as why:
        messages.info(request, str(why))
        return redirect("registration-list")
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return None
    messages.success(request, f"{made.number} 已登记；另一人看过文书、确认以后才生效，在此以前没有告诉任何人")
    return redirect("registration", made.number)


@transaction.atomic
def _page(request: HttpRequest, made: Registration, *, status: int = 200, **bound: Any) -> HttpResponse:
    user = signed_in(request)
    look = _look(user, made, HANDLING, ["listing", "identity-masked"])
    mine = available(registering.STEPS, made, user)
    own = made.registered_by_id == user.pk
    record = made.record
    facts = {
        "page": outside.page(made, look),
        "made": made,
        "marks": ends.marks(record),
        "paper": outside.document(made),
        "confirms": "confirm" in mine and not own,
        "seen": made.sights.filter(by=user).exists(),
        "own": own,
        "back": "withdraw" if "withdraw" in mine else "return" if "return" in mine and not own else "",
        "cancels": "cancel" in mine,
        "leaves": record is not None
        and user.may("propose_listing", made.department_id)
        and not record.early_exits.filter(status=X.ASKED).exists(),
        "back_form": forms.SendBackForm(),
        "cancel_form": forms.CancelForm(),
        **bound,
    }
    return render(request, "registrations/detail.html", facts, status=status)


@require_GET
@requires("view_listings")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件登记."""
    return _page(request, visible(request, number))


@require_POST
@requires("view_listings")
@transaction.atomic
def document(request: HttpRequest, number: str) -> HttpResponse:
    """打开文书: shows the whole identity, so it is a look that the person is told of; whoever confirms has done it."""
    made, user = visible(request, number), signed_in(request)
    kept = outside.document(made)
    if kept is None:
        raise Http404("没有文书")
    _look(user, made, "打开登记的文书，逐项对照", ["listing", "identity"])
    registering.see(registration_id=made.pk, actor=user)
    return download(kept, made.number)


@require_POST
@requires("view_listings")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """确认、退回、撤回、撤销. 404 for another department, 403 without the duty, 409 out of turn, 422 whole."""
    if name not in registering.STEPS:
        raise Http404("没有这一步")
    user = signed_in(request)
    mine = Registration.objects.of_departments(user).select_related("department", "subject", "record")
    made = get_object_or_404(mine, number=number)
    verb = registering.STEPS[name].by.verb
    if not user.may(verb, made.department_id):
        raise PermissionDenied(f"您没有“{registering.STEPS[name].title}”这项职责")
    given: dict[str, Any] = {"registration_id": made.pk, "actor": user, "seen": seen_of(request)}
    doors: dict[str, tuple[Any, Any, str, str]] = {
        "return": (registering.send_back, forms.SendBackForm, "back_form", "登记已退回，没有产生信用记录"),
        "withdraw": (registering.withdraw, forms.SendBackForm, "back_form", "登记已撤回，可以重新登记"),
        "cancel": (registering.cancel, forms.CancelForm, "cancel_form", "登记已撤销，信用记录同时终止"),
    }
    here = reverse("registration", args=[number])
    if name == "confirm":
        return acting(
            request, lambda: registering.confirm(**given), done="已确认，信用记录已生效，已告知当事人", then=here
        )
    take, kind, key, done = doors[name]
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, visible(request, number), status=422, **{key: form})
    filled = {word: value for word, value in form.cleaned_data.items() if word != "seen"}
    there = reverse("registration-list") if name == "cancel" else here
    try:
        return acting(request, lambda: take(**given, **filled), done=done, then=there, refuse=True)
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return _page(request, visible(request, number), status=422, **{key: form})
