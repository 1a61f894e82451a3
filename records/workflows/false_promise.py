"""失实承诺: found by one, confirmed by another; what follows is what the pack says, and nothing where it is silent."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, deadlines, pack
from daoli_credit.law.status import Effect
from daoli_credit.workflow import RuleBroken, Step, department, noun, once, taking
from records.models import FalsePromise, Repair
from records.models.repair import S
from records.models.repair_offer import F
from records.workflows.repair_letters import tell

BAR = "repair-false-bar"
STEPS = {
    "confirm": Step(
        "promise.confirmed", "确认承诺不实", frozenset({F.FOUND}), F.CONFIRMED, department("decide_repair")
    ),
    "drop": Step(
        "promise.dropped", "不予确认", frozenset({F.FOUND}), F.DROPPED, department("decide_repair"), opinion=True
    ),
}
FOUND = register("promise.found", "认定修复承诺不实", duty="handle_repair")


def find(*, repair_id: int, actor: User, facts: str, document: str, on: date) -> FalsePromise:
    """认定: of a decided repair, with the bureau's own written finding.

    Raises PermissionDenied, RuleBroken naming what is missing, AlreadyDone, OpinionRefused.
    """
    with transaction.atomic():
        repair = Repair.objects.select_related("record__department").get(pk=repair_id)
        if not actor.may("handle_repair", repair.record.department_id):
            raise PermissionDenied("您没有这个部门“受理修复”的职责")
        if repair.status not in {S.DECIDED, S.CLOSED} or repair.decided_on is None:
            raise RuleBroken("还没有同意修复的，按“条件没有满足”办理")
        if not facts.strip() or not document.strip():
            raise RuleBroken("请写明查明的事实和书面认定的文号")
        if not repair.decided_on <= on <= clock.today():
            raise RuleBroken("认定日要在同意修复的日期和今天之间，请核对")
        found = FalsePromise(
            repair=repair,
            facts=checked(facts.strip()),
            document=checked(document.strip()),
            found_on=on,
            found_by=actor,
        )
        with once("records_falsepromise_repair_id_key", "这一件的承诺不实已经认定过"):
            found.save()
        events.record(
            act=FOUND,
            noun=noun(FalsePromise),
            object_id=found.pk,
            actor=actor,
            department=repair.record.department.code,
            to_status=F.FOUND,
            revision=found.revision,
        )
    return found


def consequence(on: date) -> tuple[date | None, str, str]:
    """后果: until when no repair may be applied for, its article, and why there is none when there is none."""
    limit = pack.current().limit(BAR)
    article = "、".join(str(citation) for citation in limit.citations)
    if limit.value is None:
        return None, article, f"“{limit.title}”的年数还没有读到条文，不适用；只告知本人，不限制申请"
    if not pack.current().may(limit, Effect.ADVERSE):
        return None, article, f"“{limit.title}”{limit.status.label}，不适用；请法制审核人员在规则页面确认"
    until = deadlines.deadline(BAR, on)
    return (until.on if until else None), article, ""


def confirm(*, promise_id: int, actor: User, seen: int) -> FalsePromise:
    """确认: by another; the bar is computed here, from the pack and nothing else."""
    with taking(STEPS["confirm"], FalsePromise, promise_id, actor=actor, seen=seen) as promise:
        _demand_another(promise, actor)
        promise.decided_by, promise.over_on = actor, clock.today()
        promise.barred_until, promise.article, why_none = consequence(promise.found_on)
        limits = {code: pack.current().limit(code) for code in ("reconsider", "sue")}
        tell(promise.repair, "false", promise=promise, why_none=why_none, **limits)
    return promise


def drop(*, promise_id: int, actor: User, opinion: str, seen: int) -> FalsePromise:
    """不予确认, with the reason; nothing follows."""
    with taking(STEPS["drop"], FalsePromise, promise_id, actor=actor, opinion=opinion, seen=seen) as promise:
        _demand_another(promise, actor)
        promise.decided_by, promise.over_on = actor, clock.today()
    return promise


def _demand_another(promise: FalsePromise, actor: User) -> None:
    if actor.pk == promise.found_by_id:
        raise RuleBroken("认定人不能确认自己的认定，请由另一人办理")
