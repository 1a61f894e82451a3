"""入库: a clerk confirms, the worker enters (ADR 0036): checked → committing → committed, or back to the preview.

The worker writes without holding the batch, so that a clerk may cancel until the last moment; only then it locks the
batch, and finds it cancelled or enters it. Nothing stands of what did not come to its commit, whoever died.
"""

import logging
from datetime import timedelta

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, pack
from daoli_credit.workflow import (
    SYSTEM,
    AlreadyDone,
    RuleBroken,
    Step,
    WorkflowError,
    WrongState,
    department,
    noun,
    taking,
)
from records import progress, sealed_sheets
from records.models import BatchRow, ImportBatch
from records.models.batch import B, Verdict
from records.progress import ask_to_stop
from records.rules.collectable import not_firm, refusal
from records.workflows import many, receipting
from records.workflows.collecting import seldom_collected

STEPS = {
    "commit": Step("import.confirmed", "确认入库", frozenset({B.CHECKED}), B.COMMITTING, department("submit_record")),
    "enter": Step("import.committed", "入库", frozenset({B.COMMITTING}), B.COMMITTED, SYSTEM),
    "put_back": Step("import.put-back", "没有入库，退回预览", frozenset({B.COMMITTING}), B.CHECKED, SYSTEM),
}
TAKEN_UP = register("import.taken-up", "后台接手入库")
TASK = "records.tasks.enter_sheet"
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
UNIQUE_VIOLATION = "23505"
ONE_COMMIT = 20180202
GAVE_UP = (
    f"后台接手 {MOST_TRIES} 次都中断了，什么也没有入库；"
    "请再确认一次，还是不成的，请分成几个文件上传，或者联系系统管理员"
)
log = logging.getLogger(__name__)


class Busy(WorkflowError):
    """另一批正在入库: one after the other; this one waits its turn."""


def ask_worker(batch_id: int) -> None:
    """交给后台去办, by its number alone."""
    if not current_app.conf.broker_url:
        return
    try:
        current_app.send_task(TASK, [batch_id])
    except Exception:
        # what was confirmed stands in the database; the timetable looks for it (records.tasks.enter_waiting)
        log.warning("导入批次 %s 的入库没有交给后台，等定时任务来取", batch_id, exc_info=True)


def _demand_enterable(batch: ImportBatch) -> None:
    """还可以入库: item, day and rules are still those of the preview. Asked at the button and again by the worker."""
    edition, today = pack.current(), clock.today()
    item = edition.item(batch.item_id)
    if why_not := refusal(item, batch.department.code, on=today) or not_firm(item):
        raise RuleBroken(why_not)
    if (batch.checked_on, batch.checked_under) != (today, edition.digest):
        raise RuleBroken("核对之后日期或者规则变了；请点“重新核对”，看过新的结果再确认")


def confirm(*, batch_id: int, actor: User, seen: int) -> ImportBatch:
    """确认入库: answers at once; the worker is told the number. A second click, even a late one, is a success.

    Raises PermissionDenied, WrongState, Stale, AlreadyDone, and RuleBroken when there is nothing to enter or when the
    day or the rules have moved since the preview.
    """
    try:
        with taking(STEPS["commit"], ImportBatch, batch_id, actor=actor, seen=seen) as batch:
            _demand_enterable(batch)
            if not BatchRow.objects.filter(batch=batch, verdict=Verdict.NEW).exists():
                raise RuleBroken("没有可以入库的行")
            batch.committed_by, batch.entering_since, batch.tries, batch.failure = actor, None, 0, ""
            transaction.on_commit(lambda: ask_worker(batch_id))
    except WrongState as why:
        if ImportBatch.objects.filter(pk=batch_id, status=B.COMMITTED, committed_by=actor).exists():
            raise AlreadyDone("“确认入库”已经办好了") from why
        raise
    progress.begin(batch_id)
    return batch


def enter(*, batch_id: int, actor: User) -> ImportBatch:
    """后台办理入库. Raises Busy while another enters, WrongState when there is nothing to do, RuleBroken in words."""
    with transaction.atomic():
        if not _free():
            raise Busy("另一批正在入库，请稍候")
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.status != B.COMMITTING:
            raise WrongState("这一批不在入库")
        living = ImportBatch.objects.filter(status=B.COMMITTING, entering_since__gt=clock.now() - LEASE)
        if living.exists():
            raise Busy("另一批正在入库，请稍候")
        tired = batch.tries >= MOST_TRIES
        if not tired:
            batch.entering_since, batch.tries = clock.now(), batch.tries + 1
            batch.save(update_fields=["entering_since", "tries"])
            events.record(
                act=TAKEN_UP,
                noun=noun(ImportBatch),
                object_id=batch.pk,
                actor=actor,
                department=batch.department.code,
                revision=batch.tries,
            )
    if tired:
        return _put_back(batch, GAVE_UP)
    return finish(batch)


def _free() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_COMMIT])
        return bool(cursor.fetchone()[0])


def interrupted(batch: ImportBatch) -> bool:
    """后台中断了: it was taken up, and nobody has been heard of since; the timetable hands it on."""
    since = batch.entering_since
    return batch.status == B.COMMITTING and since is not None and since < clock.now() - LEASE and _free()


@seldom_collected()
def finish(batch: ImportBatch) -> ImportBatch:
    """办到底: every good row becomes a submitted record, or none does, and the clerk reads why on the preview.

    Raises WrongState when it was cancelled meanwhile, and RuleBroken when the register or the rules have moved.
    """
    try:
        return _write(batch, _Turn(batch))
    except RuleBroken as why:
        _put_back(batch, str(why))
        raise
    except PermissionDenied as why:
        _put_back(batch, "确认入库的人已经没有这项职责，什么也没有入库；请由有职责的人确认")
        raise RuleBroken("确认入库的人已经没有这项职责") from why


class _Turn:
    """轮到谁: while it writes, the lock of the transaction is the sign of life."""

    def __init__(self, batch: ImportBatch) -> None:
        self.pk, self.since = batch.pk, batch.entering_since

    def mine(self) -> bool:
        """Still confirmed, and still with this worker."""
        return ImportBatch.objects.filter(pk=self.pk, status=B.COMMITTING, entering_since=self.since).exists()

    def writing(self, done: int) -> None:
        """So many are written. Raises WrongState, which stops the writing, when a clerk has cancelled."""
        progress.tell(self.pk, "正在写入", done)
        if progress.asked_to_stop(self.pk):
            raise WrongState("这一批已经作废")


def _write(batch: ImportBatch, turn: _Turn) -> ImportBatch:
    """一个事务: the batch itself is locked last, so that nobody who cancels has to wait for the writing."""
    pack.look_again()
    clerk = batch.committed_by
    if clerk is None:
        raise RuleBroken("没有人确认过入库")
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_COMMIT])
            if not turn.mine():
                raise WrongState("这一批已经作废，或者由另一个后台进程接着办")
            _demand_enterable(batch)
            ids = many.enter(batch=batch, actor=clerk, progress=turn.writing)
            progress.tell(batch.pk, "写完，正在核对和提交", len(ids))
            with taking(STEPS["enter"], ImportBatch, batch.pk, actor=User.objects.system()) as entered:
                sealed_sheets.forget_rows(entered)
                entered.committed_at = clock.now()
                receipting.issue(entered, clerk, ids)
    except IntegrityError as why:
        if getattr(why.__cause__, "pgcode", "") != UNIQUE_VIOLATION:
            raise
        raise RuleBroken("刚才有人登记了同一个人或者同一份文书，整批没有入库；请点“重新核对”") from why
    return entered


def _put_back(batch: ImportBatch, why: str) -> ImportBatch:
    """退回预览, with the reason in words. Raises WrongState when a clerk has cancelled it meanwhile."""
    with taking(STEPS["put_back"], ImportBatch, batch.pk, actor=User.objects.system()) as waiting:
        waiting.failure, waiting.committed_by, waiting.entering_since = why[:500], None, None
    return waiting


__all__ = ["ONE_COMMIT", "STEPS", "Busy", "ask_to_stop", "confirm", "enter", "finish"]
