"""One town for a whole file: made once by each worker, in one transaction that is rolled back behind the last test.

What a test asks there it asks through `tests.house.asking.undone`, which leaves the town as it found it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.test import client as django_client
from pytest_django import DjangoDbBlocker

from daoli_credit.accounts import held, sitting
from daoli_credit.accounts.backends import StaffPassword
from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.portal import waiting
from tests.cast import Cast, assemble, browser


@pytest.fixture(autouse=True)
def _figures_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures beside the menu, really counted for each person once in a test, not again on each of a thousand
    pages: every page is put back behind the question that was asked of it."""
    counts, known = waiting.counts, dict[tuple[int, ...], dict[str, int]]()

    def once(user: User, names: Collection[str]) -> dict[str, int]:
        key = (user.pk, hash(tuple(names)))
        if key not in known:
            known[key] = counts(user, names)
        return known[key]

    monkeypatch.setattr(waiting, "counts", once)


@pytest.fixture(autouse=True)
def _duties_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's own duties, really asked for each of them and each day once in a test: every question is put back.
    What a question asks about somebody else, or again after it has changed a duty, it asks itself."""
    get_user, known = StaffPassword.get_user, dict[tuple[int, date], held.Rights]()

    def reader(backend: StaffPassword, user_id: int) -> User | None:
        user = get_user(backend, user_id)
        if user is not None:
            key = (user.pk, clock.today())
            if key in known:
                user.__dict__["_rights"] = known[key]
            known[key] = user._rights
        return user

    monkeypatch.setattr(StaffPassword, "get_user", reader)


@pytest.fixture(autouse=True)
def _rules_looked_at_as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at the rules holds for two seconds, as in production, and not for one row of a table: every act and every
    question (`tests.house.asking.undone`) begins with another."""
    pack.look_again()
    monkeypatch.setattr(pack, "_patience", lambda: pack.LOOK_AGAIN_AFTER)


@pytest.fixture(autouse=True)
def _nothing_kept_of_how_a_page_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client copies the context of every template of a page, for tests that look at it; none here does."""
    monkeypatch.setattr(django_client, "store_rendered_templates", lambda *said, **more: None)


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
