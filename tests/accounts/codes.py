"""An authenticator in the hand of a test: the same secret, another clock."""

import time

import pyotp

from daoli_credit.accounts import second_factor
from daoli_credit.accounts.models import SecondFactor, User

STEP = second_factor.STEP


def settle() -> None:
    """Not within the last seconds of a time step: what is computed now must still be right when it arrives."""
    left = STEP - time.time() % STEP
    if left < 5:
        time.sleep(left + 0.05)


def code(secret: str, steps: int = 0) -> str:
    """The code of this time step, or of one before or after it."""
    return pyotp.HOTP(secret).at(int(time.time()) // STEP + steps)


def wrong(secret: str) -> str:
    """Six digits that are no code of about now; of any fixed six that is true but for three times in a million."""
    near = {code(secret, steps) for steps in range(-4, 5)}
    return next(typed for typed in ("000000", "111111", "222222") if typed not in near)


def _told_apart(secret: str) -> bool:
    """Has every time step about now a code of its own?"""
    return len({code(secret, steps) for steps in range(-4, 5)}) == 9


def enrol(user: User) -> tuple[str, list[str]]:
    """动态口令启用, with the code of the step before: the present one is still unused. Secret and recovery codes."""
    settle()
    while not _told_apart(secret := second_factor.secret(second_factor.pending(user))):
        SecondFactor.objects.filter(user=user).delete()
    return secret, second_factor.confirm(user, code(secret, -1), keep=None)


def enrolled(user: User) -> bool:
    """Is it on?"""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()
