"""委托处理的办理: registered → active, once its assessment is in force and a second person agrees → ended."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Contractor, Department, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.accounts.models.contractor import C
from daoli_credit.audit import events
from daoli_credit.audit.acts import register as act
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Step, department, noun, taking

REGISTERED = act("contractor.registered", "登记受托人")
_APPROVES = department("approve_assessment")
STEPS = {
    "activate": Step("contractor.activated", "启用委托", frozenset({C.PLANNED}), C.ACTIVE, _APPROVES),
    "end": Step("contractor.ended", "终止委托", frozenset({C.PLANNED, C.ACTIVE}), C.ENDED, _APPROVES, opinion=True),
}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """约定的内容 (个人信息保护法 第二十一条)."""

    name: str
    purpose: str
    method: str
    data_kinds: str
    measures: str
    supervision: str
    starts_on: date
    ends_on: date


def register(*, body: Department, code: str, what: Terms, actor: User) -> Contractor:
    """登记受托人: nothing is given to it yet. Raises PermissionDenied, RuleBroken, OpinionRefused."""
    if not actor.may("draft_assessment", body.pk):
        raise PermissionDenied("您没有“起草影响评估和事件记录”这项职责")
    texts = [value for value in asdict(what).values() if isinstance(value, str)]
    if not all(text.strip() for text in texts):
        raise RuleBroken("第二十一条要求约定的内容缺一项都不能登记，请写全")
    for text in texts:
        checked(text)
    if what.ends_on < what.starts_on:
        raise RuleBroken("委托的止日不能早于起日")
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=body.pk)  # two clicks at once are one
        if Contractor.objects.filter(code=code).exists():
            raise RuleBroken(f"代码 {code} 已经登记过，请换一个")
        made = Contractor.objects.create(
            code=code, department=body, **asdict(what), registered_by=actor, registered_on=clock.today()
        )
        events.record(
            act=REGISTERED, noun=noun(Contractor), object_id=made.pk, actor=actor, department=body.code,
            to_status=C.PLANNED, revision=made.revision,
        )  # fmt: skip
    return made


def activate(*, contractor_id: int, actor: User, seen: int | None = None) -> Contractor:
    """启用委托. Raises RuleBroken without an assessment in force, after the term, or by whoever registered it."""
    with taking(STEPS["activate"], Contractor, contractor_id, actor=actor, seen=seen) as row:
        today = clock.today()
        if actor.pk == row.registered_by_id:
            raise RuleBroken("登记人不能启用自己登记的受托人，请由另一人启用")
        if today > row.ends_on:
            raise RuleBroken(f"委托到 {row.ends_on} 为止，已经过了；请重新登记")
        if why_not := assessments.refusal(Subject.CONTRACTOR, row.code, row.name, on=today):
            raise RuleBroken(why_not)
        row.assessment = assessments.in_force(Subject.CONTRACTOR, row.code, on=today)
        row.activated_by, row.activated_on = actor, today
    return row


def end(*, contractor_id: int, actor: User, opinion: str, seen: int | None = None) -> Contractor:
    """终止委托: what it had is returned or deleted (第二十一条); the opinion says how that was checked."""
    with taking(STEPS["end"], Contractor, contractor_id, actor=actor, opinion=opinion, seen=seen) as row:
        row.revision += 1
    return row
