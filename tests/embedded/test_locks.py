"""锁: whichever list a command installs from, what the product itself needs is in it, in the same version."""

import re

import pytest

from daoli_credit.embedded.install import CLONE, LOCKS

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def _pins(lock: str) -> set[tuple[str, str]]:
    return {(name, version) for name, version in PIN.findall((CLONE / lock).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_list_has_what_production_has(lock: str) -> None:
    needed = _pins("requirements.lock")
    assert len(needed) > 20
    assert not needed - _pins(lock)


@pytest.mark.parametrize("name", ["requirements", *(lock.removesuffix(".lock") for lock in LOCKS)])
def test_what_is_asked_for_is_locked(name: str) -> None:
    asked = set(PIN.findall((CLONE / f"{name}.txt").read_text(encoding="utf-8")))
    assert asked
    assert not asked - _pins(f"{name}.lock")
