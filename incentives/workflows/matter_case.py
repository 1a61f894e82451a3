"""办件的登记: open → closed. A number of the bureau's own, entered once, so that every look can name it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register as register_act
from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, noun, taking
from incentives.models import MatterCase
from incentives.models.matter_case import C
from incentives.selectors import sharing
from incentives.workflows.by_system import BySystem
from records.rules.values import document_number

REGISTERED = register_act("matter-case.registered", "登记办件", duty="register_case")
STEPS = {
    "close": Step("matter-case.closed", "办结", frozenset({C.OPEN}), C.CLOSED, department("register_case")),
}
LONGEST = 60


def shown(raw: str) -> str:
    """办件编号的写法, as it will be kept."""
    return document_number(raw)


def number_of(raw: str) -> str:
    """办件编号, as it is kept: one kind of brackets, no blanks. Raises RuleBroken for none, too long or a person's."""
    number = document_number(raw)
    if not number:
        raise RuleBroken("请填写办件编号：就是本部门办理系统里的受理号或者许可案号")
    if len(number) > LONGEST:
        raise RuleBroken(f"办件编号最多 {LONGEST} 个字，现在 {len(number)} 个")
    try:
        return checked(number)
    except OpinionRefused as why:
        raise RuleBroken("办件编号里有证件号码或者电话；请填本部门的受理号，不要填本人的号码") from why


def usable_matter(code: str, body: Department, on: date) -> str:
    """本部门现在能用的事项. Raises RuleBroken, saying what is missing and where it is said."""
    if any(one.code == code for one in sharing.active_matters(body, on)):
        return code
    row = pack.current().matters.get(code)
    if row is None or row.department != body.code:
        raise RuleBroken(f"{body.name}没有这个应用事项；请在政务应用目录里选择本部门的事项")
    raise RuleBroken(sharing.why_not_active(row, on))


def register(*, matter: str, body: Department, case_number: str, opened_on: date, actor: User | BySystem) -> MatterCase:
    """登记办件. Raises PermissionDenied, RuleBroken for what is no case, AlreadyDone when it was registered before."""
    if not actor.may("register_case", body.pk):
        raise PermissionDenied("您没有“登记在办的应用事项办件”这项职责")
    number, today = number_of(case_number), clock.today()
    usable_matter(matter, body, today)
    if opened_on > today:
        raise RuleBroken(f"受理日 {opened_on} 还没有到，请核对")
    try:
        with transaction.atomic():
            made = MatterCase.objects.create(
                matter=matter,
                department=body,
                case_number=number,
                opened_on=opened_on,
                opened_by=actor if isinstance(actor, User) else None,
                source="" if isinstance(actor, User) else actor.audit_label,
            )
            events.record(
                act=REGISTERED,
                noun=noun(MatterCase),
                object_id=made.pk,
                actor=actor,
                department=body.code,
                to_status=C.OPEN,
                revision=made.revision,
            )
    except IntegrityError as why:
        raise _known(number, matter, body, opened_on) from why
    return made


def _known(number: str, matter: str, body: Department, opened_on: date) -> Exception:
    there = MatterCase.objects.filter(department=body, case_number=number).first()
    if there is None:
        return RuleBroken("这一件没有登记成，请再试一次")
    if (there.matter, there.opened_on, there.status) == (matter, opened_on, C.OPEN):
        return AlreadyDone(f"办件 {number} 已经登记好了")
    kind = pack.current().matters.get(there.matter)
    state = there.get_status_display()
    title = kind.title if kind else there.matter
    return RuleBroken(f"办件编号 {number} 已经登记在“{title}”（{there.opened_on} 受理，{state}），请核对编号")


def close(*, case_id: int, actor: User | BySystem, closed_on: date, seen: int | None = None) -> MatterCase:
    """办结. From this day nobody is looked at for it. Raises what `taking` raises, and RuleBroken for a wrong day."""
    with taking(STEPS["close"], MatterCase, case_id, actor=actor, seen=seen) as row:
        if not row.opened_on <= closed_on <= clock.today():
            raise RuleBroken(f"办结日要在受理日 {row.opened_on} 和今天之间，请核对")
        row.closed_on = closed_on
        row.revision += 1
    return row
