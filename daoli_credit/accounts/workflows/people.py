"""账号的办理: opened, moved, given a new password and closed, by the system officer, who grants nothing."""

from django.db import IntegrityError, transaction

from daoli_credit.accounts import passwords, roles, service_keys, sitting
from daoli_credit.accounts.models import Delegation, Department, SharedLegal, User
from daoli_credit.accounts.models.user import Face, Officer
from daoli_credit.accounts.rules import names, posts
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState

OPENED = register("user.opened", "开通账号")
MOVED = register("user.moved", "调换部门，原有职责全部收回")
RESET = register("user.password-reset", "重设口令")
CLOSED = register("user.closed", "停用账号，职责和会话全部收回")
ROLE_LOST = register("role.lost", "角色随账号收回")


def locked(user_id: int) -> User:
    """锁住一个人: whoever changes what this person may do waits here. Raises User.DoesNotExist."""
    rows = User.objects.select_for_update(of=("self",), no_key=True).select_related("home_department")
    return rows.get(pk=user_id, face=Face.STAFF)


def note(
    act: str, user: User, actor: User, *, department: str = "", why: str = "", was: str = "", now: str = ""
) -> None:
    """记一笔 about an account."""
    body = department or (user.home_department.code if user.home_department else "")
    events.record(
        act=act, noun="user", object_id=user.pk, actor=actor, department=body,
        opinion=why, from_status=was, to_status=now,
    )  # fmt: skip


def open_account(*, username: str, display_name: str, home: Department, actor: User) -> tuple[User, str]:
    """开通账号. Returns the user, who holds nothing yet, and the first password, which is kept nowhere.

    Raises PermissionDenied, RuleBroken for a name that will not do, and AlreadyDone for a second click.
    """
    posts.demand(actor, Officer.SYSTEM)
    username, display_name = username.strip().lower(), display_name.strip()
    if why := names.login_problem(username) or names.name_problem(display_name):
        raise RuleBroken(why)
    if not home.in_use(clock.today()):
        raise RuleBroken(f"{home.name}现在不在用，请选择在用的部门")
    user = User(username=username, face=Face.STAFF, display_name=display_name, home_department=home)
    try:
        with transaction.atomic():
            password = passwords.first(user)
            note(OPENED, user, actor)
    except IntegrityError:
        _opened_before(username, display_name, home, actor)
        raise RuleBroken(f"登录名“{username}”已经有人使用，请另取一个") from None
    return user, password


def _opened_before(username: str, display_name: str, home: Department, actor: User) -> None:
    same = User.objects.filter(username=username, display_name=display_name, home_department=home, last_login=None)
    user = same.first()
    if user and Event.objects.filter(act=OPENED, noun="user", object_id=str(user.pk), actor_id=actor.audit_id).exists():
        raise AlreadyDone(f"{display_name}的账号已经开通；第一次口令只显示一次，没有看到的请重设")


def _take_away(user: User, actor: User) -> None:
    """Roles, loans in both directions, shares and sessions: nothing is left."""
    for department, role in roles.held(user):
        note(ROLE_LOST, user, actor, department=department.code, was=role.code)
    roles.strip(user)
    today, now = clock.today(), clock.now()
    for loans in (
        Delegation.objects.open(today).filter(giver=user),
        Delegation.objects.open(today).filter(taker=user),
        SharedLegal.objects.open(today).filter(person=user),
    ):
        loans.update(ended_at=now, ended_by=actor)
    sitting.end_all(user)


@transaction.atomic
def move(*, user_id: int, home: Department, actor: User) -> User:
    """调换部门: whoever moves begins anew; the security officer grants what the new place needs.

    Raises PermissionDenied, WrongState, RuleBroken, AlreadyDone, User.DoesNotExist.
    """
    posts.demand(actor, Officer.SYSTEM)
    user = locked(user_id)
    posts.may_hold(user)
    if user.home_department == home:
        raise AlreadyDone(f"{user}已经在{home.name}")
    if not home.in_use(clock.today()):
        raise RuleBroken(f"{home.name}现在不在用，请选择在用的部门")
    was = user.home_department.code if user.home_department else ""
    _take_away(user, actor)
    user.home_department = home
    user.save(update_fields=["home_department"])
    note(MOVED, user, actor, was=was, now=home.code)
    return user


@transaction.atomic
def reset_password(*, user_id: int, actor: User) -> tuple[User, str]:
    """重设口令: a new first password; every session under the old one ends.

    Raises PermissionDenied, WrongState, RuleBroken (an officer), User.DoesNotExist.
    """
    posts.demand(actor, Officer.SYSTEM)
    user = locked(user_id)
    if user.officer:
        # whoever can set an officer's password is that officer: the three would be one
        raise RuleBroken("三员的口令不在这里重设：由运维另行开通，再停用旧账号")
    if not user.is_active:
        raise WrongState(f"{user}的账号已经停用，不能重设口令")
    password = passwords.first(user)
    note(RESET, user, actor)
    return user, password


@transaction.atomic
def close(*, user_id: int, why: str, actor: User) -> User:
    """停用账号: a leaver loses everything in this one transaction, open browsers included.

    Raises PermissionDenied, RuleBroken (no reason, oneself, the last officer of a kind), AlreadyDone, OpinionRefused,
    User.DoesNotExist.
    """
    posts.demand(actor, Officer.SYSTEM)
    if user_id == actor.pk:
        raise RuleBroken("自己的账号由另一位系统管理员停用")
    left = _others_in_the_same_post(user_id)
    user = locked(user_id)
    if not user.is_active:
        raise AlreadyDone(f"{user}的账号已经停用")
    if not why.strip():
        raise RuleBroken("停用账号要写明原因，例如离职、退休")
    if user.officer and not left:
        raise RuleBroken(f"{user}是最后一位{user.get_officer_display()}，先由运维开通接任的人，再停用")
    _take_away(user, actor)
    service_keys.end_with(user, actor)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    note(CLOSED, user, actor, why=why.strip())
    return user


def _others_in_the_same_post(user_id: int) -> int:
    """How many other officers of the kind there are; all of them are locked, so that two cannot close each other."""
    post = User.objects.filter(pk=user_id).values_list("officer", flat=True).first()
    if not post:
        return 0
    here = User.objects.select_for_update(no_key=True).filter(officer=post, is_active=True).order_by("pk")
    return sum(one.pk != user_id for one in here)
