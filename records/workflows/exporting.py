"""导出的办理: asked | waiting → approved | refused → made → expired. Made under the requester's rights of the hour."""

import logging

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department, noun, taking
from records import export_lines, sealed_exports
from records.models import CreditRecord, ExportedRecord, ExportRequest
from records.models.export import X
from records.models.record import Records, S
from records.rules import exportable
from records.workflows import numbering

STEPS = {
    "approve": Step("export.approved", "同意导出", frozenset({X.WAITING}), X.APPROVED, department("approve_export")),
    "refuse": Step(
        "export.refused", "不同意导出", frozenset({X.WAITING}), X.REFUSED, department("approve_export"), opinion=True
    ),
    "make": Step("export.made", "制作文件", frozenset({X.ASKED, X.APPROVED}), X.MADE, SYSTEM),
    "drop": Step("export.dropped", "不再制作", frozenset({X.ASKED, X.APPROVED}), X.DROPPED, SYSTEM),
    "fetch": Step("export.fetched", "领取文件", frozenset({X.MADE}), X.MADE, department("export_records")),
    "expire": Step("export.expired", "删除文件", frozenset({X.MADE}), X.EXPIRED, SYSTEM),
}
register("export.asked", "申请导出")
log = logging.getLogger(__name__)

TASK = "records.tasks.make_export"
OVER = "可领取的日期已过"
ENDED = "名单里有已终止的记录，请重新导出"
NO_DUTY = "申请人已经没有导出的职责"


def in_scope(user: User, department_id: int, status: str) -> Records:
    """范围: what this user may see of this department today, as on the list of records. Never what has ended."""
    found = CreditRecord.objects.visible_to(user).filter(department_id=department_id)
    return found.filter(status=status) if status in S.values else found


def _ask_worker(export_id: int) -> None:
    if not current_app.conf.broker_url:
        return  # a command of manage.py makes it itself, or leaves it to the timetable
    try:
        current_app.send_task(TASK, [export_id])
    except Exception:
        log.warning("导出 %s 没有交给后台，等定时任务来取", export_id, exc_info=True)


def ask(
    *,
    department: Department,
    record_status: str,
    purpose: str,
    case_number: str,
    full_identity: bool,
    form: str,
    actor: User,
) -> ExportRequest:
    """申请导出. Raises PermissionDenied, RuleBroken for nothing or too much to export, OpinionRefused."""
    if not actor.may("export_records", department.pk):
        raise PermissionDenied("您没有导出这个部门信用记录的职责")
    if purpose not in exportable.PURPOSES or not case_number.strip():
        raise RuleBroken("请选择用途，并填写办件编号；名单上的每个人都会看到")
    rows = in_scope(actor, department.pk, record_status).count()
    if why_not := exportable.why_not(rows):
        raise RuleBroken(why_not)
    second = exportable.needs_second_person(rows, full_identity=full_identity)
    with transaction.atomic():
        export = ExportRequest(
            status=X.WAITING if second else X.ASKED,
            number=numbering.next_export_number(clock.today()),
            department=department,
            requested_by=actor,
            requested_at=clock.now(),
            record_status=record_status if record_status in S.values else "",
            purpose=purpose,
            case_number=checked(case_number.strip()),
            full_identity=full_identity,
            form=form,
            rows=rows,
        )
        export.save()
        events.record(
            act="export.asked",
            noun=noun(ExportRequest),
            object_id=export.pk,
            actor=actor,
            department=department.code,
            to_status=export.status,
            count=rows,
        )
        if not second:
            transaction.on_commit(lambda: _ask_worker(export.pk))
    return export


def _second(export: ExportRequest, actor: User) -> None:
    if actor.pk == export.requested_by_id:
        raise RuleBroken("申请人不能复核自己的导出，请由另一人复核")
    export.decided_by, export.decided_on = actor, clock.today()


def approve(*, export_id: int, actor: User, seen: int) -> ExportRequest:
    """同意导出: another person than the requester. Raises RuleBroken, PermissionDenied, WrongState, Stale."""
    with taking(STEPS["approve"], ExportRequest, export_id, actor=actor, seen=seen) as export:
        _second(export, actor)
        transaction.on_commit(lambda: _ask_worker(export_id))
    return export


def refuse(*, export_id: int, actor: User, opinion: str, seen: int) -> ExportRequest:
    """不同意导出, with the reason, which the requester reads."""
    with taking(STEPS["refuse"], ExportRequest, export_id, actor=actor, opinion=opinion, seen=seen) as export:
        _second(export, actor)
        export.gone_because = checked(opinion.strip())[:120]
    return export


def _why_drop(export: ExportRequest, rows: int) -> str:
    user = export.requested_by
    if not (user.is_active and user.may("export_records", export.department_id)):
        return NO_DUTY
    if why_not := exportable.why_not(rows):
        return why_not
    if export.decided_by_id is not None and rows > export.rows:
        return f"复核时是 {export.rows} 条，现在多了 {rows - export.rows} 条，请重新申请"
    second = exportable.needs_second_person(rows, full_identity=export.full_identity)
    return "制作时已超过 200 条，须由第二人复核，请重新申请" if second and export.decided_by_id is None else ""


def make(*, export_id: int, actor: User) -> ExportRequest:
    """制作: what the requester may see at this moment, with a look-up for every person, sealed; or dropped with why.

    One transaction: the rows that the persons will read stand or fall with the file. Raises WrongState when another
    worker was quicker.
    """
    with transaction.atomic():
        export = ExportRequest.objects.select_for_update(of=("self",)).get(pk=export_id)
        found = in_scope(export.requested_by, export.department_id, export.record_status)
        records = list(export_lines.with_related(found)[: exportable.MOST + 1])
        if why_not := _why_drop(export, len(records)):
            with taking(STEPS["drop"], ExportRequest, export_id, actor=actor) as export:
                export.gone_because = why_not
            return export
        with taking(STEPS["make"], ExportRequest, export_id, actor=actor) as export:
            export.rows, export.made_at = len(records), clock.now()
            export.expires_on = clock.today() + exportable.KEPT
            ExportedRecord.objects.bulk_create(ExportedRecord(export=export, record=record) for record in records)
            looks = events.look_up_many(
                actor=export.requested_by,
                looks=[(record.person_keys()[0], export.number) for record in records],
                matter=export_lines.MATTER,
                purpose=f"{export.purpose}（{export.case_number}）",
                shown=["record", "identity" if export.full_identity else "identity-masked"],
                department=export.department.code,
            )
            sealed_exports.keep(export, export_lines.written(export, records, looks))
    return export


def has_ended(export: ExportRequest) -> bool:
    """名单里有已终止的: a record of it is no longer visible to the one who asked for it."""
    there = in_scope(export.requested_by, export.department_id, "").values("pk")
    return ExportedRecord.objects.filter(export=export).exclude(record__in=there).exists()


def fetch(*, export_id: int, actor: User) -> bytes:
    """领取: by the requester alone, at most three times, before its day, and only while every record in it stands.

    Raises PermissionDenied, RuleBroken in words, WrongState when the file has gone.
    """
    with taking(STEPS["fetch"], ExportRequest, export_id, actor=actor) as export:
        if actor.pk != export.requested_by_id:
            raise PermissionDenied("导出的文件只能由申请人本人领取")
        if export.is_over(clock.today()):
            raise RuleBroken(f"{OVER}；还要用的，请重新申请")
        if has_ended(export):
            raise RuleBroken(ENDED)
        if export.fetched >= exportable.FETCHES:
            raise RuleBroken(f"已经领取过 {exportable.FETCHES} 次；还要用的，请重新申请")
        data = sealed_exports.opened(export)
        export.fetched += 1
        if export.fetched == 1:
            events.led_to(actor=actor, case_numbers=[export.number], result=STEPS["fetch"].act)
    return data


def expire(*, export_id: int, actor: User) -> ExportRequest:
    """删除文件: its day is over, it was fetched as often as it may be, a record in it has ended, or its asker may no
    longer export.

    Raises RuleBroken while the file may still be fetched.
    """
    with taking(STEPS["expire"], ExportRequest, export_id, actor=actor) as export:
        spent = export.fetched >= exportable.FETCHES
        lost = not export.requested_by.may("export_records", export.department_id)
        why = NO_DUTY if lost else OVER if export.is_over(clock.today()) else ENDED if has_ended(export) else ""
        why = why or ("已经领取三次" if spent else "")
        if not why:
            raise RuleBroken("文件还可以领取")
        export.gone_because = why
        sealed_exports.forget(export)
    return export


def expire_all(actor: User) -> int:
    """删除不能再领取的文件. Returns how many; harmless twice."""
    made = ExportRequest.objects.filter(status=X.MADE).values_list("pk", flat=True)
    return one_by_one(made, lambda pk: expire(export_id=pk, actor=actor))
