"""后台任务: acts of the system user; in the person's favour, or mere reading that a clerk asked for. Harmless twice."""

from datetime import timedelta

from celery import shared_task

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.rounds import in_turn, one_by_one
from daoli_credit.workflow import WorkflowError
from records import kept_forms
from records.models import Contest, CreditRecord, ExportRequest, ImportBatch, Lapse, Objection, Repair, Undoing
from records.models.batch import B
from records.models.contest import C
from records.models.export import X
from records.models.lapse import L
from records.models.objection import RUNNING, ObjectionStatus
from records.models.record import S
from records.models.repair import IN_HAND, RepairStatus
from records.models.undoing import OPEN, U
from records.workflows import (
    archive_opening,
    archiving,
    entering,
    exporting,
    importing,
    lapsing,
    noticing,
    publicity,
    removals,
    repair_offering,
    request_retention,
    retention,
)
from records.workflows import contest as contest_acts
from records.workflows import objection as objection_acts
from records.workflows import record as acts
from records.workflows import repair as repair_acts
from records.workflows import undoing as undoing_acts

PATIENCE = 20


@shared_task
def end_what_ended() -> int:
    """到期自动停止: writes down what every exit already knows. Returns how many were written."""
    system = User.objects.system()
    over = CreditRecord.objects.filter(status=S.EFFECTIVE, use_until__lt=clock.today()).values_list("pk", flat=True)
    return one_by_one(over, lambda pk: acts.expire(record_id=pk, actor=system))


@shared_task
def read_sheet(batch_id: int) -> None:
    """读一张表: the task holds the number of the batch and nothing else. One sheet at a time; the others wait."""
    try:
        importing.read_and_check(batch_id=batch_id, actor=User.objects.system())
    except importing.Busy:
        read_sheet.apply_async((batch_id,), countdown=2)
    except WorkflowError:
        return  # cancelled meanwhile, or another worker was quicker


def _read(batch_id: int) -> bool:
    read_sheet(batch_id)
    return True


def _enter(batch_id: int) -> bool:
    enter_sheet(batch_id)
    return True


@shared_task
def read_waiting() -> int:
    """读等着的表: uploads that never reached a worker, and sheets over which one died. Returns how many."""
    now = clock.now()
    waiting = ImportBatch.objects.filter(status=B.UPLOADED, uploaded_at__lt=now - timedelta(seconds=PATIENCE))
    left = ImportBatch.objects.filter(status=B.READING, reading_since__lt=now - importing.LEASE)
    return one_by_one([*waiting.values_list("pk", flat=True), *left.values_list("pk", flat=True)], _read)


@shared_task
def enter_sheet(batch_id: int) -> None:
    """办一批入库: what a clerk has confirmed. One at a time; the others wait."""
    try:
        entering.enter(batch_id=batch_id, actor=User.objects.system())
    except entering.Busy:
        enter_sheet.apply_async((batch_id,), countdown=2)
    except WorkflowError:
        return  # cancelled meanwhile, put back to its preview in words, or another worker was quicker


@shared_task
def enter_waiting() -> int:
    """办等着的入库: what never reached a worker, and what one left when it died. Returns how many."""
    now = clock.now()
    waiting = ImportBatch.objects.filter(status=B.COMMITTING).exclude(entering_since__gt=now - entering.LEASE)
    return one_by_one(waiting.order_by("pk").values_list("pk", flat=True), _enter)


@shared_task
def forget_old_sheets() -> int:
    """到期删去原表."""
    return importing.forget_old()


@shared_task
def forget_kept_forms() -> int:
    """到期删去没有存完的录入."""
    return kept_forms.forget_old()


@shared_task
def journal_removals() -> int:
    """补记撤下日志. Returns how many endings were written outside the database."""
    return removals.journal()


@shared_task
def open_public_pages() -> int:
    """开公示页 for what is public today. Returns how many were opened."""
    return publicity.open_pages()


@shared_task
def settle_repairs() -> int:
    """收拾修复件: closes what nobody holds any more, sets aside what has ended otherwise. Returns how many.

    Both happen at once where they arise; this finds what a crash in between has left.
    """
    system = User.objects.system()
    decided = Repair.objects.filter(status=RepairStatus.DECIDED).values_list("record_id", flat=True)
    ended = Repair.objects.filter(status__in=IN_HAND).exclude(
        record__in=CreditRecord.objects.in_force(on=clock.today())
    )
    aside = ended.values_list("pk", flat=True)
    return in_turn(
        lambda: one_by_one(decided, repair_acts.close_if_gone),
        lambda: one_by_one(aside, lambda pk: repair_acts.set_aside(repair_id=pk, actor=system)),
    )


@shared_task
def make_export(export_id: int) -> None:
    """制作一份导出: the task holds its number and nothing else."""
    try:
        exporting.make(export_id=export_id, actor=User.objects.system())
    except WorkflowError:
        return  # another worker was quicker


@shared_task
def tend_exports() -> int:
    """照看导出: makes what never reached a worker, deletes what may no longer be fetched. Returns how many went."""
    waiting = ExportRequest.objects.filter(
        status__in=[X.ASKED, X.APPROVED], requested_at__lt=clock.now() - timedelta(seconds=PATIENCE)
    )
    return in_turn(
        lambda: one_by_one(waiting.values_list("pk", flat=True), make_export),
        lambda: exporting.expire_all(User.objects.system()),
    )


@shared_task
def tend_lapses() -> int:
    """照看依据: finds what rests on a lapsed basis, pauses what nobody has anchored in time. Returns how many."""
    system = User.objects.system()
    due = Lapse.objects.filter(paused_on__isnull=True, pause_from__lte=clock.today()).exclude(status=L.ANCHORED)
    return in_turn(
        lapsing.find,
        lambda: one_by_one(due.values_list("pk", flat=True), lambda pk: lapsing.pause(lapse_id=pk, actor=system)),
    )


@shared_task
def settle_objections() -> int:
    """收拾异议件: pauses what was not answered in time, sets aside what has ended otherwise. Returns how many."""
    system, today = User.objects.system(), clock.today()
    late = Objection.objects.filter(status=ObjectionStatus.RAISED, due_on__lt=today)
    ended = Objection.objects.filter(status__in=RUNNING).exclude(record__in=CreditRecord.objects.in_force(on=today))
    ended_ones, late_ones = ended.values_list("pk", flat=True), late.values_list("pk", flat=True)
    return in_turn(
        lambda: one_by_one(ended_ones, lambda pk: objection_acts.set_aside(objection_id=pk, actor=system)),
        lambda: one_by_one(late_ones, lambda pk: objection_acts.pause(objection_id=pk, actor=system)),
    )


@shared_task
def settle_undoings() -> int:
    """收拾原决定变更、撤销: pauses what is overdue, closes what has ended otherwise; unmarks contests with it."""
    system, today = User.objects.system(), clock.today()
    standing = CreditRecord.objects.in_force(on=today)
    late = Undoing.objects.filter(status=U.DUE, due_on__lt=today)
    ended = Undoing.objects.filter(status__in=OPEN).exclude(record__in=standing)
    idle = Contest.objects.filter(status=C.RUNNING).exclude(record__in=standing)
    ended_ones, late_ones, idle_ones = (found.values_list("pk", flat=True) for found in (ended, late, idle))
    return in_turn(
        lambda: one_by_one(ended_ones, lambda pk: undoing_acts.close(undoing_id=pk, actor=system)),
        lambda: one_by_one(late_ones, lambda pk: undoing_acts.pause(undoing_id=pk, actor=system)),
        lambda: one_by_one(idle_ones, lambda pk: contest_acts.set_aside(contest_id=pk, actor=system)),
    )


@shared_task
def offer_repairs() -> int:
    """提醒可以申请修复: in the person's favour, on the first day, once for each record. Returns how many."""
    system = User.objects.system()
    return one_by_one(repair_offering.due(), lambda pk: repair_offering.offer(record_id=pk, actor=system))


@shared_task
def seal_ended() -> int:
    """封存已终止的记录. Returns how many; what is sealed was off every exit before."""
    return archiving.seal_ended(actor=User.objects.system())


@shared_task
def delete_kept_long_enough() -> int:
    """销毁保存期满的. Returns how many."""
    return retention.delete_due(actor=User.objects.system())


@shared_task
def settle_ends() -> int:
    """收拾终止登记和过期的开启. Returns how many; harmless twice."""
    system = User.objects.system()
    return in_turn(lambda: noticing.settle(system), lambda: archive_opening.lapse_all(system))


@shared_task
def delete_old_requests() -> int:
    """销毁保存期满的依法调取件. Returns how many."""
    return request_retention.delete_due(actor=User.objects.system())
