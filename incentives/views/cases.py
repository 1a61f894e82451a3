"""办件的页面: the list with its search, registering one, one with its closing and the way to the check."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import filling, seen_of, user_of
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock
from daoli_credit.workflow import noun
from incentives.matter_forms import CaseForm, CloseForm
from incentives.models import MatterCase
from incentives.models.matter_case import C
from incentives.selectors import cases, check_list
from incentives.workflows import matter_case as acts

SEES = ("register_case", "check_applicants", "approve_check")
PER_PAGE = 20


def _visible(request: HttpRequest, pk: int) -> MatterCase:
    found = MatterCase.objects.visible_to(user_of(request)).select_related("department", "opened_by")
    return get_object_or_404(found, pk=pk)


@require_GET
@requires(*SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """办件: open ones first; found by their own number, never by a person."""
    user, number = user_of(request), request.GET.get("q", "").strip()[:60]
    status = request.GET.get("status", C.OPEN)
    status = status if status in C.values or status == "all" else str(C.OPEN)
    matter, kinds = request.GET.get("matter", "")[:60], cases.matters_of(user)
    asked = {"number": number, "status": "" if status == "all" else status, "matter": matter}
    rows = cases.found(user, **asked).select_related("department")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": cases.lines(list(page), user, clock.today()),
        "number": number,
        "status": status,
        "statuses": [*C.choices, ("all", "全部")],
        "matter": matter,
        "kinds": kinds,
        "registers": user.may_anywhere("register_case"),
    }
    return render(request, "matters/cases.html", facts)


@require_http_methods(["GET", "POST"])
@requires("register_case")
def new(request: HttpRequest) -> HttpResponse:
    """登记办件."""
    user, today = user_of(request), clock.today()
    able = cases.choices(user, today)
    options = [(f"{body.code}:{row.code}", f"{row.title}（{body.name}）") for body, rows in able for row in rows]
    begin = {
        "opened_on": today,
        "matter": next((key for key, _ in options if key.endswith(f":{_wanted(request)}")), ""),
    }
    form = CaseForm(request.POST if request.method == "POST" else None, choices=options, initial=begin)
    if form.is_valid():
        typed = form.cleaned_data
        code, _, matter = typed["matter"].partition(":")
        answer = filling(
            request,
            form,
            lambda: acts.register(
                matter=matter,
                body=Department.objects.get(code=code),
                case_number=typed["case_number"],
                opened_on=typed["opened_on"],
                actor=user,
            ),
            done=f"办件 {acts.shown(typed['case_number'])} 已登记",
            then=reverse("case-list"),
        )
        if answer:
            return answer
    facts = {"form": form, "able": options, "without": cases.without(user, today)}
    return render(request, "matters/case_new.html", facts, status=422 if form.is_bound else 200)


def _wanted(request: HttpRequest) -> str:
    return request.GET.get("matter", "")[:60]


def _page(request: HttpRequest, row: MatterCase, form: CloseForm) -> HttpResponse:
    user, today = user_of(request), clock.today()
    facts = {
        "line": cases.lines([row], user, today)[0],
        "row": row,
        "form": form,
        "closes": row.status == C.OPEN and user.may("register_case", row.department_id),
        "checks": check_list.of_case(row, user),
        "sets": check_list.sets_of_case(row, user),
        "owed": check_list.owed_in(row),
        "course": [(sentence(one.act), one.actor_label, one.day) for one in history(noun(MatterCase), row.pk)],
    }
    return render(request, "matters/case.html", facts, status=422 if form.is_bound else 200)


@require_GET
@requires(*SEES)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """一个办件."""
    return _page(request, _visible(request, pk), CloseForm(initial={"closed_on": clock.today()}))


@require_POST
@requires("register_case")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """办结."""
    row, user, form = _visible(request, pk), user_of(request), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    day, seen = form.cleaned_data["closed_on"], seen_of(request)
    answer = filling(
        request,
        form,
        lambda: acts.close(case_id=row.pk, closed_on=day, actor=user, seen=seen),
        done=f"办件 {row.case_number} 已办结",
        then=reverse("case", args=[row.pk]),
    )
    return answer or _page(request, row, form)
