"""接口密钥: asked for by the system officer, approved by the security officer, shown once, ended by either."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, ServiceKey, User
from daoli_credit.accounts.models.user import Officer
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState

ASKED = register("service-key.asked", "申请接口密钥")
APPROVED = register("service-key.approved", "批准接口密钥")
REVOKED = register("service-key.revoked", "停用接口密钥")
USED = register("service-key.used", "接口密钥当日首次使用")

SCOPES = {
    "connect": "连通测试（查看本密钥的部门、权限和到期日）",
    "records": "报送信用记录（表格或者逐条，由本部门经办确认入库）",
    "cases": "登记和办结本部门的办件（只有编号和日子）",
    "checks": "应用事项核查（本部门在办办件的申请人）",
}
# What reaches a record needs the duty that an officer would need for it; whoever cannot hold the duty holds no key.
DUTIES = {"records": "submit_record", "cases": "register_case", "checks": "check_applicants"}
LONGEST = timedelta(days=365)
NOUN = "servicekey"


@dataclass(frozen=True)
class Made:
    """刚生成的密钥: the only moment at which it exists in plain."""

    key: ServiceKey
    text: str


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def ask(*, actor: User, title: str, department: Department, scopes: Sequence[str], expires_on: date) -> Made:
    """申请. Nothing can be done with the key until another officer approves. Raises PermissionDenied, RuleBroken."""
    if actor.officer != Officer.SYSTEM:
        raise PermissionDenied("接口密钥由系统管理员申请")
    today = clock.today()
    if not today < expires_on <= today + LONGEST:
        raise RuleBroken("到期日要在明天以后、一年以内。")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise RuleBroken("请至少选一项权限。")
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}现在不在用，请选择承接的部门。")
    if beyond := _beyond(department, scopes):
        raise RuleBroken(f"{department.name}不能有“{'、'.join(SCOPES[one] for one in beyond)}”的权限，请只选连通测试。")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    with transaction.atomic():
        key = ServiceKey.objects.create(
            prefix=prefix,
            digest=_digest(secret),
            title=title,
            department=department,
            scopes=sorted(scopes),
            made_by=actor,
            made_on=today,
            expires_on=expires_on,
        )
        _note(ASKED, key, actor)
    return Made(key, f"{prefix}.{secret}")


def _beyond(department: Department, scopes: Sequence[str]) -> list[str]:
    """Scopes that need a duty which nobody of this department can hold (streets, schools, employers)."""
    verbs = {verb for role in roles.offered(department) for verb in role.verbs}
    return [one for one in scopes if one in DUTIES and DUTIES[one] not in verbs]


def approve(*, key_id: int, actor: User) -> ServiceKey:
    """批准. Raises PermissionDenied, AlreadyDone, WrongState, RuleBroken, and ServiceKey.DoesNotExist."""
    if actor.officer != Officer.SECURITY:
        raise PermissionDenied("接口密钥由安全管理员批准")
    with transaction.atomic():
        key = _locked(key_id)
        if key.approved_by_id == actor.pk:
            raise AlreadyDone("已经批准了")
        if key.approved_on or key.revoked_on or key.expires_on < clock.today():
            raise WrongState("这个密钥已经批准、停用或者到期")
        if key.made_by_id == actor.pk:
            raise RuleBroken("自己申请的密钥要由另一人批准。")
        key.approved_by, key.approved_on = actor, clock.today()
        key.save(update_fields=["approved_by", "approved_on"])
        _note(APPROVED, key, actor)
    return key


def revoke(*, key_id: int, actor: User, opinion: str) -> ServiceKey:
    """停用, at once and for good. Raises PermissionDenied, AlreadyDone, RuleBroken, and ServiceKey.DoesNotExist."""
    if actor.officer not in {Officer.SYSTEM, Officer.SECURITY}:
        raise PermissionDenied("接口密钥由系统管理员或者安全管理员停用")
    if not opinion.strip():
        raise RuleBroken("请写明停用的原因。")
    with transaction.atomic():
        key = _locked(key_id)
        if key.revoked_on:
            raise AlreadyDone("已经停用了")
        key.revoked_by, key.revoked_on = actor, clock.today()
        key.save(update_fields=["revoked_by", "revoked_on"])
        _note(REVOKED, key, actor, opinion.strip())
    return key


def find(text: str) -> ServiceKey | None:
    """出示的密钥: the row, whatever its standing, or None. Compared as digests, in constant time."""
    prefix, _, secret = text.partition(".")
    key = ServiceKey.objects.select_related("department").filter(prefix=prefix).first() if prefix else None
    shown = _digest(secret)
    if key is None or not secrets.compare_digest(shown, key.digest):
        return None
    return key


def why_not(key: ServiceKey) -> str:
    """为什么不能用; empty when it can."""
    if key.revoked_on:
        return "这个密钥已经停用"
    if not key.approved_on:
        return "这个密钥还没有批准"
    if key.expires_on < clock.today():
        return "这个密钥已经到期"
    if not key.department.in_use(clock.today()):
        return "密钥所属的部门已经停用，请由承接的部门另行申请"
    return ""


def seen_by(user: User) -> models.QuerySet[ServiceKey]:
    """此人见过原文的密钥: whoever asked for a key has read it, and could use it from anywhere."""
    return ServiceKey.objects.filter(made_by=user, revoked_on=None, expires_on__gte=clock.today())


def end_with(user: User, actor: User) -> int:
    """随人停用: the keys that a leaver has read end in the transaction that closes the account. Returns how many."""
    ended = 0
    for key in seen_by(user).select_for_update(of=("self",)).select_related("department"):
        key.revoked_by, key.revoked_on = actor, clock.today()
        key.save(update_fields=["revoked_by", "revoked_on"])
        _note(REVOKED, key, actor, "申请人的账号停用，此人见过密钥原文")
        ended += 1
    return ended


def note_use(key: ServiceKey) -> None:
    """记使用: the first call of a day leaves an event, the others only happen."""
    today = clock.today()
    stale = models.Q(last_used_on__isnull=True) | models.Q(last_used_on__lt=today)
    with transaction.atomic():
        if ServiceKey.objects.filter(stale, pk=key.pk, revoked_on__isnull=True).update(last_used_on=today):
            events.record(act=USED, noun=NOUN, object_id=key.prefix, actor=key, department=key.department.code)


def _locked(key_id: int) -> ServiceKey:
    return ServiceKey.objects.select_for_update(of=("self",)).select_related("department").get(pk=key_id)


def _note(act: str, key: ServiceKey, actor: User, opinion: str = "") -> None:
    events.record(
        act=act, noun=NOUN, object_id=key.prefix, actor=actor, department=key.department.code, opinion=opinion
    )
