"""批量导入的页面: upload, job page with preview, confirm or cancel, the rows to correct."""

from collections.abc import Callable
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit import questions
from daoli_credit.accounts import access
from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from daoli_credit.law import pack
from daoli_credit.workflow import RuleBroken, available
from records import batch_review, batch_rows, batches, progress
from records.models import ImportBatch, Receipt
from records.models.batch import B, Verdict
from records.models.record import S
from records.reading.sheet import LONGEST_CSV
from records.rules.collectable import not_firm
from records.upload_form import UndoForm, UploadForm, offered
from records.workflows import batch_undoing, entering, uploading, wrong_rows
from records.workflows import importing as acts

PER_PAGE, LISTED = 50, 20


@questions.prepared_for(access.depends_on)
def _visible(user: User, number: str) -> QuerySet[ImportBatch]:
    related = ("item", "department", "uploaded_by", "uploaded_key", "committed_by")
    return ImportBatch.objects.visible_to(user).select_related(*related).filter(number=number)


def visible(request: HttpRequest, number: str) -> ImportBatch:
    """本单位的批次. Raises Http404."""
    for found in _visible(user_of(request), number):
        return found
    raise Http404("没有这一批，或者不是本单位的")


@require_GET
@requires("view_records")
def listing(request: HttpRequest) -> HttpResponse:
    """历次批次, newest first."""
    user, q = user_of(request), request.GET.get("q", "").strip()[:60]
    status = request.GET.get("status", "")
    status = status if status in B.values else ""
    page = Paginator(batches.listed(user, status, q), LISTED).get_page(request.GET.get("page"))
    enters = user.may_anywhere("submit_record")
    facts = {"page": page, "enters": enters, "q": q, "status": status, "statuses": B.choices}
    return render(request, "records/imports.html", facts)


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def new(request: HttpRequest) -> HttpResponse:
    """上传. Answers at once; the worker reads."""
    user = user_of(request)
    if request.method == "GET":
        form = UploadForm(user=user, initial=_as_before(request))
        return render(request, "records/import_new.html", {"form": form, "offered": _templates(user)})
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    form = UploadForm(request.POST, request.FILES, user=user, too_large=sent > LONGEST_CSV + 100_000)
    if form.is_valid():
        file, body = form.cleaned_data["file"], get_object_or_404(Department, code=form.cleaned_data["department"])
        try:
            batch = uploading.upload(
                department=body,
                item=form.cleaned_data["item"],
                name=file.name,
                data=file.chunks(),
                stated=form.stated,
                actor=user,
            )
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            return redirect("import", batch.number)
    return render(request, "records/import_new.html", {"form": form, "offered": _templates(user)}, status=422)


def _as_before(request: HttpRequest) -> dict[str, str]:
    """照上一批: item and statement of the batch whose wrong rows have been put right, not to be stated anew."""
    again = request.GET.get("again", "")
    batch = ImportBatch.objects.visible_to(user_of(request)).filter(number=again).select_related("department").first()
    return {**batch.stated, "what": f"{batch.department.code}/{batch.item_id}"} if batch else {}


def _templates(user: User) -> list[tuple[str, str, str]]:
    """可以下载的模板: department code, item code and title."""
    return [(*code.split("/"), title) for _, items in offered(user) for code, title in items]  # type: ignore[misc]


@require_GET
@requires("view_records")
def job(request: HttpRequest, number: str) -> HttpResponse:
    """一个批次: progress while it is read, then the preview, then how far the review is."""
    return _page(request, number, UndoForm(), 200)


def _page(request: HttpRequest, number: str, form: UndoForm, status: int) -> HttpResponse:
    batch, user = visible(request, number), user_of(request)
    whole, q = batch_rows.preview(batch), request.GET.get("q", "").strip()[:60]
    found = batch_rows.preview(batch, q) if q else whole
    tab = request.GET.get("tab", "")
    tab = tab if tab in Verdict.values and (found.of(Verdict(tab)) or not q) else found.first
    cause = request.GET.get("cause", "") if tab == Verdict.WRONG else ""
    states = batch_review.states(batch) if batch.status == B.COMMITTED else []
    state = request.GET.get("state", "") if tab == Verdict.NEW and not q else ""
    standing = next((one for one in states if one[0] == state), ("", "", 0))
    page = batch_rows.turned(
        batch_rows.rows(batch, tab, cause, q, standing[0]),
        at=request.GET.get("at", ""),
        before=request.GET.get("before", ""),
        size=PER_PAGE,
    )
    waiting = sum(n for value, _, n in states if value == S.SUBMITTED)
    return render(
        request,
        "records/import.html",
        {
            "batch": batch,
            "preview": whole,
            "found": found,
            "q": q,
            "tab": tab,
            "tab_word": standing[1] or batch_rows.TAB_WORDS[Verdict(tab)],
            "cause": cause,
            "page": page,
            "progress": batches.steps(batch, whole, waiting),
            "working": batch.status in {B.UPLOADED, B.READING, B.COMMITTING},
            "entering": progress.of(batch) if batch.status == B.COMMITTING else None,
            "interrupted": entering.interrupted(batch),
            "steps": available(acts.STEPS, batch, user),
            "enters": user.may("submit_record", batch.department_id),
            "reviews": user.may("review_record", batch.department_id),
            "not_firm": _not_firm(batch),
            "states": states,
            "waiting": waiting,
            "total": standing[2] or _total(found, tab, cause),
            "files": wrong_rows.files(whole.bad),
            "parts": range(1, wrong_rows.files(whole.bad) + 1),
            "receipt": Receipt.objects.filter(batch=batch).first(),
            "undo": available(batch_undoing.STEPS, batch, user).get("undo"),
            "too_late": batch_undoing.too_late(batch) if batch.status == B.COMMITTED else "",
            "undo_until": batch.committed_at and batch.committed_at + timedelta(hours=batch_undoing.HOURS),
            "undo_form": form,
        },
        status=status,
    )


def _total(found: batch_rows.Preview, tab: str, cause: str) -> int:
    return sum(one.rows for one in found.causes if one.title == cause) if cause else found.of(Verdict(tab))


def _not_firm(batch: ImportBatch) -> str:
    """为什么现在不能入库, said before anybody presses the button; "" when nothing stands in the way."""
    item = pack.current().items.get(batch.item_id)
    return not_firm(item) if item and batch.status == B.CHECKED else ""


def _act(request: HttpRequest, number: str, act: Callable[..., ImportBatch], done: str) -> HttpResponse:
    batch, user, seen = visible(request, number), user_of(request), seen_of(request)
    then = reverse("import", args=[number])
    return acting(request, lambda: act(batch_id=batch.pk, actor=user, seen=seen), done=f"{number} {done}", then=then)


@require_POST
@requires("submit_record")
def commit(request: HttpRequest, number: str) -> HttpResponse:
    """确认入库. Answers at once; the worker enters."""
    return _act(request, number, entering.confirm, "已确认，正在入库；入库以后等待另一人逐件复核")


@require_POST
@requires("submit_record")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """作废本批."""
    return _act(request, number, acts.cancel, "已作废，原表和各行已经删去")


@require_POST
@requires("submit_record")
def recheck(request: HttpRequest, number: str) -> HttpResponse:
    """重新核对."""
    return _act(request, number, acts.recheck, "正在重新核对")


@require_POST
@requires("submit_record")
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """整批撤回."""
    batch, user, seen = visible(request, number), user_of(request), seen_of(request)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, 422)
    return acting(
        request,
        lambda: batch_undoing.undo(batch_id=batch.pk, actor=user, opinion=form.cleaned_data["opinion"], seen=seen),
        done=f"{number} 已整批撤回；没有生效的各条已经删去",
        then=reverse("import", args=[number]),
    )
