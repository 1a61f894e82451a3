"""One town for a whole file: made once by each worker, in one transaction that is rolled back behind the last test.

What a test asks there it asks through `tests.house.asking.undone`, which leaves the town as it found it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from daoli_credit.accounts.models import User
from tests.cast import Cast, assemble, browser


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, in the file's own transaction on this worker's clone."""
    with django_db_blocker.unblock(), transaction.atomic():
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
