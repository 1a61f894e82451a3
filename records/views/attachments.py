"""附件和作废 on the record's page: added, taken away, opened because of a look; a draft that is not wanted goes."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from records.attachment_forms import PaperForm
from records.models import Attachment, CreditRecord
from records.models.attachment import MIME
from records.sealed_attachments import opened
from records.views import desk
from records.workflows import attaching, discarding

# Whatever is in the file, a browser neither shows it here nor runs it.
CLOSED = "default-src 'none'; sandbox"


def download(kept: Attachment, number: str) -> HttpResponse:
    """文件, to be saved and never shown in the page's own place."""
    return as_file(opened(kept), kept.format, f"{number} {kept.get_paper_display()}.{kept.format}")


def as_file(data: bytes, kind: str, name: str) -> HttpResponse:
    """The bytes under a name of ours."""
    answer = HttpResponse(data, content_type=MIME[kind])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Security-Policy"] = CLOSED
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@requires("submit_record")
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """加附件: read and sealed before the transaction of the act."""
    record, user, seen = desk.visible(request, number), user_of(request), seen_of(request)
    form = PaperForm(request.POST, request.FILES)
    made = form.made(user) if form.is_valid() else None
    if made is None:
        return _again(request, record, form)
    return acting(
        request,
        lambda: attaching.attach(record_id=record.pk, made=made, actor=user, seen=seen),
        done="附件已加上",
        then=reverse("record", args=[number]),
    )


@transaction.atomic
def _again(request: HttpRequest, record: CreditRecord, form: PaperForm) -> HttpResponse:
    user = user_of(request)
    look = desk.look_at(user, record, "办理本部门报送的信用记录", ["record", "identity-masked"])
    return render(request, "records/detail.html", desk.on_page(record, user, look, paper_form=form), status=422)


@require_POST
@requires("submit_record")
def detach(request: HttpRequest, number: str) -> HttpResponse:
    """去掉附件."""
    record, user, seen = desk.visible(request, number), user_of(request), seen_of(request)
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        messages.error(request, "没有选中要去掉的附件")
        return redirect("record", number)
    return acting(
        request,
        lambda: attaching.detach(record_id=record.pk, token=str(token), actor=user, seen=seen),
        done="附件已去掉",
        then=reverse("record", args=[number]),
    )


@require_POST
@requires("view_records")
@transaction.atomic
def open_(request: HttpRequest, number: str, token: uuid.UUID) -> HttpResponse:
    """打开附件: the scan shows the whole identity, so it is a look like any other, told to the person."""
    record, user = desk.visible(request, number), user_of(request)
    kept = get_object_or_404(Attachment.objects.filter(record=record), token=token)
    desk.look_at(user, record, "打开附件，对照决定书核对", ["record", "identity"])
    return download(kept, record.number)


@require_POST
@requires("submit_record")
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """作废草稿. A second click finds it gone, and says so kindly."""
    user, seen = user_of(request), seen_of(request)
    if discarding.was_discarded_by(number, user):
        messages.info(request, f"{number} 已经作废")
        return redirect("record-list")
    record = desk.visible(request, number)
    return acting(
        request,
        lambda: discarding.discard(record_id=record.pk, actor=user, seen=seen),
        done=f"{number} 已作废，内容已经删去",
        then=reverse("record-list"),
    )
