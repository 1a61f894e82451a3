"""原决定变更、撤销的办理: registered → ended or corrected within three working days, or paused when they are over.

Order of locks: the record before its undoing, as with objections.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register as register_act
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department, noun, once, taking
from records.models import CreditRecord, Objection, Undoing
from records.models.objection import ObjectionStatus
from records.models.record import S
from records.models.revision import Kind
from records.models.undoing import OPEN, U, UndoingKind
from records.rules.repair_clocks import clock as limit
from records.rules.values import typed_number
from records.workflows import numbering
from records.workflows.contest_letters import tell
from records.workflows.revisions import append_revision, end_today

LIMIT = "withdraw-changed-decision"
BY = department("review_record")
STEPS = {
    "end": Step("undoing.ended", "终止记录", frozenset(OPEN), U.ENDED, BY),
    "correct": Step("undoing.corrected", "记录已经更正", frozenset(OPEN), U.CORRECTED, BY),
    "pause": Step("undoing.paused", "逾期未处理，暂停提供", frozenset({U.DUE}), U.PAUSED, SYSTEM),
    "close": Step("undoing.closed", "记录已另行终止", frozenset(OPEN), U.ENDED, SYSTEM),
}
RECORD_STEPS = {
    "annul": Step("record.annulled", "原决定变更、撤销，终止", frozenset({S.EFFECTIVE}), S.ENDED, BY),
}
REGISTERED = register_act("undoing.registered", "登记原决定变更、撤销")
VERBS = ("submit_record", "review_record")


@dataclass(frozen=True)
class Facts:
    """原决定怎么了: by which document, of whom, on which day."""

    kind: str
    document: str
    issuer: str
    changed_on: date


def register(*, record_id: int, actor: User, facts: Facts) -> Undoing:
    """登记: the three working days run from the day of the changing or revoking decision (行政处罚法 48).

    Raises PermissionDenied, RuleBroken naming what is missing, AlreadyDone while one is open, OpinionRefused.
    """
    today = clock.today()
    with transaction.atomic():
        record = _locked(record_id)
        if not any(actor.may(verb, record.department_id) for verb in VERBS):
            raise PermissionDenied("您没有为这个部门登记的职责")
        if not record.is_in_force(today):
            raise RuleBroken("这条记录已经不在效，不用登记")
        if facts.kind not in UndoingKind.values:
            raise RuleBroken("请选择原决定是变更、撤销、确认违法还是确认无效")
        if not facts.document.strip() or not facts.issuer.strip():
            raise RuleBroken("请填写变更、撤销的文书号和作出单位")
        if not record.determined_on <= facts.changed_on <= today:
            raise RuleBroken(f"作出日要在认定日期 {record.determined_on} 和今天之间，请核对")
        due = limit(LIMIT, "最晚处理", facts.changed_on)
        undoing = Undoing(
            number=numbering.next_undoing_number(today),
            record=record,
            kind=facts.kind,
            document=checked(facts.document.strip()),
            issuer=checked(facts.issuer.strip()),
            changed_on=facts.changed_on,
            registered_on=today,
            registered_by=actor,
            due_on=due.on,
            due_why=due.article,
        )
        with once("one_open_undoing_per_record", "这条记录的原决定变更、撤销已经登记，正在处理"):
            undoing.save()
        events.record(
            act=REGISTERED,
            noun=noun(Undoing),
            object_id=undoing.pk,
            actor=actor,
            department=record.department.code,
            to_status=U.DUE,
            revision=undoing.revision,
        )
        tell(undoing, "registered", "原决定变更、撤销登记告知")
    return undoing


def end(*, undoing_id: int, actor: User, seen: int) -> Undoing:
    """终止记录: by another than who registered it; off every exit in the same transaction.

    Raises RuleBroken for a record that a listing case made: that decision is revoked first.
    """
    with transaction.atomic():
        record = _locked_of(undoing_id)
        with taking(STEPS["end"], Undoing, undoing_id, actor=actor, seen=seen) as undoing:
            _demand_another(undoing, actor)
            if record.item.by_listing:
                raise RuleBroken("这条信息由列入决定产生：请由审批人在“名单程序”里撤销列入决定，这一件随之办结")
            undoing.settled_by, undoing.over_on = actor, clock.today()
            undoing.save()  # the database lets a record end as annulled only when this is written
            with taking(RECORD_STEPS["annul"], CreditRecord, record.pk, actor=actor) as ended:
                end_today(ended, "annulled")
            tell(undoing, "settled", "原决定变更、撤销处理告知", ended=True)
    return undoing


def correct(*, undoing_id: int, actor: User, seen: int) -> Undoing:
    """记录已经更正: the correction itself is another act; here another person says that it answers this decision.

    Raises RuleBroken when it has not been corrected since the basis changed.
    """
    with transaction.atomic():
        record = _locked_of(undoing_id)
        with taking(STEPS["correct"], Undoing, undoing_id, actor=actor, seen=seen) as undoing:
            _demand_another(undoing, actor)
            made = record.revisions.filter(kind=Kind.CORRECTED, day__gte=undoing.changed_on)
            if not made.exists():
                raise RuleBroken("这条记录在原决定变更以后还没有更正过；请先更正，或者终止记录")
            undoing.settled_by, undoing.over_on = actor, clock.today()
            if undoing.paused_on is not None:
                _resume(record)
            tell(undoing, "settled", "原决定变更、撤销处理告知", ended=False)
    return undoing


def answered(record: CreditRecord, document: str, actor: User) -> Undoing | None:
    """更正就是处理: a correction that rests on the changing decision, agreed to by another than who registered.

    The record is locked by the caller and has its correction. None when no open case names this document, or when the
    one who agreed has registered it: somebody else then confirms.
    """
    for undoing in Undoing.objects.open().filter(record=record).exclude(registered_by=actor):
        if typed_number(undoing.document) == document:
            return correct(undoing_id=undoing.pk, actor=actor, seen=undoing.revision)
    return None


def pause(*, undoing_id: int, actor: User) -> Undoing:
    """逾期未处理，暂停提供: in the person's favour, until the record is ended or corrected.

    Raises RuleBroken before the last day.
    """
    with transaction.atomic():
        record = _locked_of(undoing_id)
        with taking(STEPS["pause"], Undoing, undoing_id, actor=actor) as undoing:
            if undoing.due_on is None or undoing.due_on >= clock.today():
                raise RuleBroken("还没有到最晚处理的日期")
            undoing.paused_on = clock.today()
            if record.suspended_on is None:
                record.suspended_on = clock.today()
                record.save(update_fields=["suspended_on"])
                append_revision(record, Kind.SUSPENDED)
            tell(undoing, "paused", "原决定变更、撤销逾期未处理，已暂停提供告知")
    return undoing


def close(*, undoing_id: int, actor: User) -> Undoing:
    """记录已另行终止: a listing revoked, a repair, an end by itself. Raises RuleBroken while the record is in force."""
    with taking(STEPS["close"], Undoing, undoing_id, actor=actor) as undoing:
        if undoing.record.is_in_force(clock.today()):
            raise RuleBroken("这条记录还在效，要终止或者更正")
        undoing.over_on = clock.today()
    return undoing


def _demand_another(undoing: Undoing, actor: User) -> None:
    if actor.pk == undoing.registered_by_id:
        raise RuleBroken("登记人不能处理自己登记的，请由另一人办理")


def _resume(record: CreditRecord) -> None:
    if Objection.objects.filter(record=record, status=ObjectionStatus.PAUSED).exists():
        return  # an objection still holds it back
    record.suspended_on = None
    record.save(update_fields=["suspended_on"])
    append_revision(record, Kind.RESUMED)


def _locked(record_id: int) -> CreditRecord:
    return CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)


def _locked_of(undoing_id: int) -> CreditRecord:
    return _locked(Undoing.objects.values_list("record_id", flat=True).get(pk=undoing_id))
