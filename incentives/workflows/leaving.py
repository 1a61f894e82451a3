"""提前移出的办理: asked with each condition of the type, decided by another; the record ends at once."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register as register_act
from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, noun, taking
from incentives.models import EarlyExit
from incentives.models.early_exit import LEFT_EARLY, X
from incentives.rules import leaving as rules
from incentives.workflows import registration_letters as letters
from records.models import CreditRecord
from records.rules.values import typed_number
from records.workflows import listed

ASKED = register_act("early-exit.asked", "提出提前移出", duty="propose_listing")
DECIDE = department("decide_listing")
WAITS = frozenset({X.ASKED})
STEPS = {
    "grant": Step("early-exit.granted", "决定提前移出", WAITS, X.GRANTED, DECIDE),
    "refuse": Step("early-exit.refused", "不予提前移出", WAITS, X.REFUSED, DECIDE, opinion=True),
}


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_early_exit_number')")
        (value,) = cursor.fetchone()
    return f"TY{day.year}-{value:06d}"


def list_type_of(record: CreditRecord) -> str:
    """由哪个名单产生的: by its case or its registration. Raises RuleBroken for a record of no list."""
    source = getattr(record, "listing", None) or getattr(record, "registration", None)
    if source is None:
        raise RuleBroken("这条信息不是名单信息，没有提前移出；修复、更正、撤回在信用记录上办理")
    return str(source.list_type)


def _too_early(record: CreditRecord, code: str, ground_on: date) -> str:
    kind = pack.current().list_type(code)
    first = rules.earliest(kind, record, ground_on)
    if first is not None and clock.today() <= first:
        return f"还没有到可以提前移出的日期：{rules.terms(kind).waits}，{first} 届满，次日起可以"
    return ""


def ask(*, record_id: int, actor: User, conditions: Sequence[str], document: str, ground_on: date) -> EarlyExit:
    """提出提前移出: every condition of the type, with the document that shows it.

    Raises PermissionDenied, AlreadyDone while one is asked, RuleBroken for a type without such an exit, for a missing
    condition (named), for a day ahead, and before its time.
    """
    today = clock.today()
    with transaction.atomic():
        record = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
        if not actor.may("propose_listing", record.department_id):
            raise PermissionDenied("您没有为这个部门提出提前移出的职责")
        if not record.is_in_force(today):
            raise RuleBroken("这条信息已经不在效，没有可以提前移出的")
        code = list_type_of(record)
        terms = rules.terms(pack.current().list_type(code))
        if terms.why_not:
            raise RuleBroken(terms.why_not)
        if missing := [one for one in terms.conditions if one not in conditions]:
            raise RuleBroken(f"提前移出的条件还缺：{'、'.join(missing)}（{terms.article}）")
        if not document.strip():
            raise RuleBroken("请写明证明条件具备的文书号")
        if ground_on > today:
            raise RuleBroken(f"条件具备之日 {ground_on} 还没有到，请核对")
        if ground_on < record.determined_on:
            raise RuleBroken(f"条件具备之日不能早于列入决定日期 {record.determined_on}，请核对")
        if why := _too_early(record, code, ground_on):
            raise RuleBroken(why)
        try:
            with transaction.atomic():
                made = EarlyExit.objects.create(
                    number=_next_number(today),
                    record=record,
                    department=record.department,
                    list_type=code,
                    conditions=list(terms.conditions),
                    article=terms.article[:300],
                    document_number=typed_number(document),
                    ground_on=ground_on,
                    due_on=rules.due(pack.current().list_type(code), ground_on),
                    asked_by=actor,
                    asked_on=today,
                )
        except IntegrityError as why_not:
            if "one_early_exit_at_a_time" not in str(why_not):
                raise
            raise AlreadyDone("这条信息已经提出提前移出，等审批人决定") from why_not
        events.record(
            act=ASKED,
            noun=noun(EarlyExit),
            object_id=made.pk,
            actor=actor,
            department=record.department.code,
            to_status=X.ASKED,
            revision=made.revision,
        )
    return made


def grant(*, exit_id: int, actor: User, seen: int | None = None, document: str) -> EarlyExit:
    """决定提前移出: by another than who asked; off every exit in the same transaction.

    Raises RuleBroken for whoever asked, and without a number.
    """
    with transaction.atomic():
        _lock_record(exit_id)
        with taking(STEPS["grant"], EarlyExit, exit_id, actor=actor, seen=seen) as made:
            if actor.pk == made.asked_by_id:
                raise RuleBroken("决定人不能是提出人，请由另一人决定")
            if not document.strip():
                raise RuleBroken("请写明移出决定的文号")
            made.decided_by, made.decided_on = actor, clock.today()
            made.decision_number = typed_number(document)
            made.save()  # the database lets a record end so only when this is written
            made.record = listed.leave_early(record_id=made.record_id, actor=actor, kind=LEFT_EARLY)
            made.revision += 1
            letters.left(made)
    return made


def refuse(*, exit_id: int, actor: User, opinion: str, seen: int | None = None) -> EarlyExit:
    """不予提前移出, with reasons; it may be asked again when they are gone. Raises RuleBroken for whoever asked."""
    with taking(STEPS["refuse"], EarlyExit, exit_id, actor=actor, opinion=opinion, seen=seen) as made:
        if actor.pk == made.asked_by_id:
            raise RuleBroken("决定人不能是提出人，请由另一人决定")
        made.decided_by, made.decided_on = actor, clock.today()
        made.refused_why = without_numbers(opinion.strip())
        made.revision += 1
    return made


def _lock_record(exit_id: int) -> None:
    """The record before its exit, as everywhere."""
    record_id = EarlyExit.objects.values_list("record_id", flat=True).get(pk=exit_id)
    CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
