"""同时: what is good once stays good once when two connections show it in the same instant."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from daoli_credit.accounts import letters, second_factor
from daoli_credit.accounts.models import ActivationLetter, RecoveryCode
from tests.accounts import codes
from tests.cast import assemble, signs_in

PASSPHRASE = "松花江畔的一句足够长的口令"
GU = "999999197002280019"


def twice(act: Callable[[], object]) -> list[str]:
    """Two threads, two connections, one start."""
    start, said = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait(120)
            act()
            said.append("ok")
        except (second_factor.WrongCode, letters.NotAccepted) as why:
            said.append(type(why).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(300)
    return sorted(said)


@pytest.mark.parametrize("attempt", range(3))
def test_one_code_at_two_doors_opens_one(committing_db: str, attempt: int) -> None:
    user = signs_in("zhaomin", "")
    secret, _ = codes.enrol(user)
    typed = codes.code(secret)
    assert twice(lambda: second_factor.check(user, typed)) == ["WrongCode", "ok"]


def test_one_recovery_code_at_two_doors_opens_one(committing_db: str) -> None:
    user = signs_in("zhaomin", "")
    _, recovery = codes.enrol(user)
    assert twice(lambda: second_factor.check(user, recovery[0])) == ["WrongCode", "ok"]
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 1


def test_one_letter_at_two_computers_opens_one(committing_db: str) -> None:
    cast = assemble()
    assert cast.counter.home_department is not None
    printed = letters.print_letter(id_number=GU, actor=cast.counter, department=cast.counter.home_department)
    said = twice(lambda: letters.activate(id_number=GU, code=printed.code, passphrase=PASSPHRASE))
    assert said == ["NotAccepted", "ok"]
    assert ActivationLetter.objects.get().used_on is not None
