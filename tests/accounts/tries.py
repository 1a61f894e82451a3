"""Forgets the wrong tries of this test process."""

from tests import own_cache


def forget() -> None:
    own_cache.forget("lockout:*")
