"""第二因素: time-based codes (RFC 6238) and recovery codes. The secret is sealed; a time step is good once."""

import io
import secrets
import time
import unicodedata
import uuid
from datetime import timedelta

import pyotp
import segno
from django.db import models, transaction

from daoli_credit import cipher, sealed
from daoli_credit.accounts import messages, sitting
from daoli_credit.accounts.models import RecoveryCode, SecondFactor, User
from daoli_credit.accounts.models.user import Face, Officer
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken

ENROLLED = register("user.second-factor-enrolled", "启用动态口令")
REMOVED = register("user.second-factor-removed", "停用动态口令")
RESET = register("user.second-factor-reset", "重置动态口令")
RENEWED = register("user.recovery-codes-renewed", "换发恢复码")
RECOVERED = register("user.recovery-code-used", "使用恢复码")

STEP = 30
DRIFT = 1  # steps: a telephone's clock may be half a minute off
CODES = 10
# Told apart in any hand: no 0 O 1 I L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PENDING = timedelta(minutes=30)
MARK = "second_factor"  # in the session: how the second step was taken


class WrongCode(Exception):
    """动态口令不对: carries the sentence."""


def normal(code: str) -> str:
    """代码归一: full-width to half-width, no blanks and dashes, upper case."""
    return "".join(one for one in unicodedata.normalize("NFKC", code).upper() if one.isalnum())


def one_time_code() -> str:
    """一次性代码: twelve characters, 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def grouped(code: str) -> str:
    """分组, for reading: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _context(token: uuid.UUID) -> bytes:
    return b"second-factor|" + token.bytes


sealed.register(
    sealed.Envelope("accounts.SecondFactor", "secret", lambda factor: _context(factor.token)),
    sealed.Other("accounts.RecoveryCode", "digest", "恢复码的带密钥摘要，只认密钥环里的密钥；停用旧密钥以前应当换一组"),
)


def secret(factor: SecondFactor) -> str:
    """密钥, in base 32: for the enrolment page, and for checking. Raises cipher.Unsealable."""
    return cipher.unseal(bytes(factor.secret), context=_context(factor.token)).decode()


def is_on(user: User) -> bool:
    """已启用?"""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def pending(user: User) -> SecondFactor:
    """待启用的密钥: made once and shown again until it is confirmed, or half an hour old. Raises RuleBroken."""
    now = clock.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        found = SecondFactor.objects.filter(user=user).first()
        if found and found.confirmed_at:
            raise RuleBroken("动态口令已经启用；要换手机，请先停用再启用。")
        if found and found.made_at > now - PENDING:
            return found
        if found:
            found.delete()
        token = uuid.uuid4()
        envelope = cipher.seal(pyotp.random_base32().encode(), context=_context(token))
        return SecondFactor.objects.create(user=user, token=token, secret=envelope, made_at=now)


def qr(factor: SecondFactor) -> bytes:
    """二维码, as an SVG file without styles: what the authenticator scans."""
    uri = pyotp.TOTP(secret(factor)).provisioning_uri(name=factor.user.username, issuer_name="道里诚信")
    out = io.BytesIO()
    segno.make(uri, error="m", micro=False).save(out, kind="svg", scale=5, border=4, light="#fff", svgclass=None)
    return out.getvalue()


def _take_step(factor: SecondFactor, code: str) -> None:
    """The newest step that fits within the drift, later than any used before; the caller holds the row."""
    hotp, now = pyotp.HOTP(secret(factor)), int(time.time()) // STEP
    fits = [step for step in range(now - DRIFT, now + DRIFT + 1) if hotp.verify(code, step)]
    if not fits:
        raise WrongCode("动态口令不对，请看手机上最新的六位数字。")
    if fits[-1] <= factor.last_step:
        raise WrongCode("这个动态口令已经用过，请等下一个。")
    factor.last_step = fits[-1]


def _take_recovery_code(factor: SecondFactor, code: str) -> None:
    unused = factor.recovery_codes.filter(digest__in=_digests(factor, code), used_at__isnull=True)
    if not unused.update(used_at=clock.now()):
        raise WrongCode("恢复码不对，或者已经用过。")
    left, user = factor.recovery_codes.filter(used_at__isnull=True).count(), factor.user
    events.record(act=RECOVERED, noun="user", object_id=user.pk, actor=user, department=user.department_code)
    messages.tell_user(
        user,
        title="用过一个恢复码",
        text=f"刚刚有人用恢复码代替动态口令，还剩 {left} 个。不是您本人用的，请立即告诉安全管理员。",
    )


def check(user: User, typed: str) -> str:
    """核对第二因素: six digits are the authenticator's, anything else a recovery code. Returns which it was.

    Raises WrongCode, also for a code that was used before; two at once are kept apart by the row's lock.
    """
    code = normal(typed)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
        if factor is None:
            raise WrongCode("动态口令没有启用。")
        if len(code) != 6:
            _take_recovery_code(factor, code)
            return "recovery"
        _take_step(factor, code)
        factor.save(update_fields=["last_step"])
    return "totp"


def _digests(factor: SecondFactor, code: str) -> list[bytes]:
    return cipher.code_macs("recovery", f"{factor.token}|{code}")


def _fresh_codes(factor: SecondFactor) -> list[str]:
    codes = [one_time_code() for _ in range(CODES)]
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digests(factor, code)[0]) for code in codes)
    return [grouped(code) for code in codes]


def confirm(user: User, typed: str, *, keep: str | None) -> list[str]:
    """启用: the first right code proves that the secret arrived. Returns the recovery codes, shown this once.

    The user's other sessions end. Raises WrongCode.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
        if factor is None:
            raise WrongCode("这一页已经过时，请重新打开再扫一次。")
        _take_step(factor, normal(typed))
        factor.confirmed_at = clock.now()
        factor.save(update_fields=["last_step", "confirmed_at"])
        codes = _fresh_codes(factor)
        _changed(user, ENROLLED, "动态口令已启用", "以后登录要再输入动态口令。", keep)
    return codes


def renew_codes(user: User, typed: str, *, keep: str | None) -> list[str]:
    """换发恢复码: the old ones are gone. Raises WrongCode."""
    with transaction.atomic():
        check(user, typed)
        codes = _fresh_codes(SecondFactor.objects.get(user=user))
        _changed(user, RENEWED, "恢复码已换发", "原来的恢复码都不能再用。", keep)
    return codes


def remove(user: User, typed: str, *, keep: str | None) -> None:
    """停用: only with a code. Raises WrongCode."""
    with transaction.atomic():
        check(user, typed)
        SecondFactor.objects.filter(user=user).delete()
        _changed(user, REMOVED, "动态口令已停用", "登录不再问动态口令。", keep)


def _changed(user: User, act: str, title: str, text: str, keep: str | None) -> None:
    events.record(act=act, noun="user", object_id=user.pk, actor=user, department=user.department_code)
    messages.tell_user(user, title=title, text=f"{text}其他地方的登录都已退出。不是您本人办的，请立即告诉安全管理员。")
    sitting.end_all(user, but=keep or "")


def enrolled() -> models.QuerySet[User]:
    """启用了动态口令的工作人员, by department."""
    return (
        User.objects.filter(face=Face.STAFF, second_factor__confirmed_at__isnull=False)
        .select_related("home_department", "second_factor")
        .order_by("home_department_id", "pk")
    )


def reset(*, user_id: int, actor: User, opinion: str) -> User:
    """重置: the security officer, for somebody who lost both telephone and codes; all of that person's sessions end.

    Raises PermissionDenied by the caller's page; RuleBroken without a reason, for oneself, or when there is nothing.
    """
    if actor.officer != Officer.SECURITY:
        raise RuleBroken("重置动态口令由安全管理员办理。")
    if not opinion.strip():
        raise RuleBroken("请写明怎样核对了本人、为什么重置。")
    if user_id == actor.pk:
        raise RuleBroken("自己的动态口令请在“我的账号”里停用，或者用恢复码。")
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update(of=("self",)).filter(user_id=user_id).first()
        if factor is None:
            raise RuleBroken("这个人没有启用动态口令，不用重置。")
        user = factor.user
        factor.delete()
        sitting.end_all(user)
        events.record(
            act=RESET, noun="user", object_id=user.pk, actor=actor, department=user.department_code, opinion=opinion
        )
        messages.tell_user(
            user,
            title="动态口令已重置",
            text="安全管理员重置了您的动态口令，登录都已退出。请登录后重新启用；不是您要求的，请立即说明。",
        )
    return user
