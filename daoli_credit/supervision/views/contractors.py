"""受托人的页面: the register, one of them, and its acts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts import assessments
from daoli_credit.accounts import entrusting as acts
from daoli_credit.accounts.access import protectors, requires
from daoli_credit.accounts.models import Contractor
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.accounts.models.contractor import C
from daoli_credit.accounts.views.answers import seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.supervision.forms import ContractorForm, OpinionForm
from daoli_credit.supervision.views.protecting import course, judging, office
from daoli_credit.workflow import RuleBroken, available

PER_PAGE = 20


def _visible(request: HttpRequest, code: str) -> Contractor:
    found = Contractor.objects.visible_to(user_of(request)).select_related("department", "assessment", "activated_by")
    return get_object_or_404(found, code=code)


@require_GET
@protectors
def listing(request: HttpRequest) -> HttpResponse:
    """受托人."""
    user = user_of(request)
    found = Contractor.objects.visible_to(user).order_by("-pk")
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "today": clock.today(),
        "drafts": user.may_anywhere("draft_assessment"),
    }
    return render(request, "supervision/contractors.html", context)


@require_http_methods(["GET", "POST"])
@requires("draft_assessment")
def new(request: HttpRequest) -> HttpResponse:
    """登记受托人."""
    user, form = user_of(request), ContractorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.register(body=office(user), code=form.cleaned_data["code"], what=form.terms(), actor=user)
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"“{row.name}”已登记；评估审定、由另一人启用以前，不能交给它任何信息")
            return redirect("contractor", row.code)
    return render(request, "supervision/contractor_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, row: Contractor, form: OpinionForm, status: int = 200) -> HttpResponse:
    missing = ""
    if row.status == C.PLANNED:
        missing = assessments.refusal(Subject.CONTRACTOR, row.code, row.name, on=clock.today())
    context = {
        "row": row,
        "steps": available(acts.STEPS, row, user_of(request)),
        "course": course(row),
        "form": form,
        "missing": missing,
        "over": row.status == C.ACTIVE and clock.today() > row.ends_on,
        "drafts": user_of(request).may_anywhere("draft_assessment"),
    }
    return render(request, "supervision/contractor.html", context, status=status)


@require_GET
@protectors
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """一个受托人."""
    return _page(request, _visible(request, code), OpinionForm())


@require_POST
@requires("approve_assessment")
def act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """启用、终止."""
    row, user, version = _visible(request, code), user_of(request), seen_of(request)
    if act not in acts.STEPS:
        raise Http404

    def take(opinion: str) -> object:
        if act == "activate":
            return acts.activate(contractor_id=row.pk, actor=user, seen=version)
        return acts.end(contractor_id=row.pk, actor=user, opinion=opinion, seen=version)

    return judging(
        request,
        acts.STEPS[act],
        take,
        then=reverse("contractor", args=[code]),
        again=lambda form: _page(request, row, form, status=422),
    )
