"""委托的办理: lent by whoever holds the duty by role, for the days of a leave; ended early by them or by the security
officer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts import access
from daoli_credit.accounts.models import Delegation, Department, User
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.rules import posts
from daoli_credit.accounts.workflows.people import locked
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken

LENT = register("delegation.lent", "委托代办")
ENDED = register("delegation.ended", "提前结束委托")
LONGEST = timedelta(days=90)


def _note(act: str, loan: Delegation, actor: User) -> None:
    events.record(
        act=act, noun="delegation", object_id=loan.pk, actor=actor, department=loan.department.code,
        to_status=loan.verb,
    )  # fmt: skip


@transaction.atomic
def lend(
    *, duties: Iterable[tuple[str, Department]], taker_id: int, from_on: date, until_on: date, reason: str, actor: User
) -> list[Delegation]:
    """委托代办: duties that the giver holds by role, to a colleague of the same department. A row each, all or none.

    Raises PermissionDenied for a duty that the giver does not hold (a lent one is not held), RuleBroken, AlreadyDone,
    OpinionRefused, User.DoesNotExist.
    """
    wanted = list(dict.fromkeys(duties))
    _refuse_days(from_on, until_on)
    if not wanted or not reason.strip():
        raise RuleBroken("请选择要委托的职责，并写明原因，例如休年假")
    # whoever takes a role away from either of them waits, or is waited for; always in one order
    people = {one: locked(one) for one in sorted({actor.pk, taker_id})}
    giver, taker = people[actor.pk], people[taker_id]
    own = access.own_rights(giver)
    for verb, department in wanted:
        if department.pk not in own.get(verb, frozenset()):
            raise PermissionDenied(f"您没有{department.name}的“{access.VERBS.get(verb, verb)}”这项职责，不能委托别人")
        _refuse_taker(giver, taker, department)
    days = {"giver": giver, "taker": taker, "from_on": from_on, "until_on": until_on}
    return _rows(wanted, days, checked(reason.strip()))


def _refuse_days(from_on: date, until_on: date) -> None:
    if from_on < clock.today() or until_on < from_on:
        raise RuleBroken("起止日期不对：起日不早于今天，止日不早于起日")
    if until_on - from_on > LONGEST:
        raise RuleBroken(f"委托最多 {LONGEST.days} 天；更久的，请安全管理员给接手的人授予角色")


def _refuse_taker(giver: User, taker: User, department: Department) -> None:
    if giver == taker:
        raise RuleBroken("不能委托给自己")
    posts.may_hold(taker)
    if taker.home_department != department:
        raise RuleBroken(f"只能委托给{department.name}的同事，{taker}不在{department.name}")


def _rows(wanted: list[tuple[str, Department]], days: dict[str, Any], reason: str) -> list[Delegation]:
    """Those that are not there yet. Raises AlreadyDone when all are: a second click."""
    made = []
    for verb, department in wanted:
        if Delegation.objects.filter(**days, verb=verb, department=department, ended_at=None).exists():
            continue
        loan = Delegation.objects.create(**days, verb=verb, department=department, reason=reason)
        _note(LENT, loan, loan.giver)
        made.append(loan)
    if not made:
        raise AlreadyDone(f"已经委托给{days['taker']}")
    return made


@transaction.atomic
def end(*, loan_id: int, actor: User) -> Delegation:
    """提前结束委托: by the giver, or by the security officer.

    Raises PermissionDenied, AlreadyDone, Delegation.DoesNotExist.
    """
    loan = Delegation.objects.select_for_update(of=("self",), no_key=True).get(pk=loan_id)
    if actor.pk != loan.giver_id:
        posts.demand(actor, Officer.SECURITY)
    if loan.ended_at is not None:
        raise AlreadyDone("这项委托已经提前结束")
    if loan.until_on < clock.today():
        raise AlreadyDone("这项委托已经到期")
    loan.ended_at, loan.ended_by = clock.now(), actor
    loan.save(update_fields=["ended_at", "ended_by"])
    _note(ENDED, loan, actor)
    return loan
