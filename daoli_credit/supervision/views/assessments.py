"""影响评估的页面: the register, one of them, and its acts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts import assessing as acts
from daoli_credit.accounts.access import protectors, requires
from daoli_credit.accounts.models import ImpactAssessment
from daoli_credit.accounts.models.assessment import A
from daoli_credit.accounts.views.answers import seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.supervision import incident_clock
from daoli_credit.supervision.forms import ContentForm, DraftForm, OpinionForm
from daoli_credit.supervision.views.protecting import course, judging, office
from daoli_credit.workflow import RuleBroken, Stale, WrongState, available

PER_PAGE = 20
BY_POST = {"submit": acts.submit, "approve": acts.approve}
WITH_OPINION = {"return": acts.send_back, "end": acts.end}
RELATED = ("department", "drafted_by", "submitted_by", "approved_by")


def _visible(request: HttpRequest, number: str) -> ImpactAssessment:
    found = ImpactAssessment.objects.visible_to(user_of(request)).select_related(*RELATED)
    return get_object_or_404(found, number=number)


@require_GET
@protectors
def listing(request: HttpRequest) -> HttpResponse:
    """影响评估: those that wait first, then the newest."""
    user = user_of(request)
    found = ImpactAssessment.objects.visible_to(user).order_by("-pk")
    state = request.GET.get("state", "")
    counts = [(value, label, found.filter(status=value).count()) for value, label in A.choices]
    shown = found.filter(status=state) if state in A.values else found
    context = {
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "state": state,
        "total": found.count(),
        "today": clock.today(),
        "drafts": user.may_anywhere("draft_assessment"),
        "clocks": incident_clock.running(user),
    }
    return render(request, "supervision/assessments.html", context)


@require_http_methods(["GET", "POST"])
@requires("draft_assessment")
def new(request: HttpRequest) -> HttpResponse:
    """起草."""
    user = user_of(request)
    form = DraftForm(request.POST or None, user=user, initial={"subject": request.GET.get("subject", "")})
    if request.method == "POST" and form.is_valid():
        kind, code, title = form.chosen()
        try:
            row = acts.draft(body=office(user), kind=kind, code=code, title=title, what=form.content(), actor=user)
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{row.number} 已存为草稿；提交以后由另一人审定")
            return redirect("assessment", row.number)
    return render(request, "supervision/assessment_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@requires("draft_assessment")
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """修改 a draft or what came back."""
    row, then = _visible(request, number), reverse("assessment", args=[number])
    if row.status not in acts.STEPS["revise"].source:
        return _gone(request, f"这份评估{row.get_status_display()}，内容不能再改", then)
    initial = {name: getattr(row, name) for name in ContentForm.base_fields}
    form = ContentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.revise(assessment_id=row.pk, what=form.content(), actor=user_of(request), seen=seen_of(request))
        except RuleBroken as why:
            form.add_error(None, str(why))
        except (WrongState, Stale) as why:
            return _gone(request, str(why), then)
        else:
            messages.success(request, "改好了")
            return redirect(then)
    context = {"form": form, "row": row}
    return render(request, "supervision/assessment_form.html", context, status=422 if form.is_bound else 200)


def _gone(request: HttpRequest, why: str, then: str) -> HttpResponse:
    return render(request, "409.html", {"reason": why, "current": then}, status=409)


def _page(request: HttpRequest, row: ImpactAssessment, form: OpinionForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "steps": available(acts.STEPS, row, user_of(request)),
        "course": course(row),
        "form": form,
        "today": clock.today(),
    }
    return render(request, "supervision/assessment.html", context, status=status)


@require_GET
@protectors
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一份评估."""
    return _page(request, _visible(request, number), OpinionForm())


@require_POST
@requires("draft_assessment", "approve_assessment")
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """提交、审定、退回、停用."""
    row, user, version = _visible(request, number), user_of(request), seen_of(request)
    if act not in BY_POST and act not in WITH_OPINION:
        raise Http404

    def take(opinion: str) -> object:
        if act in BY_POST:
            return BY_POST[act](assessment_id=row.pk, actor=user, seen=version)
        return WITH_OPINION[act](assessment_id=row.pk, actor=user, opinion=opinion, seen=version)

    return judging(
        request,
        acts.STEPS[act],
        take,
        then=reverse("assessment", args=[number]),
        again=lambda form: _page(request, row, form, status=422),
    )
