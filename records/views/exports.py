"""导出的页面: ask, wait, fetch; and the second person's queue."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, WrongState, available
from records import exports as reading
from records.export_forms import ExportForm, RefuseForm
from records.models import ExportRequest
from records.models.export import Form, X
from records.rules import exportable
from records.sealed_exports import NotKept
from records.workflows import exporting as acts

PER_PAGE = 20
TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}


def _visible(request: HttpRequest, number: str) -> ExportRequest:
    related = ("department", "requested_by", "decided_by")
    found = ExportRequest.objects.visible_to(user_of(request)).select_related(*related)
    return get_object_or_404(found, number=number)


@require_GET
@requires("export_records", "approve_export")
def listing(request: HttpRequest) -> HttpResponse:
    """导出: the user's own, and those that the user may agree to; what waits stands on top."""
    found = reading.queue(user_of(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    exports = user_of(request).may_anywhere("export_records")
    return render(request, "records/exports.html", {"page": page, "exports": exports, "kinds": reading.KINDS})


@require_http_methods(["GET", "POST"])
@requires("export_records")
def new(request: HttpRequest) -> HttpResponse:
    """申请导出. A wrong form comes back whole."""
    user = user_of(request)
    given = {"record_status": request.GET.get("status", ""), "form": Form.XLSX}
    form = ExportForm(request.POST or None, departments=user.departments("export_records"), initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            export = acts.ask(actor=user, **form.cleaned_data)
        except (RuleBroken, OpinionRefused) as why:
            form.add_error("case_number" if isinstance(why, OpinionRefused) else None, str(why))
        else:
            waits = export.status == X.WAITING
            messages.success(request, "已申请，等第二人复核" if waits else "已申请，正在制作，稍后在这里领取")
            return redirect("export", export.number)
    facts = {"form": form, "alone": exportable.ALONE, "most": exportable.MOST, "days": exportable.KEPT.days}
    return render(request, "records/export_new.html", facts, status=422 if request.method == "POST" else 200)


@require_GET
@requires("export_records", "approve_export")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件导出."""
    return _page(request, _visible(request, number), RefuseForm())


def _page(request: HttpRequest, export: ExportRequest, form: RefuseForm, status: int = 200) -> HttpResponse:
    user, mine = user_of(request), export.requested_by_id == request.user.pk
    steps = available(acts.STEPS, export, user)
    over = export.is_over(clock.today())
    facts = {
        "export": export,
        "mine": mine,
        "kind": reading.KINDS[X(export.status)],
        "may_fetch": mine and "fetch" in steps and not over and export.fetched < exportable.FETCHES,
        "decides": "approve" in steps and not mine,
        "over": over,
        "ended": export.status == X.MADE and acts.has_ended(export),
        "left": exportable.FETCHES - export.fetched,
        "history": reading.told(export),
        "refuse_form": form,
    }
    return render(request, "records/export.html", facts, status=status)


@require_POST
@requires("approve_export")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """同意导出."""
    export, user, revision = _visible(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: acts.approve(export_id=export.pk, actor=user, seen=revision),
        done=f"{number} 已同意，正在制作",
        then=reverse("export", args=[number]),
    )


@require_POST
@requires("approve_export")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """不同意导出."""
    export, user, revision = _visible(request, number), user_of(request), seen_of(request)
    form = RefuseForm(request.POST)
    if not form.is_valid() and export.status == X.WAITING:
        return _page(request, export, form, 422)
    opinion = form.cleaned_data.get("opinion", "")  # of no matter where the act is not open any more
    return acting(
        request,
        lambda: acts.refuse(export_id=export.pk, actor=user, opinion=opinion, seen=revision),
        done=f"{number} 已告知申请人不同意",
        then=reverse("export-list"),
    )


@require_POST
@requires("export_records")
def fetch(request: HttpRequest, number: str) -> HttpResponse:
    """领取: the file, or why there is none."""
    export, user, then = _visible(request, number), user_of(request), reverse("export", args=[number])
    try:
        data = acts.fetch(export_id=export.pk, actor=user)
    except (RuleBroken, NotKept) as why:
        messages.error(request, str(why))
        return redirect(then)
    except WrongState as why:
        return render(request, "409.html", {"reason": str(why), "current": then}, status=409)
    answer = HttpResponse(data, content_type=TYPES[Form(export.form)])
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{export.number}.{export.form}"
    )
    return answer
