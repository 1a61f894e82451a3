"""激活信: the window checks the card and prints a letter; at home its one-time code opens a sign-in by passphrase.

What is typed at the window is never stored: of the number stays the person key, of the code a keyed digest.
"""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from daoli_credit import cipher, sealed
from daoli_credit.accounts import messages, real_name, sitting
from daoli_credit.accounts.models import ActivationLetter, Department, User
from daoli_credit.accounts.models.letter import TRIES
from daoli_credit.accounts.models.user import Face
from daoli_credit.accounts.real_name import Identity
from daoli_credit.accounts.second_factor import grouped, normal, one_time_code
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken

PRINTED = register("letter.printed", "核对身份，打印激活信")
VOIDED = register("letter.voided", "激活信作废")
DIED = register("letter.died", "激活信输错次数用完")
USED = register("letter.used", "激活窗口登录")

MATTER = "check-identity"
PURPOSE = "核对本人身份证件，打印激活信"
ISSUER = "daoli:letter"
DAYS = 30
NOUN = "activationletter"

sealed.register(
    sealed.Other("accounts.ActivationLetter", "person_key", "三十天内有效，用密钥环里每一把密钥去找"),
    sealed.Other("accounts.ActivationLetter", "digest", "激活码的带密钥摘要，三十天内有效，用每一把密钥去比"),
)


class NotAccepted(Exception):
    """激活不成: the same words whether the number, the code or the letter was wrong."""


@dataclass(frozen=True)
class Printed:
    """刚打印的信: the only moment at which the code exists in plain."""

    letter: ActivationLetter
    code: str


def print_letter(*, id_number: str, actor: User, department: Department) -> Printed:
    """打印激活信: the card was shown and is this person's. Earlier letters of the person are void.

    Raises PermissionDenied, real_name.NotAdmitted (under 18), RuleBroken.
    """
    if not actor.may("check_identity", department.pk):
        raise PermissionDenied("您没有“窗口核对身份”这项职责")
    number = cipher.normal_id(id_number)
    if real_name.birth(number) is None:
        raise RuleBroken("证件号码不对，请对照证件重新输入。")
    real_name.demand_admissible(number)
    keys, today, token, code = cipher.person_keys(number), clock.today(), uuid.uuid4(), one_time_code()
    try:
        with transaction.atomic():
            for old in _living(keys):
                old.voided_on = today
                old.save(update_fields=["voided_on"])
                _note(VOIDED, old, actor)
            letter = ActivationLetter.objects.create(
                token=token,
                number=_fresh_number(today.year),
                person_key=keys[0],
                digest=_digests(token, code)[0],
                printed_by=actor,
                department=department,
                printed_on=today,
                good_until=today + timedelta(days=DAYS),
            )
            events.look_up(
                actor=actor,
                person_key=keys[0],
                matter=MATTER,
                case_number=letter.number,
                purpose=PURPOSE,
                shown=["card"],
                department=department.code,
            )
            _note(PRINTED, letter, actor)
            # whoever has another sign-in learns of a letter that was printed behind their back
            _tell(
                letter,
                "窗口打印了激活信",
                f"{department.name}窗口核对您的证件，打印了激活信 {letter.number}。没有去过窗口的，请告诉我们。",
            )
    except IntegrityError as why:
        raise RuleBroken("这个人的激活信刚刚在别处打印过，请核对后再办。") from why
    return Printed(letter, grouped(code))


def _fresh_number(year: int) -> str:
    """信号: drawn, so that it tells nobody how many were printed; drawn again when that one stands on a letter already.

    Of twenty thousand letters in a year one draw in five thousand meets another.
    """
    while True:
        number = f"JH{year}-{secrets.randbelow(10**8):08d}"
        if not ActivationLetter.objects.filter(number=number).exists():
            return number


def activate(*, id_number: str, code: str, passphrase: str) -> User:
    """激活: the right code of a living letter gives this person a sign-in by number and passphrase.

    Raises ValidationError for a weak passphrase, before anything is compared; NotAccepted, and then the try has been
    counted; real_name.NotAdmitted.
    """
    validate_password(passphrase)
    number = cipher.normal_id(id_number)
    keys, today = cipher.person_keys(number), clock.today()
    with transaction.atomic():
        letter = _living(keys).first()
        if letter is None or not _fits(letter, code):
            _count_wrong(letter)
            user = None
        else:
            user = _open(letter, number, passphrase)
            letter.used_on = today
            letter.save(update_fields=["used_on"])
            _note(USED, letter, user)
            _tell(
                letter,
                "窗口登录已激活",
                f"激活信 {letter.number} 已经使用，可以用证件号码和口令登录。不是您本人办的，请到窗口停用。",
            )
    if user is None:
        raise NotAccepted
    return user


def authenticate(id_number: str, passphrase: str) -> User | None:
    """证件号码和口令登录: the citizen, or None. Every answer costs one hashing, so that time tells nothing.

    Raises real_name.NotAdmitted.
    """
    number = cipher.normal_id(id_number)
    names = [f"c-{key[:18].hex()}" for key in cipher.login_keys(ISSUER, number)]
    user = User.objects.filter(username__in=names, face=Face.CITIZEN, is_active=True).first()
    if user is None:
        User().set_password(passphrase)
        return None
    if not user.check_password(passphrase):
        return None
    return real_name.citizen(_identity(number))


def try_name(id_number: str) -> str:
    """计数用的名字: what the lock-out counts under; never the number itself."""
    return cipher.login_keys(ISSUER, cipher.normal_id(id_number))[0].hex()


def _identity(number: str) -> Identity:
    return Identity(ISSUER, number, number)


def _living(keys: list[bytes]) -> models.QuerySet[ActivationLetter]:
    rows = ActivationLetter.objects.filter(person_key__in=keys, used_on__isnull=True, voided_on__isnull=True)
    return rows.select_for_update(of=("self",)).select_related("department")


def _digests(token: uuid.UUID, code: str) -> list[bytes]:
    return cipher.code_macs("letter", f"{token}|{normal(code)}")


def _fits(letter: ActivationLetter, code: str) -> bool:
    alive = letter.wrong_tries < TRIES and letter.good_until >= clock.today()
    return alive and bytes(letter.digest) in _digests(letter.token, code)


def _count_wrong(letter: ActivationLetter | None) -> None:
    if letter is None or letter.wrong_tries >= TRIES:
        return
    letter.wrong_tries += 1
    letter.save(update_fields=["wrong_tries"])
    if letter.wrong_tries == TRIES:
        _note(DIED, letter, User.objects.system())
        _tell(
            letter,
            "激活信已失效",
            f"有人用激活信 {letter.number} 输错了 {TRIES} 次，这封信不能再用。需要时请到窗口重新打印。",
        )


def _open(letter: ActivationLetter, number: str, passphrase: str) -> User:
    user = real_name.citizen(_identity(number))
    user.set_password(passphrase)
    user.save(update_fields=["password"])
    sitting.end_all(user)
    return user


def _note(act: str, letter: ActivationLetter, actor: User) -> None:
    events.record(act=act, noun=NOUN, object_id=letter.number, actor=actor, department=letter.department.code)


def _tell(letter: ActivationLetter, title: str, text: str) -> None:
    messages.tell(person_key=bytes(letter.person_key), title=title, text=text, noun=NOUN, object_id=letter.number)
