"""复议、诉讼标注的办理: registered (marked at once for every reader) → the outcome, and what follows from it."""

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
from records.models import Contest, CreditRecord
from records.models.contest import C, ContestKind
from records.models.revision import Kind
from records.models.undoing import UndoingKind
from records.workflows import numbering, undoing
from records.workflows.contest_letters import tell
from records.workflows.revisions import append_revision

BY = department("submit_record")
STEPS = {
    "upheld": Step("contest.upheld", "维持原决定，撤销标注", frozenset({C.RUNNING}), C.UPHELD, BY),
    "changed": Step("contest.changed", "原决定被变更", frozenset({C.RUNNING}), C.CHANGED, BY),
    "annulled": Step("contest.annulled", "原决定被撤销，或者确认违法、无效", frozenset({C.RUNNING}), C.ANNULLED, BY),
    "ended": Step("contest.ended", "撤回或者终止，撤销标注", frozenset({C.RUNNING}), C.ENDED, BY, opinion=True),
    "unfound": Step("contest.unfound", "核实没有这一件，撤销标注", frozenset({C.RUNNING}), C.UNFOUND, BY, opinion=True),
    "moot": Step("contest.moot", "信息已终止，无须标注", frozenset({C.RUNNING}), C.ENDED, SYSTEM),
}
REGISTERED = register_act("contest.registered", "标注复议、诉讼中")
VERBS = ("submit_record", "review_record")
UNDOINGS = {"changed": UndoingKind.CHANGED, "annulled": UndoingKind.REVOKED}


@dataclass(frozen=True)
class Case:
    """案件: the other body's own case number and the document by which it took the case."""

    kind: str
    body: str
    case_number: str
    document: str
    accepted_on: date


def register(*, record_id: int, actor: User, case: Case) -> Contest:
    """标注: by the department that determined it, or by the person alone, whose word is enough for a mark.

    Raises PermissionDenied, RuleBroken naming what is missing, AlreadyDone while one runs, OpinionRefused.
    """
    today = clock.today()
    with transaction.atomic():
        record = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
        own = actor.is_person(record.person_keys())
        ours = any(actor.may(verb, record.department_id) for verb in VERBS)
        if not (own or ours) or not record.is_in_force(today):
            raise PermissionDenied("只有认定部门和本人可以为在效的信息标注复议、诉讼")
        if case.kind not in ContestKind.values:
            raise RuleBroken("请选择是行政复议还是行政诉讼")
        said = {"受理机关": case.body, "案号": case.case_number, "受理文书": case.document}
        if missing := [title for title, text in said.items() if not text.strip()]:
            raise RuleBroken(f"请填写：{'、'.join(missing)}")
        if case.accepted_on > today:
            raise RuleBroken(f"受理日 {case.accepted_on} 还没有到，请核对")
        if case.accepted_on < record.determined_on:
            raise RuleBroken(f"受理日不能早于认定日期 {record.determined_on}")
        contest = Contest(
            number=numbering.next_contest_number(today),
            record=record,
            kind=case.kind,
            body=checked(case.body.strip()),
            case_number=checked(case.case_number.strip()),
            document=checked(case.document.strip()),
            accepted_on=case.accepted_on,
            by_person=own,
            registered_by=actor,
            registered_on=today,
        )
        with once("one_running_contest_per_record", "这条信息已经标注复议、诉讼中，不用重复登记"):
            contest.save()
        events.record(
            act=REGISTERED,
            noun=noun(Contest),
            object_id=contest.pk,
            actor=actor,
            department=record.department.code,
            to_status=C.RUNNING,
            revision=contest.revision,
        )
        record.contested_on = today
        record.save(update_fields=["contested_on"])
        append_revision(record, Kind.CONTESTED)
        tell(contest, "marked", "复议、诉讼标注告知")
    return contest


def conclude(
    *,
    contest_id: int,
    actor: User,
    outcome: str,
    seen: int,
    number: str = "",
    on: date | None = None,
    opinion: str = "",
) -> Contest:
    """登记结果: the mark goes; an overturned decision starts its three working days in the same moment.

    Raises RuleBroken in words, and what `taking` raises.
    """
    if outcome not in STEPS or outcome == "moot":
        raise RuleBroken("请选择结果")
    today, decided = clock.today(), outcome in {"upheld", "changed", "annulled"}
    with transaction.atomic():
        record = _locked_of(contest_id)
        with taking(STEPS[outcome], Contest, contest_id, actor=actor, opinion=opinion, seen=seen) as contest:
            if decided and (not number.strip() or on is None):
                raise RuleBroken("请填写结果文书的文号和作出日期")
            if on is not None and not contest.accepted_on <= on <= today:
                raise RuleBroken(f"结果作出日要在受理日 {contest.accepted_on} 和今天之间，请核对")
            contest.outcome_number = checked(number.strip()) if decided else ""
            contest.outcome_on = on if decided else None
            contest.over_on = today
            if record.is_in_force(today):
                _unmark(record)
                if outcome in UNDOINGS and on is not None:
                    undoing.register(
                        record_id=record.pk,
                        actor=actor,
                        facts=undoing.Facts(UNDOINGS[outcome], contest.outcome_number, contest.body, on),
                    )
            tell(contest, "over", "复议、诉讼结果登记告知", step=STEPS[outcome])
    return contest


def set_aside(*, contest_id: int, actor: User) -> Contest:
    """无须标注: the record has ended meanwhile. Raises RuleBroken while the record is in force."""
    with taking(STEPS["moot"], Contest, contest_id, actor=actor) as contest:
        if contest.record.is_in_force(clock.today()):
            raise RuleBroken("这条信息还在效，标注要继续")
        contest.over_on = clock.today()
    return contest


def _unmark(record: CreditRecord) -> None:
    record.contested_on = None
    record.save(update_fields=["contested_on"])
    append_revision(record, Kind.UNCONTESTED)


def _locked_of(contest_id: int) -> CreditRecord:
    record_id = Contest.objects.values_list("record_id", flat=True).get(pk=contest_id)
    return CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
