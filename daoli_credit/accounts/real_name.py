"""实名: from what the identity provider vouches for to a user row that holds neither name nor number."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.law import clock

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
SYNTHETIC = "999999"
SYNTHETIC_PERMITS = ("819999", "829999", "839999")  # invented residence permits of 港澳台居民 (docs/identity.md)
ADULT_AT = 18


class NotAdmitted(Exception):
    """不予登录: carries a plain Chinese sentence for the person."""


@dataclass(frozen=True)
class Identity:
    """已认证身份: issuer and subject always; number and name only when the provider has verified them."""

    issuer: str
    subject: str
    id_number: str = ""
    name: str = ""

    @property
    def masked_name(self) -> str:
        """遮盖的姓名: 王*梅; of two characters 王*."""
        if not self.name:
            return ""
        return self.name[0] + "*" + (self.name[-1] if len(self.name) > 2 else "")


def birth(id_number: str) -> date | None:
    """出生日期 of a citizen's number with a right check digit (GB 11643); None for anything else."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", id_number, re.ASCII):
        return None
    if (
        CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(id_number, WEIGHTS, strict=False)) % 11]
        != id_number[-1]
    ):
        return None
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_adult(born: date, on: date) -> bool:
    """已满十八周岁: full age begins on the day after the birthday."""
    return (born.year + ADULT_AT, born.month, born.day) < (on.year, on.month, on.day)


def identity(claims: dict[str, object]) -> Identity:
    """Reads the claims of a verified token; the mapping is in settings (docs/sign-in.md).

    Anything short of `verified: true` with a name and a well-formed number is an account without an identity.
    """
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    number = cipher.normal_id(str(claims.get(settings.OIDC_CLAIM_ID_NUMBER) or ""))
    name = cipher.normal_name(str(claims.get(settings.OIDC_CLAIM_NAME) or ""))
    if claims.get(settings.OIDC_CLAIM_VERIFIED) is not True or not name or birth(number) is None:
        return Identity(issuer, subject)
    return Identity(issuer, subject, number, name)


def demand_admissible(number: str) -> None:
    """可否登录: raises NotAdmitted for people under 18, and for invented numbers outside the demo."""
    born = birth(number)
    if born is None:
        return
    if number.startswith((SYNTHETIC, *SYNTHETIC_PERMITS)) and not (settings.DEMO or settings.TESTING):
        raise NotAdmitted("这个证件号码是演示用的虚构号码，不能在正式系统登录。")
    if not is_adult(born, clock.today()):
        raise NotAdmitted("本系统只为已满十八周岁的人提供服务，不收集也不展示未成年人的信用信息，所以不能登录。")


def citizen(who: Identity) -> User:
    """市民用户: the row of this login, made at the first sign-in, its keys moved to the ring's current key.

    Raises NotAdmitted for people under 18, invented numbers outside the demo, a login that now vouches for another
    person, and a user who was switched off.
    """
    demand_admissible(who.id_number)
    usernames = [f"c-{key[:18].hex()}" for key in cipher.login_keys(who.issuer, who.subject)]
    keys = cipher.person_keys(who.id_number) if who.id_number else []
    person_key, others = (keys[0], keys[1:]) if keys else (None, [])
    with transaction.atomic():
        rows = {row.username: row for row in User.objects.select_for_update().filter(username__in=usernames)}
        user = next((rows[name] for name in usernames if name in rows), None)
        if user is None:
            return User.objects.citizen(username=usernames[0], person_key=person_key, other_keys=others)
        if not user.is_active:
            raise NotAdmitted("您的账号已停用，请到窗口办理。")
        if keys and user.person_key is not None and bytes(user.person_key) not in keys:
            raise NotAdmitted("认证平台这次给出的身份与上次不同，为保护您的信息，不能登录，请到窗口办理。")
        if (user.username, user.own_keys()) != (usernames[0], keys):
            # An identity that is no longer vouched for opens nothing until it is again.
            user.username, user.person_key, user.other_keys = usernames[0], person_key, others
            user.save(update_fields=["username", "person_key", "other_keys"])
    return user
