"""本单位认证账号: linking a staff user to an account at the unit's identity service, by that user, once signed in."""

from typing import Any

from django.db import IntegrityError, transaction

from daoli_credit import cipher, sealed
from daoli_credit.accounts import messages
from daoli_credit.accounts.models import ExternalLogin, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.accounts.oidc import Provider
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken

LINKED = register("user.unit-login-linked", "关联本单位认证账号")
UNLINKED = register("user.unit-login-unlinked", "取消关联本单位认证账号")
sealed.register(
    sealed.Other("accounts.ExternalLogin", "subject_key", "用密钥环里每一把密钥去找；停用旧密钥以前应当重新关联")
)


def link(user: User, provider: Provider, claims: dict[str, Any]) -> ExternalLogin:
    """关联. Raises RuleBroken when that account, or another one of this service, is linked already."""
    (key, *_) = keys = cipher.login_keys(provider.issuer, str(claims["sub"]))
    known = ExternalLogin.objects.filter(subject_key__in=keys).first()
    if known is not None:
        if known.user_id == user.pk:
            return known
        raise RuleBroken("这个认证账号已经关联了别的工作人员，请先由那一位取消关联。")
    try:
        with transaction.atomic():
            row = ExternalLogin.objects.create(
                user=user,
                provider=provider.name.removeprefix("staff-"),
                issuer=provider.issuer,
                subject_key=key,
                linked_at=clock.now(),
            )
            events.record(act=LINKED, noun="user", object_id=user.pk, actor=user, department=user.department_code)
            messages.tell_user(
                user,
                title="已关联本单位认证账号",
                text=f"以后可以从“{provider.title}”登录本系统。不是您本人办的，请立即告诉安全管理员。",
            )
    except IntegrityError as why:
        raise RuleBroken("您已经关联过这个认证服务的账号；要换，请先取消关联。") from why
    return row


def unlink(user: User, code: str) -> None:
    """取消关联; harmless twice."""
    with transaction.atomic():
        if ExternalLogin.objects.filter(user=user, provider=code).delete()[0]:
            events.record(act=UNLINKED, noun="user", object_id=user.pk, actor=user, department=user.department_code)


def user_of(provider: Provider, claims: dict[str, Any]) -> User | None:
    """关联的是谁: an active staff user, or None. Nobody is ever made here."""
    keys = cipher.login_keys(provider.issuer, str(claims["sub"]))
    row = (
        ExternalLogin.objects.select_related("user__home_department")
        .filter(subject_key__in=keys, issuer=provider.issuer, user__is_active=True, user__face=Face.STAFF)
        .first()
    )
    return row.user if row else None
