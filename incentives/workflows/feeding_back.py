"""措施反馈: what was decided by what was found, once for the whole check; the person reads it beside the look."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from incentives.models import Check, CheckAnswer, Feedback
from incentives.models.check import Outcome
from incentives.selectors import checks

GIVEN = register("check.fed-back", "反馈措施适用情况", duty="check_applicants")
# what the person reads beside the look
APPLIED = register("check.applied", "据此适用了有关措施")
NOT_APPLIED = register("check.not-applied", "没有据此适用措施")
LONGEST = 300


@dataclass(frozen=True)
class Decided:
    """一项怎样决定的."""

    outcome: str
    reason: str = ""


def waiting(check: Check) -> list[CheckAnswer]:
    """待反馈的各项: found, still standing, and not answered for yet."""
    return list(checks.unanswered().filter(check_made=check).order_by("place"))


@transaction.atomic
def give(*, check_id: int, decided: Mapping[int, Decided], actor: User) -> list[Feedback]:
    """反馈. `decided` has one entry for each answer that still waits.

    Raises PermissionDenied, AlreadyDone when it has been given before, RuleBroken, OpinionRefused.
    """
    check = Check.objects.select_for_update(of=("self",)).select_related("department").get(pk=check_id)
    if not actor.may("check_applicants", check.department_id):
        raise PermissionDenied("您没有“核查申请人”这项职责")
    rows = waiting(check)
    if not rows:
        raise AlreadyDone("这次核查的反馈已经填好，或者没有查到需要反馈的内容")
    given = [_one(row, decided.get(row.pk), actor) for row in rows]
    Feedback.objects.bulk_create(given)
    applied = any(one.outcome == Outcome.APPLIED for one in given)
    events.record(
        act=GIVEN,
        noun=noun(Check),
        object_id=check.pk,
        actor=actor,
        department=check.department.code,
        count=len(given),
    )
    look = LookUp.objects.filter(pk=check.look).first()
    if look is not None:  # the month in which it was written may be over
        events.outcome(look, APPLIED if applied else NOT_APPLIED)
    return given


def _one(answer: CheckAnswer, said: Decided | None, actor: User) -> Feedback:
    if said is None or said.outcome not in Outcome.values:
        raise RuleBroken("请逐项选择：适用了，还是没有适用")
    reason = checked(said.reason.strip())
    if len(reason) > LONGEST:
        raise RuleBroken(f"理由最多 {LONGEST} 字")
    if not reason and said.outcome == Outcome.NOT_APPLIED:
        raise RuleBroken("没有适用的，请写明理由")
    if not reason and answer.force == "may":
        raise RuleBroken("“可以”适用的措施，用了要写明裁量理由")
    return Feedback(
        answer=answer,
        force=answer.force,
        outcome=said.outcome,
        reason=reason,
        given_by=actor,
        given_on=clock.today(),
    )
