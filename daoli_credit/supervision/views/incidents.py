"""安全事件的页面: the register with its clocks, one incident, and its acts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import protectors, requires
from daoli_credit.accounts.views.answers import seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.supervision import incident_clock
from daoli_credit.supervision.forms import FindingForm, JudgementForm, OpinionForm, TellingForm
from daoli_credit.supervision.models import Incident
from daoli_credit.supervision.views.protecting import course, judging, office
from daoli_credit.supervision.workflows import incident as acts
from daoli_credit.workflow import RuleBroken, Stale, WrongState, available

PER_PAGE = 20


def _visible(request: HttpRequest, number: str) -> Incident:
    found = Incident.objects.visible_to(user_of(request)).select_related("department", "opened_by", "closed_by")
    return get_object_or_404(found, number=number)


@require_GET
@protectors
def listing(request: HttpRequest) -> HttpResponse:
    """安全事件, the newest first, each with its clock."""
    user = user_of(request)
    page = Paginator(Incident.objects.visible_to(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(row, incident_clock.of(row)) for row in page],
        "drafts": user.may_anywhere("draft_assessment"),
    }
    return render(request, "supervision/incidents.html", context)


@require_http_methods(["GET", "POST"])
@requires("draft_assessment")
def new(request: HttpRequest) -> HttpResponse:
    """登记安全事件."""
    user = user_of(request)
    form = FindingForm(request.POST or None, initial={"found_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.open_one(body=office(user), what=form.finding(), actor=user)
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{row.number} 已登记；先补救，再研判，按页面上的时间通知")
            return redirect("incident", row.number)
    return render(request, "supervision/incident_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _forms(row: Incident) -> dict[str, forms.Form]:
    told = {"told_authority_at": clock.now(), "authority": row.authority}
    judged = {"level": row.level, "people": row.people, "harm": row.harm, "remedy": row.remedy}
    return {
        "assess": JudgementForm(initial=judged, prefix="assess"),
        "report": TellingForm(initial=told, prefix="report"),
        "close": OpinionForm(),
    }


def _page(request: HttpRequest, row: Incident, came_back: dict[str, forms.Form], status: int = 200) -> HttpResponse:
    known = _forms(row) | came_back
    context: dict[str, Any] = {
        "row": row,
        "clock": incident_clock.of(row),
        "steps": available(acts.STEPS, row, user_of(request)),
        "course": course(row),
        "wrong": next(iter(came_back.values()), None),
        "assess_form": known["assess"],
        "report_form": known["report"],
        "close_form": known["close"],
    }
    return render(request, "supervision/incident.html", context, status=status)


@require_GET
@protectors
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一起事件."""
    return _page(request, _visible(request, number), {})


def _told(request: HttpRequest, row: Incident, act: str, form: JudgementForm | TellingForm) -> HttpResponse:
    then = reverse("incident", args=[row.number])
    if form.is_valid():
        who, version = user_of(request), seen_of(request)
        try:
            if isinstance(form, JudgementForm):
                acts.assess(incident_id=row.pk, what=form.judgement(), actor=who, seen=version)
            else:
                acts.report(incident_id=row.pk, what=form.telling(), actor=who, seen=version)
        except RuleBroken as why:
            form.add_error(None, str(why))
        except (WrongState, Stale) as why:
            return render(request, "409.html", {"reason": str(why), "current": then}, status=409)
        else:
            messages.success(request, f"“{acts.STEPS[act].title}”已办好")
            return redirect(then)
    return _page(request, row, {act: form}, status=422)


@require_POST
@requires("draft_assessment")
def assess(request: HttpRequest, number: str) -> HttpResponse:
    """研判分级."""
    return _told(request, _visible(request, number), "assess", JudgementForm(request.POST, prefix="assess"))


@require_POST
@requires("draft_assessment")
def report(request: HttpRequest, number: str) -> HttpResponse:
    """登记报告和通知."""
    return _told(request, _visible(request, number), "report", TellingForm(request.POST, prefix="report"))


@require_POST
@requires("approve_assessment")
def close(request: HttpRequest, number: str) -> HttpResponse:
    """办结."""
    row, user, version = _visible(request, number), user_of(request), seen_of(request)
    return judging(
        request,
        acts.STEPS["close"],
        lambda opinion: acts.close(incident_id=row.pk, actor=user, opinion=opinion, seen=version),
        then=reverse("incident", args=[number]),
        again=lambda form: _page(request, row, {"close": form}, status=422),
    )
