"""存证的页面, for the audit administrator (审计管理员) only."""

import json
import logging

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import officers
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events as writing
from daoli_credit.audit import proof, tasks, verification
from daoli_credit.audit import standing as sealing
from daoli_credit.audit.models import Event, Seal, Verification
from daoli_credit.portal.evidence import export, search, words
from daoli_credit.portal.evidence.forms import EventFilter, LookFilter
from daoli_credit.workflow import noun

log = logging.getLogger(__name__)
PER_PAGE = 30
auditor = officers("audit")


def _department(user: User) -> str:
    return user.home_department.code if user.home_department else ""


def _attached(name: str) -> dict[str, str]:
    stated = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return {"Content-Disposition": stated, "Cache-Control": "no-store"}


def _call_a_worker() -> None:
    try:
        tasks.verify.delay()
    except Exception:
        # the row is in the database; the timetable looks for it each minute
        log.warning("核验没有交给后台，等定时任务来取", exc_info=True)


@require_GET
@auditor
def events(request: HttpRequest) -> HttpResponse:
    """事件: filtered, newest first, paged by key."""
    form = EventFilter(request.GET)
    good = form.is_valid()
    rows = search.events(form.cleaned_data) if good else Event.objects.none()
    page = search.leaf(rows, before=request.GET.get("before"), after=request.GET.get("after"), size=PER_PAGE)
    context = {"form": form, "page": page, "lines": words.said(page.rows), "most": export.MOST}
    return render(request, "evidence/events.html", context, status=200 if good else 422)


@require_GET
@auditor
def event(request: HttpRequest, number: int) -> HttpResponse:
    """一条事件: as it stands, its leaf, and whether it can be proved yet."""
    row = get_object_or_404(Event, pk=number)
    sealed = not search.waiting(row)
    return render(request, "evidence/event.html", {"one": words.said([row])[0], "sealed": sealed})


@require_POST
@auditor
def prove(request: HttpRequest, number: int) -> HttpResponse:
    """存证证明, to be checked without our system."""
    row, user = get_object_or_404(Event, pk=number), user_of(request)
    try:
        with transaction.atomic():
            found = proof.of(row)
            writing.record(
                act=export.PROVED, noun=noun(Event), object_id=row.pk, actor=user, department=_department(user)
            )
    except proof.NotSealed as why:
        messages.error(request, str(why))
        return redirect("evidence-event", row.pk)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json", headers=_attached(f"proof-{row.pk}.json"))


@require_POST
@auditor
def exported(request: HttpRequest) -> HttpResponseBase:
    """导出当前条件的事件."""
    form = EventFilter(request.POST)
    if not form.is_valid():
        page = search.leaf(Event.objects.none(), before=None, after=None, size=PER_PAGE)
        context = {"form": form, "page": page, "lines": [], "most": export.MOST}
        return render(request, "evidence/events.html", context, status=422)
    told, numbers = export.begin(form.cleaned_data, form.chosen(), user_of(request))
    return StreamingHttpResponse(
        export.lines(told, numbers, form.chosen()),
        content_type="text/csv; charset=utf-8",
        headers=_attached(f"存证清单-{told.pk}.csv"),
    )


@require_GET
@auditor
def looks(request: HttpRequest) -> HttpResponse:
    """查询记录: who looked, for which matter and case, why and at what; never at whom."""
    form = LookFilter(request.GET)
    good = form.is_valid()
    rows = search.looks(form.cleaned_data if good else {})
    rows = rows if good else rows.none()
    page = search.leaf(rows, before=request.GET.get("before"), after=request.GET.get("after"), size=PER_PAGE)
    context = {"form": form, "page": page, "lines": words.looked(page.rows)}
    return render(request, "evidence/looks.html", context, status=200 if good else 422)


@require_GET
@auditor
def seals(request: HttpRequest) -> HttpResponse:
    """封存与核验."""
    page = search.leaf(
        Seal.objects.order_by("-id"), before=request.GET.get("before"), after=request.GET.get("after"), size=PER_PAGE
    )
    runs = list(Verification.objects.order_by("-id")[:10])
    context = {
        "standing": sealing.standing(),
        "page": page,
        "last": next((run for run in runs if run.ended_at), None),
        "running": next((run for run in runs if not run.ended_at), None),
        "runs": runs,
    }
    return render(request, "evidence/seals.html", context)


@require_POST
@auditor
def verify(request: HttpRequest) -> HttpResponse:
    """要求核验: a worker runs it; asking twice is asking once."""
    user = user_of(request)
    if verification.ask(user, _department(user)):
        messages.success(request, "已经开始核验，结果稍后出现在这一页")
        _call_a_worker()
    else:
        messages.info(request, "已有一次核验在进行，结果稍后出现在这一页")
    return redirect("evidence-seals")
