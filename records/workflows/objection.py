"""异议申诉的办理: raised (marked at once) → answered point by point, or paused when the day is over.

Order of locks: the record before its objection, as with repairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, pack
from daoli_credit.workflow import PERSON, SYSTEM, RuleBroken, Step, department, noun, once, taking
from records.models import CreditRecord, Objection
from records.models.objection import RUNNING, S
from records.models.revision import Kind
from records.rules import objectable, objection_clocks
from records.rules.objectable import WHOLE
from records.rules.values import typed_number
from records.workflows import numbering, settling
from records.workflows.objection_letters import keep, tell
from records.workflows.revisions import append_revision
from records.workflows.settling import Answer

ANSWER = department("answer_objection")
STEPS = {
    "ask": Step("objection.asked", "请本人补充", frozenset({S.RAISED}), S.WAITING, ANSWER, opinion=True),
    "supply": Step("objection.supplied", "补充", frozenset({S.WAITING}), S.RAISED, PERSON),
    "extend": Step("objection.extended", "延长答复期限", frozenset({S.RAISED}), S.RAISED, ANSWER, opinion=True),
    "pause": Step("objection.paused", "逾期未答复，暂停提供", frozenset({S.RAISED}), S.PAUSED, SYSTEM),
    "uphold": Step("objection.upheld", "异议成立", frozenset(RUNNING), S.UPHELD, ANSWER),
    "dismiss": Step("objection.dismissed", "异议不成立", frozenset({S.RAISED, S.PAUSED}), S.DISMISSED, ANSWER),
    "withdraw": Step("objection.withdrawn", "撤回异议", frozenset(RUNNING), S.WITHDRAWN, PERSON),
    "moot": Step("objection.moot", "信息已终止，无须办理", frozenset(RUNNING), S.MOOT, SYSTEM),
}
register("objection.raised", "提出异议")
BY_DECISION = (
    "这条信息由列入决定产生，不能在异议答复里更正或者撤回。异议成立的，请由审批人在“名单程序”里撤销列入决定："
    "撤销的当日这条信息终止，异议随之办结"
)


def _locked(record_id: int) -> CreditRecord:
    return CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)


def _locked_of(objection_id: int) -> CreditRecord:
    return _locked(Objection.objects.values_list("record_id", flat=True).get(pk=objection_id))


def raise_(*, record_id: int, actor: User, points: Mapping[str, str], words: str) -> Objection:
    """提出异议: by the person alone, at any time. The record is marked in the same transaction, for every reader.

    `points` maps a held field (or `objectable.WHOLE`) to what it should be in the person's view, which may be empty.
    Raises PermissionDenied, RuleBroken naming what is missing, AlreadyDone while one runs, OpinionRefused.
    """
    today = clock.today()
    with transaction.atomic():
        record = _locked(record_id)
        if not actor.is_person(record.person_keys()) or not record.is_in_force(today):
            raise PermissionDenied("只有本人可以对自己在效的信息提出异议")
        known = {point.field: point for point in objectable.fields(record, pack.current().item(record.item_id))}
        known[WHOLE] = objectable.whole()
        if not points or any(field not in known for field in points):
            raise RuleBroken("请勾选有误的项目；整条都不应当记在您名下的，勾选“整条”")
        if not words.strip():
            raise RuleBroken("请写明哪里不对、为什么；一句话也可以")
        due = objection_clocks.due(today)
        objection = Objection(
            number=numbering.next_objection_number(today),
            record=record,
            points=[{**asdict(known[field]), "should": checked(should.strip())} for field, should in points.items()],
            raised_on=today,
            due_on=due.on,
            due_why=due.article,
            entered_by=record.entered_by,
        )
        objection.letter = keep(objection, "您的异议（存档副本）", checked(words.strip()))
        with once(
            "one_running_objection_per_record", "这条信息的异议已经在核实，不用重复提交；要补充的，请在办理页写明"
        ):
            objection.save()
        events.record(
            act="objection.raised",
            noun=noun(Objection),
            object_id=objection.pk,
            actor=actor,
            department=record.department.code,
            to_status=S.RAISED,
            revision=objection.revision,
        )
        record.disputed_on = today
        record.save(update_fields=["disputed_on"])
        append_revision(record, Kind.MARKED)
        tell(objection, "received")
    return objection


def ask(*, objection_id: int, actor: User, opinion: str, seen: int) -> Objection:
    """请本人补充, once and all at once: what and why; the clock stands still until the person has answered.

    Raises RuleBroken the second time.
    """
    with taking(STEPS["ask"], Objection, objection_id, actor=actor, opinion=opinion, seen=seen) as objection:
        _demand_another(objection, actor)
        if objection.asked_for:
            raise RuleBroken("已经请本人补充过一次，要补充的应当一次说全；请按已有的材料答复，要向别处核实的可以延长")
        _demand_in_time(objection)
        objection.asked_on, objection.asked_for = clock.today(), checked(opinion.strip())
        tell(objection, "asked", opinion=checked(opinion.strip()))
    return objection


def supply(*, objection_id: int, actor: User, words: str) -> Objection:
    """补充: the days of waiting are added to the day by which the source must answer.

    Raises RuleBroken without words.
    """
    if not words.strip():
        raise RuleBroken("请写下您要补充的情况；没有要补充的，也请写一句，核实会继续")
    with taking(STEPS["supply"], Objection, objection_id, actor=actor) as objection:
        waited = objection_clocks.waited(objection.asked_on, clock.today())
        if objection.due_on is not None:
            objection.due_on = objection_clocks.resumed(objection.due_on, waited)
        objection.asked_on, objection.waited = None, objection.waited + waited
        objection.revision += 1
        keep(objection, "您补充的情况（存档副本）", checked(words.strip()))
        tell(objection, "supplied")
    return objection


def extend(*, objection_id: int, actor: User, opinion: str, seen: int) -> Objection:
    """延长答复期限: once, when others must be asked, with the reason told to the person.

    Counted from the raising; the days of waiting for the person do not count.
    Raises RuleBroken the second time, and where the pack has no longer term.
    """
    with taking(STEPS["extend"], Objection, objection_id, actor=actor, opinion=opinion, seen=seen) as objection:
        _demand_another(objection, actor)
        if objection.extended_on is not None:
            raise RuleBroken("已经延长过一次，不能再延长")
        _demand_in_time(objection)
        longest = objection_clocks.longest(objection.raised_on, objection.waited)
        if longest.on is None or (objection.due_on is not None and longest.on <= objection.due_on):
            raise RuleBroken("规则没有更长的答复期限，请在期限内答复")
        objection.extended_on, objection.due_on, objection.due_why = clock.today(), longest.on, longest.article
        objection.revision += 1
        tell(objection, "extended", opinion=checked(opinion.strip()))
    return objection


def pause(*, objection_id: int, actor: User) -> Objection:
    """逾期未答复，暂停提供: our copies pause, and the holders are asked to take theirs down until the answer.

    Raises RuleBroken before the last day of the answer.
    """
    with transaction.atomic():
        record = _locked_of(objection_id)
        with taking(STEPS["pause"], Objection, objection_id, actor=actor) as objection:
            if objection.due_on is None or objection.due_on >= clock.today():
                raise RuleBroken("还没有到最晚答复的日期")
            objection.paused_on = clock.today()
            record.suspended_on = clock.today()
            record.save(update_fields=["suspended_on"])
            append_revision(record, Kind.SUSPENDED)
            tell(objection, "paused")
    return objection


def answer(
    *, objection_id: int, actor: User, number: str, answers: Sequence[Answer], seen: int, because: LookUp
) -> Objection:
    """答复: every point, with a document, by another than the enterer. What stands is corrected in the same moment.

    Raises PermissionDenied, WrongState, Stale, AlreadyDone, OpinionRefused, and RuleBroken in words.
    """
    with transaction.atomic():
        record = _locked_of(objection_id)
        step = STEPS["uphold" if any(one.upheld for one in answers) else "dismiss"]
        with taking(step, Objection, objection_id, actor=actor, seen=seen) as objection:
            _demand_another(objection, actor)
            if [one.field for one in answers] != [point["field"] for point in objection.points]:
                raise RuleBroken("每一项异议都要答复")
            if record.item.by_listing and any(one.upheld for one in answers):
                raise RuleBroken(BY_DECISION)
            if lacking := [one for one in answers if not one.upheld and not one.reason.strip()]:
                titles = {point["field"]: point["title"] for point in objection.points}
                raise RuleBroken(f"“{titles[lacking[0].field]}”不成立的，请写明理由和依据")
            objection.answer_number = typed_number(number)
            if not objection.answer_number:
                raise RuleBroken("请写明答复书的文号")
            objection.answered_by, objection.answered_on = actor, clock.today()
            objection.over_on = clock.today()
            objection.answers = [asdict(one) | {"reason": checked(one.reason.strip())} for one in answers]
            settling.settle(objection, record, answers, actor, because)
    return objection


def withdraw(*, objection_id: int, actor: User) -> Objection:
    """撤回异议: by the person, without any consequence; another may be raised at any time."""
    with transaction.atomic():
        record = _locked_of(objection_id)
        with taking(STEPS["withdraw"], Objection, objection_id, actor=actor) as objection:
            objection.over_on = clock.today()
            if record.is_in_force(clock.today()):
                settling.release(record)
            tell(objection, "withdrawn")
    return objection


def set_aside(*, objection_id: int, actor: User) -> Objection:
    """无须办理: the record has ended otherwise meanwhile. Raises RuleBroken while the record is in force."""
    with taking(STEPS["moot"], Objection, objection_id, actor=actor) as objection:
        if objection.record.is_in_force(clock.today()):
            raise RuleBroken("这条信息还在效，异议要继续核实")
        objection.over_on = clock.today()
        tell(objection, "moot")
    return objection


def _demand_another(objection: Objection, actor: User) -> None:
    if actor.pk in {objection.entered_by_id, objection.record.submitted_by_id}:
        raise RuleBroken("录入人、报送人不能答复对自己所报信息的异议，请由另一人办理")


def _demand_in_time(objection: Objection) -> None:
    """A clock that has run out is neither stopped nor moved: that would shorten what the person is owed."""
    if objection.due_on is not None and objection.due_on < clock.today():
        raise RuleBroken("已经过了最晚答复的日期，期限不能再停走或者延长；请尽快答复")
