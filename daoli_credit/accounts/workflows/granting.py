"""授予和收回: by the security officer, who opens no account. The person's sessions end with it."""

from datetime import date, timedelta

from django.db import transaction

from daoli_credit.accounts import access, roles, sitting
from daoli_credit.accounts.models import Department, SharedLegal, User
from daoli_credit.accounts.models.department import WITHOUT_RECORDS
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.rules import posts
from daoli_credit.accounts.workflows.people import locked, note
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken

GRANTED = register("role.granted", "授予角色")
WITHDRAWN = register("role.withdrawn", "收回角色")
SHARED = register("legal-share.granted", "授予共享法制审核")
SHARE_ENDED = register("legal-share.ended", "提前结束共享法制审核")
LONGEST_SHARE = timedelta(days=366)


@transaction.atomic
def grant(*, user_id: int, role_code: str, actor: User) -> User:
    """授予角色, in the person's own department. Two officers at once are one grant and one event.

    Raises PermissionDenied, WrongState, RuleBroken, AlreadyDone, User.DoesNotExist.
    """
    posts.demand(actor, Officer.SECURITY)
    user = locked(user_id)
    posts.may_hold(user)
    home = user.home_department
    if home is None or not home.in_use(clock.today()):
        raise RuleBroken(f"{user}所在的部门现在不在用，先由系统管理员调换部门")
    role = next((one for one in roles.offered(home) if one.code == role_code), None)
    if role is None:
        raise RuleBroken(f"{home.name}不能设这个角色")
    if (home, role) in roles.held(user):
        raise AlreadyDone(f"{user}已经是{home.name}的{role.title}")
    roles.grant(user, home, role.code)
    sitting.end_all(user)
    note(GRANTED, user, actor, department=home.code, now=role.code)
    return user


@transaction.atomic
def withdraw(*, user_id: int, department: Department, role_code: str, actor: User) -> User:
    """收回角色, of whichever department. What the person had lent of it no longer works either.

    Raises PermissionDenied, AlreadyDone, User.DoesNotExist.
    """
    posts.demand(actor, Officer.SECURITY)
    user = locked(user_id)
    if (department.code, role_code) not in {(body.code, role.code) for body, role in roles.held(user)}:
        raise AlreadyDone(f"{user}已经没有这个角色")
    roles.withdraw(user, department, role_code)
    sitting.end_all(user)
    note(WITHDRAWN, user, actor, department=department.code, was=role_code)
    return user


@transaction.atomic
def share_legal(
    *, user_id: int, department: Department, from_on: date, until_on: date, reason: str, actor: User
) -> SharedLegal:
    """共享法制审核: a legal officer of one department reviews for another, to a day.

    Raises PermissionDenied, WrongState, RuleBroken, AlreadyDone, OpinionRefused, User.DoesNotExist.
    """
    posts.demand(actor, Officer.SECURITY)
    user = locked(user_id)
    posts.may_hold(user)
    _refuse_share(user, department, from_on, until_on)
    if not reason.strip():
        raise RuleBroken("请写明为什么共享，例如本部门没有法制审核人员")
    same = SharedLegal.objects.open(clock.today()).filter(person=user, department=department)
    if same.filter(from_on=from_on, until_on=until_on).exists():
        raise AlreadyDone(f"{user}为{department.name}法制审核，已经登记")
    if same.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise RuleBroken(f"{user}为{department.name}法制审核在这些天里已有登记；要改日期的，先提前结束原来的")
    made = SharedLegal.objects.create(
        person=user, department=department, from_on=from_on, until_on=until_on,
        reason=checked(reason.strip()), granted_by=actor,
    )  # fmt: skip
    sitting.end_all(user)
    note(SHARED, user, actor, department=department.code)
    return made


def _refuse_share(user: User, department: Department, from_on: date, until_on: date) -> None:
    today = clock.today()
    if user.home_department == department:
        raise RuleBroken(f"{user}就在{department.name}，请授予“法制审核”角色")
    if user.home_department_id not in access.own_rights(user).get("legal_review", frozenset()):
        raise RuleBroken(f"{user}在本部门不是法制审核人员，不能共享给别的部门")
    if department.kind in WITHOUT_RECORDS or not department.in_use(today):
        raise RuleBroken(f"{department.name}不在用，或者没有记录方面的职责")
    if from_on < today or until_on < from_on:
        raise RuleBroken("起止日期不对：起日不早于今天，止日不早于起日")
    if until_on - from_on > LONGEST_SHARE:
        raise RuleBroken("一次最多一年；到期还要的，到时再授予")


@transaction.atomic
def end_share(*, share_id: int, actor: User) -> SharedLegal:
    """提前结束共享. Raises PermissionDenied, AlreadyDone, SharedLegal.DoesNotExist."""
    posts.demand(actor, Officer.SECURITY)
    share = SharedLegal.objects.select_for_update(of=("self",), no_key=True).get(pk=share_id)
    if share.ended_at is not None:
        raise AlreadyDone("已经提前结束")
    if share.until_on < clock.today():
        raise AlreadyDone("已经到期")
    share.ended_at, share.ended_by = clock.now(), actor
    share.save(update_fields=["ended_at", "ended_by"])
    sitting.end_all(share.person)
    events.record(
        act=SHARE_ENDED, noun="user", object_id=share.person_id, actor=actor, department=share.department.code
    )
    return share
