"""动态口令的时间步, as a property: what is taken is near in time and newer than all before."""

from types import SimpleNamespace

import pyotp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daoli_credit.accounts import second_factor
from daoli_credit.accounts.models import SecondFactor, User

BEGIN = 1_800_000_000
# Seconds that pass, and the step whose code is then shown, counted from the present one.
SHOWN = st.lists(st.tuples(st.integers(0, 70), st.integers(-3, 3)), min_size=1, max_size=12)


@settings(
    max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(shown=SHOWN)
def test_accepted_steps_are_near_and_strictly_grow(
    db: None, monkeypatch: pytest.MonkeyPatch, shown: list[tuple[int, int]]
) -> None:
    user, _ = User.objects.get_or_create(username="zhaomin", defaults={"face": "staff", "display_name": "赵敏"})
    SecondFactor.objects.all().delete()
    # one secret and one run of cases: among a million codes two steps will share one some day
    monkeypatch.setattr(pyotp, "random_base32", lambda: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    now = [float(BEGIN)]
    monkeypatch.setattr(second_factor, "time", SimpleNamespace(time=lambda: now[0]))
    hotp = pyotp.HOTP(second_factor.secret(second_factor.pending(user)))
    second_factor.confirm(user, hotp.at(BEGIN // 30), keep=None)
    newest = BEGIN // 30
    for passed, offset in shown:
        now[0] += passed
        step = int(now[0]) // 30 + offset
        try:
            second_factor.check(user, hotp.at(step))
            taken = True
        except second_factor.WrongCode:
            taken = False
        assert taken is (abs(offset) <= second_factor.DRIFT and step > newest)
        newest = step if taken else newest
        assert SecondFactor.objects.get().last_step == newest


@given(st.integers(0, 31**12 - 1))
def test_a_code_reads_the_same_however_it_is_typed(number: int) -> None:
    code = "".join(second_factor.ALPHABET[number // 31**place % 31] for place in range(12))
    shown = second_factor.grouped(code)
    wide = "".join(chr(ord(mark) + 0xFEE0) for mark in shown)
    assert {second_factor.normal(one) for one in (shown, shown.lower(), f" {wide} ", shown.replace("-", " "))} == {code}
