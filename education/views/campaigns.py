"""工作台上的宣传活动: the year's calendar, one campaign, and its acts."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Stale, WrongState, available, noun
from education import selectors
from education.forms import ArrangeForm, CancelForm, ReportForm, initial_of, nearest
from education.models import Campaign
from education.models.campaign import Contents, S
from education.rules.calendar import Occurrence
from education.rules.timing import Standing
from education.selectors import Cell
from education.workflows import campaign as acts

PER_PAGE = 15


def _visible(request: HttpRequest, pk: int) -> Campaign:
    found = Campaign.objects.visible_to(user_of(request)).select_related("department", "arranged_by", "reported_by")
    return get_object_or_404(found, pk=pk)


def _year(request: HttpRequest) -> int:
    this = clock.today().year
    wanted = request.GET.get("year", "")
    return next((year for year in (this - 1, this + 1) if str(year) == wanted), this)


@dataclass(frozen=True)
class Line:
    """日历上的一格: a unit on a key date, and what it can begin there: `report`, `arrange`, or nothing."""

    department: Department
    cell: Cell
    act: str


def _lines(own: list[Department], cells: list[Cell], today: date) -> list[Line]:
    names = {one.pk: one for one in own}
    return [Line(names[cell.department_id], cell, _act(cell, today)) for cell in cells]


def _act(cell: Cell, today: date) -> str:
    opens = cell.occurrence.opens
    if opens is None or cell.campaigns or cell.standing in {Standing.NONE, Standing.LATE, Standing.BEFORE}:
        return ""
    return "report" if opens <= today else "arrange"


@require_GET
@requires("plan_campaign", "supervise")
def listing(request: HttpRequest) -> HttpResponse:
    """宣传活动: the calendar of a year with what is due, one's own campaigns, and what others have held."""
    user, year, today = user_of(request), _year(request), clock.today()
    own = list(Department.objects.in_use(today).filter(pk__in=user.departments("plan_campaign")).order_by("pk"))
    dates = selectors.year_of(year)
    cells = selectors.cells([one.pk for one in own], dates, today=today)
    lines = {one: [line for line in _lines(own, cells, today) if line.cell.occurrence == one] for one in dates}
    visible = Campaign.objects.visible_to(user).select_related("department")
    mine = visible.filter(department__in=own)
    others = visible.exclude(department__in=own)
    page = Paginator(others, PER_PAGE).get_page(request.GET.get("page"))
    due = [line for found in lines.values() for line in found if line.cell.standing in {Standing.DUE, Standing.MISSED}]
    return render(
        request,
        "education/list.html",
        {
            "year": year, "years": (today.year - 1, today.year, today.year + 1), "today": today, "rows": lines.items(),
            "own": own, "several": len(own) > 1, "page": page, "due": due,
            "mine": mine.filter(Q(planned_on__year=year) | Q(held_on__year=year)),
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("plan_campaign")
def new(request: HttpRequest) -> HttpResponse:
    """安排一次活动; for one that is over, the report follows at once."""
    user = user_of(request)
    form = ArrangeForm(request.POST or None, user=user, initial=_from_calendar(request, user))
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.arrange(
                department=form.cleaned_data["department"], partners=form.cleaned_data["partners"],
                what=form.arrangement(), actor=user,
            )  # fmt: skip
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            if request.POST.get("then") == "report":
                return redirect("campaign-report", row.pk)
            messages.success(request, f"“{row.title}”已安排；办过以后请报告举办情况")
            return redirect("campaign", row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "education/new.html", {"form": form, "today": clock.today()}, status=status)


def _from_calendar(request: HttpRequest, user: User) -> dict[str, object]:
    """The form as a click on the calendar begins it."""
    form, today = ArrangeForm(user=user), clock.today()
    one = form.occurrence(request.GET.get("key", ""))
    if one is None:
        return {"planned_on": today, "contents": [Contents.KNOWLEDGE]}
    return {
        "key": request.GET["key"],
        "title": f"{one.title.partition('（')[0]}信用宣传",
        "planned_on": nearest(one, today),
        "contents": [kind for kind in one.contents if kind != Contents.TYPICAL_CASES],
    }


@require_POST
@requires("plan_campaign")
def none(request: HttpRequest) -> HttpResponse:
    """本节点无活动: one click."""
    user = user_of(request)
    department = Department.objects.filter(code=request.POST.get("department", "")).first()
    one = ArrangeForm(user=user).occurrence(request.POST.get("key", ""))
    if department is None or one is None:
        messages.error(request, "没有这个宣传节点，请从日历上选择")
        return redirect("campaign-list")
    then = f"{reverse('campaign-list')}?year={one.year}"
    return acting(
        request,
        lambda: acts.say_none(department=department, key_date=one.code, key_day=one.first, actor=user),
        done=f"已确认：{one.title}，{department.name}本节点无活动，计为按时",
        then=then,
    )


@require_GET
@requires("plan_campaign", "supervise")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """一次活动."""
    row = _visible(request, pk)
    steps = [
        (sentence(event.act), event.actor_label, event.day, event.opinion) for event in history(noun(Campaign), row.pk)
    ]
    key = next((one for one in selectors.year_of(row.key_day.year) if _is(row, one)), None) if row.key_day else None
    return render(
        request,
        "education/detail.html",
        {"campaign": row, "key": key, "history": steps, "steps": available(acts.STEPS, row, user_of(request))},
    )


def _is(row: Campaign, one: Occurrence) -> bool:
    return (one.code, one.first) == (row.key_date, row.key_day)


def _refuse_others(user: User, row: Campaign) -> None:
    if not user.may("plan_campaign", row.department_id):
        raise PermissionDenied(f"这是{row.department.name}的活动，只由它的宣传组织人员办理")


def _too_late(request: HttpRequest, row: Campaign, why: str) -> HttpResponse:
    facts = {"reason": why, "current": reverse("campaign", args=[row.pk])}
    return render(request, "409.html", facts, status=409)


@require_http_methods(["GET", "POST"])
@requires("plan_campaign")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """报告举办情况, or correct a report. A wrong form comes back whole."""
    user, row = user_of(request), _visible(request, pk)
    _refuse_others(user, row)
    if row.status == S.CANCELLED:
        return _too_late(request, row, "这次活动已经取消，不能再报告")
    form = ReportForm(request.POST or None, initial=initial_of(row, clock.today()))
    if request.method == "POST" and form.is_valid():
        act = acts.correct if row.status == S.HELD else acts.report
        try:
            act(campaign_id=row.pk, what=form.account(), actor=user, seen=seen_of(request))
        except RuleBroken as why:
            form.add_error(None, str(why))
        except (WrongState, Stale) as why:
            return _too_late(request, row, str(why))
        else:
            messages.success(request, f"“{row.title}”已报告，公众网站的“宣传教育”栏目已经可以看到")
            return redirect("campaign", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "education/report.html", {"form": form, "campaign": row}, status=status)


@require_http_methods(["GET", "POST"])
@requires("plan_campaign")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """取消, with a reason."""
    user, row = user_of(request), _visible(request, pk)
    _refuse_others(user, row)
    if row.status != S.PLANNED:
        return _too_late(request, row, f"这次活动{row.get_status_display()}，不能再取消")
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acting(
            request,
            lambda: acts.cancel(
                campaign_id=row.pk, actor=user, opinion=form.cleaned_data["opinion"], seen=seen_of(request)
            ),
            done=f"“{row.title}”已取消",
            then=reverse("campaign", args=[pk]),
        )
    status = 422 if request.method == "POST" else 200
    return render(request, "education/cancel.html", {"form": form, "campaign": row}, status=status)
