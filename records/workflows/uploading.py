"""上传: a sheet is taken in and sealed before anything looks at it; the worker is told its number and nothing else."""

import logging
from collections.abc import Iterable, Iterator, Mapping

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, noun
from records import sealed_sheets
from records.models import CatalogueItem, ImportBatch
from records.models.batch import B
from records.reading.sheet import HELD_WHOLE, LONGEST_CSV, MOST_BYTES
from records.rules import intake
from records.rules.collectable import refusal
from records.workflows import judging, numbering

register("import.uploaded", "上传表格")
log = logging.getLogger(__name__)

TASK = "records.tasks.read_sheet"


def ask_worker(batch_id: int) -> None:
    """交给后台去读, by its number alone."""
    if not current_app.conf.broker_url:
        return  # a command of manage.py, which reads the sheet itself or leaves it to the timetable
    try:
        current_app.send_task(TASK, [batch_id])
    except Exception:
        # the sheet is safe in the database; the timetable looks for sheets that wait (records.tasks.read_waiting)
        log.warning("导入批次 %s 没有交给后台，等定时任务来取", batch_id, exc_info=True)


def upload(
    *,
    department: Department,
    item: str,
    name: str,
    data: bytes | Iterable[bytes],
    stated: Mapping[str, str],
    actor: User,
) -> ImportBatch:
    """上传: the bytes are sealed before anything looks at them; reading comes later, by the worker.

    Raises PermissionDenied, and RuleBroken for an item that may not be collected, a wrong statement or a wrong size.
    """
    if not actor.may("submit_record", department.pk):
        raise PermissionDenied("您没有为这个部门录入的职责")
    whose = ImportBatch(department=department, uploaded_by=actor)
    return take_in(whose, item=item, name=name, data=data, stated=stated, actor=actor)


def take_in(
    batch: ImportBatch,
    *,
    item: str,
    name: str,
    data: bytes | Iterable[bytes],
    stated: Mapping[str, str],
    actor: events.Actor,
) -> ImportBatch:
    """收下一张表, of whoever may send it; `batch` says whose it is and is saved here. Raises RuleBroken."""
    department, today = batch.department, clock.today()
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}已经停用，新的记录由承接部门录入")
    if why_not := refusal(pack.current().item(item), department.code, on=today):
        raise RuleBroken(why_not)
    if problems := intake.stated(item, stated, today=today):
        raise RuleBroken(" ".join(str(problem) for problem in problems))
    pieces = iter([data] if isinstance(data, bytes) else data)
    with transaction.atomic():
        batch.number, batch.item = numbering.next_batch(today), CatalogueItem.objects.get(code=item)
        batch.stated = {key: value for key, value in stated.items() if value}
        batch.file_name, batch.file_size = judging.veil(name)[-120:], 0
        batch.save()
        batch.file_size, batch.file_digest = sealed_sheets.keep(batch, within(pieces))
        batch.save(update_fields=["file_size", "file_digest"])
        events.record(
            act="import.uploaded",
            noun=noun(ImportBatch),
            object_id=batch.pk,
            actor=actor,
            department=department.code,
            to_status=B.UPLOADED,
        )
        transaction.on_commit(lambda: ask_worker(batch.pk))
    return batch


def within(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """文件不过大: a text may be long, for it is read as a stream; a workbook must be held whole. Raises RuleBroken."""
    size, most = 0, LONGEST_CSV
    for piece in pieces:
        if not size and piece.startswith(HELD_WHOLE):
            most = MOST_BYTES
        size += len(piece)
        if size > most:
            raise RuleBroken(f"文件超过 {most >> 20} MB。请分成几个文件上传，或者存为 CSV")
        yield piece
    if not size:
        raise RuleBroken("文件是空的（0 字节）。请核对选对了文件")
