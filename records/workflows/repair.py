"""信用修复的办理: applied → accepted | unmet → decided → closed when no holding is open. One function per legal act.

Order of locks, here and in `holding`: the record before its repair.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import PERSON, SYSTEM, RuleBroken, Step, department, noun, once, taking
from records.models import CreditRecord, Repair
from records.models.repair import IN_HAND, S
from records.rules.repairable import PROMISE, UNMET, precheck
from records.workflows import numbering
from records.workflows import record as record_acts
from records.workflows.repair_letters import tell

STEPS = {
    "accept": Step("repair.accepted", "受理", frozenset({S.APPLIED}), S.ACCEPTED, department("handle_repair")),
    "unmet": Step("repair.unmet", "告知条件未满足", frozenset({S.APPLIED}), S.UNMET, department("handle_repair")),
    "find": Step(
        "repair.found-unmet", "核对时发现条件未满足", frozenset({S.ACCEPTED}), S.UNMET, department("decide_repair")
    ),
    "supply": Step("repair.supplied", "补正", frozenset({S.UNMET}), S.APPLIED, PERSON),
    "withdraw": Step("repair.withdrawn", "撤回申请", frozenset(IN_HAND), S.WITHDRAWN, PERSON),
    "decide": Step("repair.decided", "同意修复", frozenset({S.ACCEPTED}), S.DECIDED, department("decide_repair")),
    "close": Step("repair.closed", "办结", frozenset({S.DECIDED}), S.CLOSED, SYSTEM),
    "moot": Step("repair.moot", "信息已终止，无须办理", frozenset(IN_HAND), S.MOOT, SYSTEM),
}
register("repair.applied", "申请修复")


def _locked(record_id: int) -> CreditRecord:
    return CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)


def apply(
    *,
    record_id: int,
    actor: User,
    paid: bool,
    corrected: bool,
    promised: bool,
    statement: str = "",
    credit_china_number: str = "",
) -> Repair:
    """申请: by the person alone, from the earliest day on, with the duties done and the promise agreed to.

    Raises PermissionDenied for anybody else, RuleBroken naming what is missing, AlreadyDone while one is running,
    OpinionRefused for a statement with an ID or telephone number.
    """
    today = clock.today()
    with transaction.atomic():
        record = _locked(record_id)
        if not actor.is_person(record.person_keys()) or not record.is_in_force(today):
            raise PermissionDenied("只有本人可以为自己在效的信息申请修复")
        if why_not := precheck(record, today).why_not:
            raise RuleBroken(why_not)
        undone = {"款项还没有缴清": not paid, "行为还没有纠正": not corrected, "信用承诺还没有同意": not promised}
        if missing := [what for what, undone_yet in undone.items() if undone_yet]:
            raise RuleBroken(f"还缺：{'、'.join(missing)}。办好以后再申请，随时可以，不影响您")
        repair = Repair(
            number=numbering.next_repair_number(today),
            record=record,
            paid=paid,
            corrected=corrected,
            promise=PROMISE,
            statement=checked(statement.strip()),
            credit_china_number=checked(credit_china_number.strip()),
            applied_on=today,
            received_on=today,
        )
        with once("one_running_repair_per_record", "这条信息的修复申请已经在办理，不用重复提交"):
            repair.save()
        events.record(
            act="repair.applied",
            noun=noun(Repair),
            object_id=repair.pk,
            actor=actor,
            department=record.department.code,
            to_status=S.APPLIED,
            revision=repair.revision,
        )
        tell(repair, "received")
    return repair


def accept(*, repair_id: int, actor: User, seen: int) -> Repair:
    """受理: by a handler of the determining body, who will not be the one who decides."""
    with taking(STEPS["accept"], Repair, repair_id, actor=actor, seen=seen) as repair:
        _demand_in_force(repair)
        repair.handled_by = actor
        repair.accepted_on = clock.today()
        tell(repair, "accepted")
    return repair


def list_unmet(*, repair_id: int, actor: User, conditions: Sequence[str], detail: str, seen: int) -> Repair:
    """告知条件未满足, all at once, with what to do: by the handler before acceptance, by the decider after it.

    Raises RuleBroken for no condition, or one that the law does not know; OpinionRefused.
    """
    if not conditions or any(code not in UNMET for code in conditions):
        raise RuleBroken("请从列出的条件里选出没有满足的；列不出来的，就应当受理或者同意")
    if not detail.strip():
        raise RuleBroken("请写明还缺什么、到哪里补；要一次说全")
    accepted = Repair.objects.filter(pk=repair_id, status=S.ACCEPTED).exists()
    step, told = STEPS["find" if accepted else "unmet"], [UNMET[code] for code in conditions]
    with taking(
        step, Repair, repair_id, actor=actor, opinion=f"{'；'.join(told)}。{detail.strip()}", seen=seen
    ) as repair:
        repair.unmet = [*told, checked(detail.strip())]
        if not accepted:
            repair.handled_by = actor
        tell(repair, "unmet")
    return repair


def supply(*, repair_id: int, actor: User, statement: str, seen: int) -> Repair:
    """补正: the person says what has been done since; the clock of acceptance begins again, the handler looks again.

    Raises RuleBroken without words.
    """
    today = clock.today()
    if not statement.strip():
        raise RuleBroken("请写明您补上了什么，例如“8 月 3 日已缴清罚款”")
    with taking(STEPS["supply"], Repair, repair_id, actor=actor, seen=seen) as repair:
        added = f"（{today:%Y-%m-%d} 补正）{checked(statement.strip())}"
        repair.statement = f"{repair.statement}\n{added}".strip()
        repair.received_on = today
        repair.unmet, repair.handled_by, repair.accepted_on, repair.asked_for = [], None, None, ""
        repair.revision += 1
        tell(repair, "received")
    return repair


def withdraw(*, repair_id: int, actor: User) -> Repair:
    """撤回申请: without any consequence; it may be applied for again at any time."""
    with taking(STEPS["withdraw"], Repair, repair_id, actor=actor) as repair:
        repair.over_on = clock.today()
        tell(repair, "withdrawn")
    return repair


def decide(*, repair_id: int, actor: User, seen: int) -> Repair:
    """同意修复: another person than the handler; in the same transaction the record ends, and leaves every exit.

    Raises PermissionDenied, RuleBroken for the handler, WrongState, Stale, AlreadyDone.
    """
    with transaction.atomic():
        record = _locked(Repair.objects.values_list("record_id", flat=True).get(pk=repair_id))
        with taking(STEPS["decide"], Repair, repair_id, actor=actor, seen=seen) as repair:
            if actor.pk == repair.handled_by_id:
                raise RuleBroken("受理人不能决定自己受理的修复，请由另一人决定")
            _demand_in_force(repair)
            repair.decided_by = actor
            repair.decided_on = clock.today()
            repair.save()  # the database lets a record end by repair only when this is written
            record_acts.end_by_repair(record_id=record.pk, actor=actor)
            tell(repair, "decided")
        return close_if_gone(record.pk) or repair


@transaction.atomic
def close_if_gone(record_id: int) -> Repair | None:
    """办结 when nobody outside holds the record any more; None while somebody does. Harmless twice."""
    record = _locked(record_id)
    decided = Repair.objects.filter(record=record, status=S.DECIDED).first()
    if decided is None or record.holdings.filter(gone_at__isnull=True).exists():
        return None
    with taking(STEPS["close"], Repair, decided.pk, actor=User.objects.system()) as repair:
        repair.over_on = clock.today()
        tell(repair, "closed")
    return repair


def set_aside(*, repair_id: int, actor: User) -> Repair:
    """无须办理: the record has ended otherwise meanwhile; the person has what they asked for.

    Raises RuleBroken while the record is in force.
    """
    with taking(STEPS["moot"], Repair, repair_id, actor=actor) as repair:
        if repair.record.is_in_force(clock.today()):
            raise RuleBroken("这条信息还在效，修复申请要继续办理")
        repair.over_on = clock.today()
        tell(repair, "moot")
    return repair


def _demand_in_force(repair: Repair) -> None:
    if not repair.record.is_in_force(clock.today()):
        raise RuleBroken("这条信息已经终止，无须再修复")
