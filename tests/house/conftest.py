"""One town for a whole file: made once by each worker, in one transaction that is rolled back behind the last test.

What a test asks there it asks through `tests.house.asking.undone`, which leaves the town as it found it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from daoli_credit.accounts import sitting
from daoli_credit.accounts.models import User
from daoli_credit.portal import menu
from tests.cast import Cast, assemble, browser


def _counted_once(entry: menu.Entry) -> menu.Entry:
    count, known = entry.count, dict[int, int]()
    if count is None:
        return entry

    def once(user: User) -> int:
        if user.pk not in known:
            known[user.pk] = count(user)
        return known[user.pk]

    return replace(entry, count=once)


@pytest.fixture(autouse=True)
def _figures_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures beside the menu, really counted for each person once in a test, not again on each of a thousand
    pages: they were half of the work of every question that is asked here, and every page is put back behind it."""
    for table in ("STAFF", "CITIZEN"):
        monkeypatch.setattr(menu, table, tuple(map(_counted_once, getattr(menu, table))))


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, in the file's own transaction on this worker's clone.

    Their browsers sign in once, and what moves a session's end on is put back behind every question: on a slow machine
    a file outlasts the half hour, which is tried in tests/accounts and not here.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(sitting, "IDLE", dict.fromkeys(sitting.IDLE, sitting.LONGEST))
        patch.setattr(sitting, "VISITOR", sitting.LONGEST)
        yield assemble()
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Places:
    """Everywhere and everybody: an address for every name, the actors of the map, and one browser of each."""

    addresses: dict[str, str]
    actors: dict[str, User | None]
    browsers: dict[User | None, Client]


@pytest.fixture(scope="module")
def places(standing: Cast) -> Places:
    from tests.house.test_access_map import _actors, _addresses  # noqa: PLC0415  it asks for this fixture

    addresses, actors = _addresses(standing), _actors(standing)
    everybody = {*actors.values(), standing.both}
    return Places(addresses, actors, {user: browser(user) for user in everybody})
