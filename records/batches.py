"""读批次: what the pages of an import show. Identities come masked; records under review want their look-ups."""

import hashlib
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from records.batch_rows import Preview
from records.models import ImportBatch, Receipt
from records.models.batch import B


@dataclass(frozen=True)
class Step:
    """进度的一格."""

    title: str
    note: str
    state: str


def listed(user: User, status: str, q: str) -> QuerySet[ImportBatch]:
    """历次批次, newest first; by status, and by number, name of the file or item."""
    some = ImportBatch.objects.visible_to(user)
    if status:
        some = some.filter(status=status)
    if q:
        some = some.filter(Q(number__icontains=q) | Q(file_name__icontains=q) | Q(item__title__icontains=q))
    return some.select_related("item", "department", "uploaded_by", "uploaded_key")


def waiting_for(user: User) -> QuerySet[ImportBatch]:
    """待确认的: read and judged, to be entered or cancelled by a clerk of the department."""
    return ImportBatch.objects.filter(department_id__in=user.departments("submit_record"), status=B.CHECKED)


def _read(batch: ImportBatch) -> str:
    """How far the reading is; of a text that streams nobody knows the length before its end."""
    if batch.status == B.FAILED:
        return "没有读成"
    if batch.total:
        return f"{batch.done} / {batch.total} 行"
    return f"已核对 {batch.done} 行" if batch.done else "等待"


def _decided(batch: ImportBatch, found: Preview, now: int) -> str:
    """What has been decided of the preview."""
    if batch.status == B.COMMITTING:
        return "正在入库"
    return "等您决定" if now == 2 else f"可入库 {found.good} 行" if now > 2 else ""


def receipt_holds(receipt: Receipt) -> bool:
    """回执与存证一致: the text has the digest that its event carries; the event is proved as docs/evidence.md says."""
    digest = hashlib.sha256(receipt.text.encode()).digest()
    event = Event.objects.filter(pk=receipt.event, act="import.receipted", object_id=str(receipt.pk)).first()
    return event is not None and bytes(event.root or b"") == digest == bytes(receipt.digest)


def steps(batch: ImportBatch, found: Preview, open_ones: int) -> list[Step]:
    """进度; `open_ones` wait for review."""
    order = {B.UPLOADED: 1, B.READING: 1, B.FAILED: 1, B.CHECKED: 2, B.COMMITTED: 3, B.CANCELLED: 0, B.UNDONE: 0}
    order[B.COMMITTING] = order[B.CHECKED]
    now, at = order[B(batch.status)], batch.uploaded_at.astimezone(clock.CHINA)
    if batch.status == B.COMMITTED and not open_ones:
        now = 4
    notes = (
        ("上传文件", f"{at:%m-%d %H:%M}"),
        ("认出表头，逐行核对", _read(batch)),
        ("确认结果", _decided(batch, found, now)),
        ("逐件复核", f"还有 {open_ones} 件" if open_ones else "已办完" if now == 4 else ""),
    )
    return [
        Step(title, note, "done" if place < now else "now" if place == now else "next")
        for place, (title, note) in enumerate(notes)
    ]
