"""部门的办理: opened, changed, closed with a successor; and who is rung up there. By the system officer."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, Liaison, User
from daoli_credit.accounts.models.department import PENALISING, WITHOUT_RECORDS, Kind
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.rules import posts
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState

OPENED = register("department.opened", "设立部门")
CHANGED = register("department.changed", "修改部门")
CLOSED = register("department.closed", "登记停用和承接")
KEPT = register("department.kept", "取消停用")
LIAISON = register("department.liaison", "登记联络员")


@dataclass(frozen=True)
class Facts:
    """部门的基本情况. What it may report follows from its kind."""

    name: str
    name_en: str
    kind: str
    oversight: str

    @property
    def all(self) -> dict[str, object]:
        """The columns."""
        return {
            "name": self.name.strip(), "name_en": self.name_en.strip(), "kind": self.kind,
            "oversight": self.oversight, "reports_penalties": self.kind in PENALISING,
        }  # fmt: skip


def _note(act: str, department: Department, actor: User, *, was: str = "", now: str = "", why: str = "") -> None:
    events.record(
        act=act, noun="department", object_id=department.code, actor=actor, department=department.code,
        from_status=was, to_status=now, opinion=why,
    )  # fmt: skip


def _locked(code: str) -> Department:
    return Department.objects.select_for_update(of=("self",), no_key=True).get(code=code)


def open_department(*, code: str, facts: Facts, from_on: date, actor: User) -> Department:
    """设立部门, with the groups of the roles that it may have. Raises PermissionDenied, RuleBroken, AlreadyDone."""
    posts.demand(actor, Officer.SYSTEM)
    if code == "new":
        raise RuleBroken("代码“new”留作他用，请另取一个")
    there = Department.objects.filter(Q(code=code) | Q(name=facts.name.strip())).first()
    if there and (there.code, there.name) == (code, facts.name.strip()):
        raise AlreadyDone(f"{there.name}已经设立")
    if there:
        raise RuleBroken(f"代码或者名称与{there.name}相同，请另取")
    try:
        with transaction.atomic():
            made = Department.objects.create(code=code, valid_from=from_on, **facts.all)
            for role in roles.offered(made):
                roles.group(made, role)
            _note(OPENED, made, actor)
    except IntegrityError as why:
        raise RuleBroken("代码或者名称刚刚被别人用了，请看部门列表") from why
    return made


def change(*, code: str, facts: Facts, actor: User) -> Department:
    """修改部门: a new name keeps rows and rights; what is another body is a reorganisation, not a name.

    Raises PermissionDenied, RuleBroken (also when the database refuses the kind), AlreadyDone, Department.DoesNotExist.
    """
    posts.demand(actor, Officer.SYSTEM)
    try:
        with transaction.atomic():
            department = _locked(code)
            was = department.name
            if all(getattr(department, name) == value for name, value in facts.all.items()):
                raise AlreadyDone("没有改动")
            for name, value in facts.all.items():
                setattr(department, name, value)
            department.save()
            for role in roles.offered(department):
                roles.group(department, role)
            _note(CHANGED, department, actor, why=f"原名：{was}" if was != department.name else "")
    except IntegrityError as why:
        if facts.kind in WITHOUT_RECORDS:
            said = "这个部门设有记录方面的角色，不能改为街道、学校、用人单位"
            raise RuleBroken(f"{said}；先由安全管理员收回，另设一个部门") from why
        raise RuleBroken(f"名称“{facts.name}”已经有部门使用") from why
    return department


@transaction.atomic
def close(*, code: str, on: date, successor: str, actor: User) -> Department:
    """登记停用: from that day on its rights are void and its work is the successor's; no row moves.

    Raises PermissionDenied, WrongState when the day has passed, RuleBroken, AlreadyDone, Department.DoesNotExist.
    """
    posts.demand(actor, Officer.SYSTEM)
    rows = Department.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    both = {one.code: one for one in rows.filter(code__in=[code, successor])}
    if code not in both:
        raise Department.DoesNotExist(code)
    department, heir = both[code], both.get(successor)
    if (department.valid_to, department.successor) == (on, heir):
        raise AlreadyDone(f"{department.name}的停用已经登记")
    today = clock.today()
    if department.valid_to is not None and department.valid_to <= today:
        raise WrongState(f"{department.name}已经停用，不能再改")
    if on <= today or on <= department.valid_from:
        raise RuleBroken("停用日从明天起选；已经停用的日子不能补登记")
    _refuse_heir(department, heir, on)
    department.valid_to, department.successor = on, heir
    department.save(update_fields=["valid_to", "successor"])
    _note(CLOSED, department, actor, now=heir.code if heir else "", why=f"停用日 {on}")
    return department


def _refuse_heir(department: Department, heir: Department | None, on: date) -> None:
    if heir is None:
        if department.kind not in WITHOUT_RECORDS:
            raise RuleBroken(f"请选择承接部门：{department.name}没有办完的事总要有人办")
    elif heir == department:
        raise RuleBroken("不能由自己承接")
    elif not heir.in_use(on):
        raise RuleBroken(f"{heir.name}在 {on} 不在用，请选择那天在用的部门")
    elif heir.kind in WITHOUT_RECORDS and department.kind not in WITHOUT_RECORDS:
        raise RuleBroken(f"{Kind(heir.kind).label}不能承接记录方面的工作")
    for former in department.formers.all():
        if former.valid_to is not None and former.valid_to >= on:
            raise RuleBroken(f"{former.name}将在 {former.valid_to} 并入{department.name}，请先改它的承接部门")


@transaction.atomic
def keep(*, code: str, actor: User) -> Department:
    """取消停用, before its day. Raises PermissionDenied, WrongState, AlreadyDone, Department.DoesNotExist."""
    posts.demand(actor, Officer.SYSTEM)
    department = _locked(code)
    if department.valid_to is None:
        raise AlreadyDone(f"{department.name}没有登记停用")
    if department.valid_to <= clock.today():
        raise WrongState(f"{department.name}已经停用，不能取消；要恢复的，请另设一个部门")
    department.valid_to = department.successor = None
    department.save(update_fields=["valid_to", "successor"])
    _note(KEPT, department, actor)
    return department


@dataclass(frozen=True)
class Contact:
    """联络员和替补."""

    name: str
    phone: str
    substitute: str
    substitute_phone: str


@transaction.atomic
def name_liaison(*, code: str, who: Contact, actor: User) -> Liaison:
    """登记联络员和替补: the last pair stays in the history with its days.

    Raises PermissionDenied, RuleBroken, AlreadyDone, Department.DoesNotExist.
    """
    posts.demand(actor, Officer.SYSTEM)
    department, today = _locked(code), clock.today()
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}不在用，不登记联络员")
    if who.name == who.substitute:
        raise RuleBroken("替补要是另一个人")
    facts = vars(who)
    last = Liaison.objects.filter(department=department, until_on=None).first()
    if last and all(getattr(last, name) == value for name, value in facts.items()):
        raise AlreadyDone("联络员没有变动")
    if last:
        last.until_on = today
        last.save(update_fields=["until_on"])
    made = Liaison.objects.create(department=department, from_on=today, **facts)
    _note(LIAISON, department, actor)
    return made
