"""信用核查的页面: ask about an applicant of an open case, read the answer, say what was decided."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from incentives.check_forms import CheckForm, FeedbackForm, SheetForm
from incentives.models import Check, MatterCase
from incentives.selectors import check_answer, check_kept, check_list, checks
from incentives.workflows import check_sources, checking, feeding_back
from records import leaves

PER_PAGE = 20
AGAIN = "查看留存的核查答复"


@require_GET
@requires("check_applicants", "approve_check")
def listing(request: HttpRequest) -> HttpResponse:
    """信用核查: the department's checks, by state, by the number of a case, by who asked; never by person."""
    user, state = user_of(request), request.GET.get("state", "")
    words, mine = request.GET.get("q", "").strip()[: check_list.LONGEST], "mine" in request.GET
    state = state if state in dict(check_list.STATES) else ""
    turning = leaves.FirstPages if state or words or mine else Paginator
    page = turning(check_list.found(user, words=words, state=state, mine=mine), PER_PAGE).get_page(
        request.GET.get("page")
    )
    owed = check_list.owed(user)
    facts = {
        "page": page,
        "lines": check_list.lines(list(page)),
        "states": [(value, label, owed.get(value)) for value, label in check_list.STATES],
        "state": state,
        "words": words,
        "mine": mine,
        "approve": checks.sets_to_approve(user).select_related("case", "asked_by"),
        "sets": check_list.sheets(user, words)[:PER_PAGE] if not (state or mine) else [],
        "gone": checks.destroyed(user, PER_PAGE) if not (state or words or mine) else [],
    }
    return render(request, "checks/list.html", facts)


def _case(request: HttpRequest, pk: int) -> MatterCase:
    found = MatterCase.objects.visible_to(user_of(request)).select_related("department")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
@requires("check_applicants")
def new(request: HttpRequest, case: int) -> HttpResponse:
    """核查申请人. A wrong form comes back whole, except for the number's name, which was typed on it."""
    opened, user = _case(request, case), user_of(request)
    by = checking.By(user=user)
    try:
        asked = checking.demand_open(opened, by, clock.today())
    except RuleBroken as why:
        return render(request, "409.html", {"reason": str(why), "current": reverse("check-list")}, status=409)
    form = CheckForm(request.POST or None, initial={"request_id": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = checking.check(
                case_id=opened.pk,
                number=given["number"],
                name=given["name"],
                request_id=given["request_id"],
                by=by,
            )
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            return redirect("check", made.number)
    facts = {
        "case": opened,
        "matter": asked.matter,
        "purpose": checking.purpose(asked),
        "items": [pack.current().item(code) for code in asked.items],
        "form": form,
        "sheet_form": SheetForm(),
        "sources": check_sources.of_matter(opened.matter),
    }
    return render(request, "checks/new.html", facts, status=422 if form.is_bound else 200)


def visible(request: HttpRequest, number: str) -> Check:
    """本部门的这一次核查; as if it never was for everybody else."""
    related = ("case", "department", "made_by", "made_key", "of_set")
    return get_object_or_404(Check.objects.visible_to(user_of(request)).select_related(*related), number=number)


def look(user: User, check: Check) -> LookUp:
    """查看的依据: the look that it was made with, on its day and for whoever asked; a new one for every other time."""
    first = LookUp.objects.filter(pk=check.look).first()
    if first is not None and check.made_by_id == user.pk and check.made_on == clock.today():
        return first
    return events.look_up(
        actor=user,
        person_key=bytes(check.person_key),
        matter=check.matter,
        case_number=check.case.case_number,
        purpose=AGAIN,
        shown=checking.SHOWN,
        department=check.department.code,
    )


def _page(request: HttpRequest, check: Check, posted: FeedbackForm | None = None) -> HttpResponse:
    user, today = user_of(request), clock.today()
    titles = {one.code: one.title() for one in check_sources.of_matter(check.matter)}
    heard = check_kept.heard(check, titles, today, look(user, check))
    items = [item for source in heard for item in source.items]
    form = posted or FeedbackForm(items=items)
    matter = pack.current().matters.get(check.matter)
    facts = {
        "check": check,
        "matter": matter,
        "sources": heard,
        "items": items,
        "found": any(item.answer.record_id or item.answer.source != "own" for item in items),
        "form": form if form.items and user.may("check_applicants", check.department_id) else None,
        "asked": check_answer.asked(check.matter, check.department, today) if matter else None,
        "due": min((item.answer.due_on for item in items if item.waits and item.answer.due_on), default=None),
        "given": [item for item in items if item.feedback],
    }
    return render(request, "checks/detail.html", facts, status=422 if posted else 200)


@require_GET
@requires("check_applicants", "approve_check")
@transaction.atomic
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """核查单. It prints as the certificate that stays in the case file."""
    return _page(request, visible(request, number))


@require_POST
@requires("check_applicants")
@transaction.atomic
def feedback(request: HttpRequest, number: str) -> HttpResponse:
    """措施反馈."""
    check, user = visible(request, number), user_of(request)
    titles = {one.code: one.title() for one in check_sources.of_matter(check.matter)}
    heard = check_kept.heard(check, titles, clock.today(), look(user, check))
    form = FeedbackForm(request.POST, items=[item for source in heard for item in source.items])
    if not form.items:
        messages.info(request, "这次核查的反馈已经填好")
        return redirect("check", number)
    if not form.is_valid():
        return _page(request, check, form)
    answer = filling(
        request,
        form,
        lambda: feeding_back.give(check_id=check.pk, decided=form.decided, actor=user),
        done=f"{number} 已反馈；本人在“谁看过”里会看到结果",
        then=reverse("check", args=[number]),
    )
    return answer or _page(request, check, form)
