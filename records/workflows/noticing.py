"""终止登记的办理: noted → confirmed | refused. What ended elsewhere ends here in the transaction that confirms it."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, pack
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department, noun, once, taking
from records.models import CreditRecord, EndNotice
from records.models.end_notice import Cause, N
from records.models.record import S
from records.workflows import numbering
from records.workflows.revisions import end_today

STEPS = {
    "confirm": Step(
        "end-notice.confirmed", "核对终止事由", frozenset({N.NOTED}), N.CONFIRMED, department("review_record")
    ),
    "refuse": Step(
        "end-notice.refused",
        "终止事由核对不符",
        frozenset({N.NOTED}),
        N.REFUSED,
        department("review_record"),
        opinion=True,
    ),
    "moot": Step("end-notice.moot", "无须再终止", frozenset({N.NOTED}), N.MOOT, SYSTEM),
}
RECORD_STEPS = {
    "end": Step("record.ended-by-notice", "因故终止", frozenset({S.EFFECTIVE}), S.ENDED, department("review_record")),
}
register("end-notice.noted", "登记终止事由", duty="submit_record")


def note(
    *, record: CreditRecord, cause: str, source: str, document_number: str, document_on: date, actor: User
) -> EndNotice:
    """登记: by a clerk of the determining body, with the paper that says so.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone while one waits, OpinionRefused.
    """
    if not actor.may("submit_record", record.department_id):
        raise PermissionDenied("您没有为这个部门登记的职责")
    if not record.is_in_force(clock.today()):
        raise RuleBroken("这条记录已经终止，无须再登记")
    if cause not in Cause.values:
        raise RuleBroken("请选择终止事由")
    if not (source.strip() and document_number.strip()):
        raise RuleBroken("请写明谁告知的，以及告知或者证明的文号")
    if document_on > clock.today():
        raise RuleBroken("文书日期不能晚于今天")
    notice = EndNotice(
        number=numbering.next_end_notice_number(clock.today()),
        record=record,
        cause=cause,
        source=checked(source.strip()),
        document_number=checked(document_number.strip()),
        document_on=document_on,
        noted_by=actor,
        noted_on=clock.today(),
    )
    with transaction.atomic():
        with once("one_end_notice_waits_per_record", "这条记录已经登记了终止事由，正在等另一人核对"):
            notice.save()
        events.record(
            act="end-notice.noted",
            noun=noun(EndNotice),
            object_id=notice.pk,
            actor=actor,
            department=record.department.code,
            to_status=notice.status,
            opinion=f"{notice.get_cause_display()}：{notice.source}，{notice.document_number}",
        )
    return notice


def _second(notice: EndNotice, actor: User) -> None:
    if actor.pk == notice.noted_by_id:
        raise RuleBroken("登记人不能核对自己的登记，请由另一人核对")
    notice.checked_by, notice.checked_on = actor, clock.today()


def confirm(*, notice_id: int, actor: User, seen: int) -> EndNotice:
    """核对: another person has seen the paper; the record ends today for every reader and every holder.

    Raises PermissionDenied, RuleBroken for the one who noted it or a record that has ended, WrongState, Stale.
    """
    with transaction.atomic():
        record_id = EndNotice.objects.values_list("record_id", flat=True).get(pk=notice_id)
        CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
        with taking(STEPS["confirm"], EndNotice, notice_id, actor=actor, seen=seen) as notice:
            _second(notice, actor)
            notice.save()  # the database lets a record end for this cause only when this is written
            _tell(_end(record_id, notice, actor), notice)
    return notice


def _end(record_id: int, notice: EndNotice, actor: User) -> CreditRecord:
    with taking(RECORD_STEPS["end"], CreditRecord, record_id, actor=actor) as record:
        if not record.is_in_force(clock.today()):
            raise RuleBroken("这条记录的共享使用期已经届满，无须再终止")
        end_today(record, notice.cause)
    return record


def _tell(record: CreditRecord, notice: EndNotice) -> None:
    facts = {
        "record": record,
        "item": pack.current().item(record.item_id),
        "notice": notice,
        "holders": [one.recipient_title for one in record.holdings.filter(gone_at__isnull=True).order_by("recipient")],
        "today": clock.today(),
        "site": settings.SITE,
    }
    messages.tell(
        person_key=record.person_keys()[0],
        title="一条信用信息已经终止",
        text=render_to_string("documents/ended_by_notice_v1.txt", facts).strip() + "\n",
        noun=noun(EndNotice),
        object_id=str(notice.pk),
    )


def refuse(*, notice_id: int, actor: User, opinion: str, seen: int) -> EndNotice:
    """核对不符, with the reason; the record stands as it was."""
    with taking(STEPS["refuse"], EndNotice, notice_id, actor=actor, opinion=opinion, seen=seen) as notice:
        _second(notice, actor)
    return notice


def settle(actor: User) -> int:
    """收拾登记 whose record has ended otherwise meanwhile. Returns how many; harmless twice."""
    over = EndNotice.objects.filter(status=N.NOTED).exclude(record__in=CreditRecord.objects.in_force(on=clock.today()))

    def settled(pk: int) -> bool:
        with taking(STEPS["moot"], EndNotice, pk, actor=actor):
            return True

    return one_by_one(over.values_list("pk", flat=True), settled)
