"""信用记录的办理: entered → submitted → (returned) → effective → ended. One function per legal act."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked as checked_words
from daoli_credit.law import clock, pack
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department, noun, taking
from records import identity
from records.models import CatalogueItem, CreditRecord, DayNote, SentBack
from records.models.record import S
from records.models.revision import Kind
from records.rules import differences, returning
from records.rules.collectable import not_firm, refusal
from records.rules.intake import Checked
from records.workflows import day_notes, numbering, opening, takes, telling
from records.workflows.content import LEFT, conflict, fill, subject_of
from records.workflows.revisions import append_revision, end_today

STEPS = {
    "revise": Step("record.revised", "修改", frozenset({S.DRAFT, S.RETURNED}), S.DRAFT, department("submit_record")),
    "submit": Step(
        "record.submitted", "报送", frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED, department("submit_record")
    ),
    "return": Step(
        "record.returned", "退回", frozenset({S.SUBMITTED}), S.RETURNED, department("review_record"), opinion=True
    ),
    "approve": Step("record.approved", "复核通过", frozenset({S.SUBMITTED}), S.EFFECTIVE, department("review_record")),
    "expire": Step("record.expired", "到期自动停止", frozenset({S.EFFECTIVE}), S.ENDED, SYSTEM),
    "repair": Step(
        "record.repaired",
        "终止公示和共享使用（修复）",
        frozenset({S.EFFECTIVE}),
        S.ENDED,
        department("decide_repair"),
    ),
}
register("record.entered", "录入", duty="submit_record")


def enter(*, department: Department, checked: Checked, actor: User) -> CreditRecord:
    """录入: a draft by the department's own clerk, already held to every rule of the item.

    Raises PermissionDenied, and RuleBroken when the item may not be entered by hand, when the number is known under
    another name, or when the same document is already entered.
    """
    if not actor.may("submit_record", department.pk):
        raise PermissionDenied("您没有为这个部门录入的职责")
    if not department.in_use(clock.today()):
        raise RuleBroken(f"{department.name}已经停用，新的记录由承接部门录入")
    if why_not := refusal(pack.current().item(checked.item), department.code, on=clock.today()):
        raise RuleBroken(why_not)
    with transaction.atomic():
        record = CreditRecord(
            number=numbering.next_number(clock.today()),
            item=CatalogueItem.objects.get(code=checked.item),
            department=department,
            subject=subject_of(checked),
            entered_by=actor,
        )
        fill(record, checked)
        try:
            with transaction.atomic():
                record.save()
        except IntegrityError as why:
            raise RuleBroken(conflict(why)) from why
        events.record(
            act="record.entered",
            noun=noun(CreditRecord),
            object_id=str(record.pk),
            actor=actor,
            department=department.code,
            to_status=S.DRAFT,
            revision=record.revision,
        )
    return record


def revise(*, record_id: int, checked: Checked, actor: User, seen: int) -> CreditRecord:
    """修改: content of a draft or a returned record; an approval in progress goes stale by the new revision.

    Raises RuleBroken with what the database refused, and what `subject_of` raises.
    """
    with taking(STEPS["revise"], CreditRecord, record_id, actor=actor, seen=seen) as record:
        former = record.subject
        record.subject = subject_of(checked)
        fill(record, checked)
        record.revision += 1
        record.entered_by = actor
        try:
            with transaction.atomic():
                record.save()
        except IntegrityError as why:
            raise RuleBroken(conflict(why)) from why
        if former != record.subject and not former.creditrecord_set.exists():
            identity.forget(former)  # nobody is kept who was only mistyped
    return record


def submit(*, record_id: int, actor: User, seen: int) -> CreditRecord:
    """报送: from the clerk to the reviewers of the same department. The item must be able to carry what it says.

    Raises RuleBroken where the item is not collected here or its basis is not firm.
    """
    with taking(STEPS["submit"], CreditRecord, record_id, actor=actor, seen=seen) as record:
        item = pack.current().item(record.item_id)
        if why_not := refusal(item, record.department.code, on=clock.today()):
            raise RuleBroken(why_not)
        if why_not := not_firm(item):
            raise RuleBroken(why_not)
        record.submitted_by = actor
        record.submitted_on = clock.today()
        record.first_submitted_on = record.first_submitted_on or record.submitted_on
    return record


def send_back(*, record_id: int, actor: User, opinion: str, seen: int, reasons: Sequence[str] = ()) -> CreditRecord:
    """退回: with reasons of the closed vocabulary and words, to the clerk; on top of the queue when it comes again.

    What it said then is kept, so that the reviewer reads what was changed. Raises WrongState while another has it.
    """
    with transaction.atomic():
        record, notes = sent_back(record_id, actor, opinion, seen, reasons)
        day_notes.keep(notes)
    return record


def sent_back(
    record_id: int, actor: User, opinion: str, seen: int, reasons: Sequence[str]
) -> tuple[CreditRecord, list[day_notes.Note]]:
    """退回一件, by the two acts that send back; they keep the notes when nothing more is to be done."""
    today = clock.today()
    with taking(STEPS["return"], CreditRecord, record_id, actor=actor, opinion=opinion, seen=seen) as record:
        takes.demand_free([record], actor)
        SentBack.objects.create(
            record=record,
            revision=record.revision,
            reasons=(named := returning.known(reasons)),
            words=checked_words(opinion.strip()),
            was=differences.content_of(record),
            subject_was=record.subject_id,
            returned_by=actor,
            returned_on=today,
        )
        takes.done([record.pk])
        reported = record.submitted_on or today
        record.was_returned = True
        record.submitted_by = None
        record.submitted_on = None
    kinds = [DayNote.Kind.RETURNED, *([DayNote.Kind.INCOMPLETE] if set(named) & set(returning.INCOMPLETE) else [])]
    return record, [(kind, record.department_id, reported, today) for kind in kinds]


def approve(*, record_id: int, actor: User, opinion: str, seen: int) -> CreditRecord:
    """复核通过: another person agrees; the record takes effect and the two documents go to the person.

    Raises RuleBroken for the enterer or submitter, for adverse information whose document this reviewer has not
    opened as it stands, and for a record whose use would already have ended; WrongState while another has it.
    """
    today = clock.today()
    with taking(STEPS["approve"], CreditRecord, record_id, actor=actor, opinion=opinion, seen=seen) as record:
        if actor.pk in {record.submitted_by_id, record.entered_by_id}:
            raise RuleBroken("复核人不能复核自己录入或者报送的记录，请由另一人复核")
        if record.is_over(today):
            raise RuleBroken(f"共享使用期已于 {record.use_until} 届满，不能再生效；请退回")
        if why_not := not_firm(pack.current().item(record.item_id)):
            raise RuleBroken(why_not)
        takes.demand_free([record], actor)
        if record.item.adverse and opening.unopened([record], actor):
            raise RuleBroken("请先打开这份文书看过，再通过；不利信息没有打开过的不能通过")
        if record.subject.left_on is not None:
            raise RuleBroken(LEFT)
        record.reviewed_by = actor
        record.effective_on = today
        takes.done([record.pk])
        append_revision(record, Kind.EFFECTIVE)
        telling.tell_of_effect(record)
    return record


def expire(*, record_id: int, actor: User) -> CreditRecord:
    """到期自动停止: writes down what the day has already done; every exit asked `in_force` and was closed before.

    Raises RuleBroken before the end.
    """
    today = clock.today()
    with transaction.atomic():
        with taking(STEPS["expire"], CreditRecord, record_id, actor=actor) as record:
            if (over := record.use_until) is None or over >= today:
                raise RuleBroken("这条记录还没有到期")
            record.ended_on = over
            record.end_kind = "expired"
            append_revision(record, Kind.ENDED)
        day_notes.keep([(DayNote.Kind.EXPIRED, record.department_id, over, today)])
    return record


def end_by_repair(*, record_id: int, actor: User) -> CreditRecord:
    """终止公示和共享使用（修复）: called by `repair.decide` in its transaction; the database wants the decision.

    What was public or shared ends today; keeping is computed anew and never becomes longer.
    Raises RuleBroken when its use is over anyway.
    """
    today = clock.today()
    with taking(STEPS["repair"], CreditRecord, record_id, actor=actor) as record:
        if not record.is_in_force(today):
            raise RuleBroken("这条记录的共享使用期已经届满，无须再修复")
        end_today(record, "repaired")
    return record
