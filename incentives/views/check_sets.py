"""成批核查的页面: a sheet of one case's applications, its progress, the second person, and the result."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, available
from incentives import sealed_checks
from incentives.check_forms import CheckForm, RefuseSetForm, SheetForm
from incentives.models import CheckSet, MatterCase
from incentives.models.check_set import WORKING, K
from incentives.selectors import check_sets as reading
from incentives.workflows import check_sources, checking
from incentives.workflows import checking_sets as acts
from records.reading import workbook

SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("申请编号", "证件号码（遮盖）", "核查单", "答复", "上级平台")
NOT_A_CERTIFICATE = "留存办件卷宗，不得作为无失信证明"


def _visible(request: HttpRequest, number: str) -> CheckSet:
    related = ("case", "department", "asked_by", "asked_key", "decided_by")
    return get_object_or_404(CheckSet.objects.visible_to(user_of(request)).select_related(*related), number=number)


@require_POST
@requires("check_applicants")
def new(request: HttpRequest, case: int) -> HttpResponse:
    """上传申请人表. Answers at once; the worker reads."""
    user = user_of(request)
    opened = get_object_or_404(MatterCase.objects.visible_to(user).select_related("department"), pk=case)
    by, form = checking.By(user=user), SheetForm(request.POST, request.FILES)
    try:
        asked = checking.demand_open(opened, by, clock.today())
    except RuleBroken as why:
        return render(request, "409.html", {"reason": str(why), "current": reverse("check-list")}, status=409)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = acts.upload(case_id=opened.pk, name=file.name, data=file.read(), by=by)
        except RuleBroken as why:
            form.add_error("file", str(why))
        else:
            return redirect("check-set", made.number)
    facts = {
        "case": opened,
        "matter": asked.matter,
        "purpose": checking.purpose(asked),
        "items": [pack.current().item(code) for code in asked.items],
        "form": CheckForm(),
        "sheet_form": form,
        "sources": check_sources.of_matter(opened.matter),
    }
    return render(request, "checks/new.html", facts, status=422)


def _page(request: HttpRequest, one: CheckSet, form: RefuseSetForm, status: int = 200) -> HttpResponse:
    user, show = user_of(request), request.GET.get("show", "")
    lines, gone = [], ""
    if one.status == K.DONE:
        try:
            lines = reading.result(one)
        except sealed_checks.NotKept:
            gone = "结果各行已经过了保存期，已经删去；查到内容的核查单仍在卷宗里"
    matter = pack.current().matters.get(one.matter)
    by_kind = reading.by_kind(lines)
    shown = by_kind.get(show, lines)
    facts = {
        "set": one,
        "matter": matter,
        "working": one.status in WORKING,
        "lines": shown[:SHOWN],
        "more": max(0, len(shown) - SHOWN),
        "kinds": [(kind, reading.KINDS[kind], len(found)) for kind, found in by_kind.items()] if lines else [],
        "show": show if show in by_kind else "",
        "found": sum(line.found for line in lines),
        "above": any(line.above for line in lines),
        "gone": gone,
        "mine": one.asked_by_id == user.pk,
        "before": max(0, matter.batch_max - one.most) if matter and one.rows <= matter.batch_max else 0,
        "steps": available(acts.STEPS, one, user),
        "refuse_form": form,
    }
    return render(request, "checks/set.html", facts, status=status)


@require_GET
@requires("check_applicants", "approve_check")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一张表: how far it is, what is wrong with it, or its result."""
    return _page(request, _visible(request, number), RefuseSetForm())


def _act(request: HttpRequest, one: CheckSet, act: Callable[[int], object], done: str) -> HttpResponse:
    seen, then = seen_of(request), reverse("check-set", args=[one.number])
    return acting(request, lambda: act(seen), done=f"{one.number} {done}", then=then)


@require_POST
@requires("approve_check")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """同意成批核查."""
    one, user = _visible(request, number), user_of(request)
    return _act(request, one, lambda seen: acts.approve(set_id=one.pk, actor=user, seen=seen), "已同意，正在核查")


@require_POST
@requires("approve_check")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """不同意成批核查."""
    one, user, form = _visible(request, number), user_of(request), RefuseSetForm(request.POST)
    if not form.is_valid() and one.status == K.WAITING:
        return _page(request, one, form, 422)
    opinion = form.cleaned_data.get("opinion", "")
    return _act(
        request,
        one,
        lambda seen: acts.refuse(set_id=one.pk, actor=user, opinion=opinion, seen=seen),
        "没有同意，没有核查任何人",
    )


@require_GET
@requires("check_applicants")
def result(request: HttpRequest, number: str) -> HttpResponse:
    """结果表: no name, no whole number, no verdict."""
    one = _visible(request, number)
    try:
        lines = reading.result(one)
    except sealed_checks.NotKept as why:
        return render(
            request, "409.html", {"reason": str(why), "current": reverse("check-set", args=[number])}, status=409
        )
    rows = [(line.application, line.number, line.check, line.says, line.above or "这个事项不问") for line in lines]
    mark = (f"{number} 办件 {one.case.case_number} {NOT_A_CERTIFICATE}", "", "", "", "")
    said = content_disposition_header(as_attachment=True, filename=f"{number} 核查结果.xlsx") or "attachment"
    headers = {"Content-Disposition": said, "Cache-Control": "no-store"}
    return HttpResponse(workbook.write(HEAD, [*rows, mark], name="核查结果"), content_type=XLSX, headers=headers)
