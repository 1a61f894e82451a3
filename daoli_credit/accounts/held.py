"""持有的职责: a user is asked for it and only `access` knows it, which reads users: this stands between the two."""

from collections.abc import Callable
from typing import Any

Rights = dict[str, frozenset[int]]
_known: list[Callable[[Any], Rights]] = []


def known_by(ask: Callable[[Any], Rights]) -> None:
    """登记知情的那一个: `access.rights_of`, once, when the apps are ready."""
    _known[:] = [ask]


def rights(user: Any) -> Rights:
    """全部职责 of this user today. Raises ValueError before the apps are ready: nobody has no duties by oversight."""
    (ask,) = _known
    return ask(user)
