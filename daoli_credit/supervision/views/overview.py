"""任务总览: what the plan asks, of whom, how it stands, and the day's figures. Everything is derived from facts."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import standing as sealing
from daoli_credit.looks import selectors as looks
from daoli_credit.supervision import incident_clock, progress, quality, selectors
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures import MEASURES
from daoli_credit.supervision.lights.light import Light
from daoli_credit.supervision.models import Plan
from daoli_credit.supervision.models.clause import Treatment
from daoli_credit.supervision.reporting import WeekCell
from education import selectors as campaigns


def _figures(of: Plan, facts: Facts) -> dict[str, object]:
    lines = progress.lines(selectors.tasks(of), facts)
    counts = progress.counts(lines)
    departments = list(selectors.departments(of))
    treatments = selectors.treatments(of)
    return {
        "lines": lines,
        "counts": counts,
        "bar": _bar(counts),
        "well": sum(number for light, number in counts if light in {Light.NORMAL, Light.DONE}),
        "late_tasks": dict(counts)[Light.OVERDUE],
        "watched_tasks": dict(counts)[Light.WATCH],
        "departments": departments,
        # dict(): a template asks a Counter for the key "items" before the method, and gets 0.
        "kinds": dict(Counter(one.get_kind_display() for one in departments)),
        "treatments": treatments,
        "clause_total": sum(treatments.values()),
        "declined": selectors.clauses(of, treatment=Treatment.DECLINED),
        "declined_total": treatments[Treatment.DECLINED],
    }


BAR = {Light.DONE: "p", Light.NORMAL: "ok", Light.WATCH: "warn", Light.OVERDUE: "bad", Light.NO_FACTS: "off"}


def _bar(counts: list[tuple[Light, int]]) -> list[tuple[str, int, int]]:
    """The bar of the first card: class, start and width of each part; one unit a task."""
    number, at, parts = dict(counts), 0, []
    for light, kind in BAR.items():
        parts.append((kind, at, number[light]))
        at += number[light]
    return parts


def _calendar(facts: Facts) -> list[tuple[Department, list[WeekCell], str]]:
    """部门报送日历: units down, weeks across, and each unit's share of judged weeks."""
    rows: dict[Department, list[WeekCell]] = {}
    for cell in facts.week_cells:
        rows.setdefault(cell.department, []).append(cell)
    judged: dict[Department, list[bool]] = {unit: [] for unit in rows}
    for cell in facts.closed:
        if cell.standing.on_time is not None:
            judged[cell.department].append(cell.standing.on_time)
    return [(unit, cells, f"{sum(judged[unit])} / {len(judged[unit])}") for unit, cells in rows.items()]


@requires("supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """任务总览."""
    plan, user, facts = selectors.plan(), user_of(request), Facts()
    figures = _figures(plan, facts) if plan else {}
    late, today = selectors.late_reviews(facts.slow_reviews), facts.today
    standing = {
        "today": today,
        "measures": [measure.figure(facts) for measure in MEASURES],
        "weeks": facts.weeks,
        "calendar": _calendar(facts),
        "dates": [
            one
            for year in (today.year, today.year + 1)
            for one in campaigns.year_of(year)
            if one.closes and one.closes >= today
        ][:4],
        "late": late,
        "late_total": sum(late.values()),
        "boards": {one.pk for one in quality.boards(user)},
        "unexplained": looks.overdue_by_department(today),
        "evidence": sealing.standing(),
    }
    clocks = incident_clock.running(user)
    return render(request, "supervision/overview.html", {"plan": plan, "clocks": clocks, **figures, **standing})
