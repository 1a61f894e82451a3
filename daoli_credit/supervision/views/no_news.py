"""本期无新增: the clerk's small page of weeks; one button a week."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import acting, user_of
from daoli_credit.law import clock
from daoli_credit.supervision import reporting
from daoli_credit.supervision.reporting import Standing
from daoli_credit.supervision.weeks import Week, latest
from daoli_credit.supervision.workflows.no_news import say

OPEN = {Standing.RUNNING, Standing.WAITING, Standing.MISSED, Standing.BEFORE}


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def no_news(request: HttpRequest) -> HttpResponse:
    """本期无新增."""
    user = user_of(request)
    own = Department.objects.in_use(clock.today()).filter(pk__in=user.departments("submit_record")).order_by("pk")
    if request.method == "POST":
        return _say(request, user)
    today = clock.today()
    weeks = latest(today, 6)
    known = {(cell.department.pk, cell.week): cell.standing for cell in reporting.cells(weeks, today=today)}
    judged = {one.pk for one in reporting.assessed()}
    rows = [
        (department, department.pk in judged, [_row(known, department, week, today) for week in reversed(weeks)])
        for department in own
    ]
    return render(request, "supervision/no_news.html", {"rows": rows})


def _row(
    known: dict[tuple[int, Week], Standing], department: Department, week: Week, today: date
) -> tuple[Week, Standing, bool]:
    standing = known.get((department.pk, week), Standing.BEFORE if week.last < today else Standing.RUNNING)
    return week, standing, standing in OPEN and today >= week.can_be_confirmed_from


def _say(request: HttpRequest, user: User) -> HttpResponse:
    department = Department.objects.filter(code=request.POST.get("department", "")).first()
    try:
        starts_on = date.fromisoformat(request.POST.get("week", ""))
    except ValueError:
        starts_on = None
    if department is None or starts_on is None:
        messages.error(request, "没有这一周，请从列表里选择")
        return redirect("no-news")
    return acting(
        request,
        lambda: say(department=department, starts_on=starts_on, actor=user),
        done=f"已确认：{department.name} {Week(starts_on)} 无新增，计为按时",
        then=reverse("no-news"),
    )
