"""数据质量看板: a unit sees its own board, whoever supervises sees all; every number opens its weeks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.supervision import covered, quality
from daoli_credit.supervision.facts import Facts
from records import selectors
from records.models import CreditRecord
from records.models.record import S

WAITING, COVERAGE = "waiting", "coverage"


@require_GET
@requires("supervise", "view_records")
def board(request: HttpRequest) -> HttpResponse:
    """看板."""
    user, facts = user_of(request), Facts()
    units = quality.boards(user)
    week = quality.period(facts.today)
    heads, marks = quality.coverage(units, week, today=facts.today)
    return render(
        request,
        "supervision/quality.html",
        {
            "lines": quality.lines(units, facts),
            "measures": quality.MEASURES,
            "week": week,
            "heads": heads,
            "covered": marks,
            "all": user.may_anywhere("supervise"),
            "today": facts.today,
        },
    )


@require_GET
@requires("supervise", "view_records")
def rows(request: HttpRequest, department: str, what: str) -> HttpResponse:
    """数字后面的行: weeks for whoever supervises, and the unit's own records for its own staff."""
    user, facts = user_of(request), Facts()
    unit = next((one for one in quality.boards(user) if one.code == department), None)
    measure = quality.BY_CODE.get(what)
    if unit is None or (measure is None and what not in {WAITING, COVERAGE}):
        raise Http404("没有这个数字")
    shown: dict[str, object] = {"unit": unit, "measure": measure, "what": what, "today": facts.today}
    shown["own"] = user.may("view_records", unit.pk)
    if measure is not None:
        weeks = quality.cells(what, facts).get(unit.pk, {})
        shown["weeks"] = [
            (week, good, [] if good else list(quality.behind(measure, unit, week, user)))
            for week, good in weeks.items()
        ]
        shown["good"] = sum(weeks.values())
    elif what == WAITING:
        mine = CreditRecord.objects.visible_to(user).filter(department=unit, status=S.SUBMITTED)
        shown["lines"] = selectors.lines(mine.order_by("submitted_on", "pk"))
        shown["late"] = facts.slow_reviews.get(unit.code, 0)
        shown["waiting"] = quality.waiting([unit.pk], facts.today).get(unit.pk)
    else:
        week = quality.period(facts.today)
        shown |= {"week": week, "domains": covered.behind(unit, week, user)}
    return render(request, "supervision/quality_rows.html", shown)
