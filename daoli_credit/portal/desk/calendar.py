"""日程的页面: the weeks ahead of one's own departments, the file for one's own calendar, and the office's counts."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires, staff
from daoli_credit.accounts.due import Reach, providers
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock
from daoli_credit.portal.desk import ics, timetable
from daoli_credit.portal.desk.timetable import WEEK, WEEKS, begins

FAR = 520  # weeks ahead or behind that an address may ask for


def _first(request: HttpRequest) -> date:
    """从哪一周起: the address's Monday, or this week's for nonsense and for days too far away."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return begins(today)
    return begins(asked) if abs(asked - today) < FAR * WEEK else begins(today)


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in {one.kind for one in providers()} else ""


@require_GET
@staff
def calendar(request: HttpRequest) -> HttpResponse:
    """日程: five weeks, overdue on top; nobody is named on it."""
    user, first, kind = user_of(request), _first(request), _kind(request)
    page = timetable.page(user, first=first, kind=kind)
    facts = {
        "page": page,
        "kind": kind,
        "titles": {one.kind: one.title for one in providers()},
        "today": clock.today(),
        "before": max(page.first - WEEKS * WEEK, begins(clock.today())) if page.first > clock.today() else None,
        "after": page.first + WEEKS * WEEK,
        "supervises": user.may_anywhere("supervise"),
    }
    return render(request, "desk/calendar.html", facts)


@require_GET
@staff
def file(request: HttpRequest) -> HttpResponse:
    """日历文件: the same rows from today on, as numbers on days."""
    today = clock.today()
    rows = timetable.rows(Reach(user_of(request)), begins(today) + WEEKS * WEEK, _kind(request))
    answer = HttpResponse(ics.written((row for row in rows if row.on >= today), request.get_host()))
    answer["Content-Type"] = "text/calendar; charset=utf-8"
    answer["Content-Disposition"] = 'attachment; filename="daoli-calendar.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@requires("supervise")
def office(request: HttpRequest) -> HttpResponse:
    """各部门到期件数: for the credit office, counts only."""
    until = begins(clock.today()) + WEEKS * WEEK
    return render(request, "desk/calendar_office.html", {"loads": timetable.loads(until), "until": until})
