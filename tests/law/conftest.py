"""The two editions as pure values, read from their files."""

from copy import deepcopy
from typing import Any

import pytest

from daoli_credit.law import editions, pack
from daoli_credit.law.assemble import build
from daoli_credit.law.models import Edition
from daoli_credit.law.pack import Pack


@pytest.fixture(scope="session")
def rules() -> Pack:
    """The real edition, most of it still to be confirmed."""
    return build(editions.read("2026-11")[0])


@pytest.fixture(scope="session")
def demo() -> Pack:
    """The demo edition, confirmed by invented people."""
    return build(editions.read("demo-2026")[0])


@pytest.fixture(scope="session")
def written() -> dict[str, Any]:
    """The real edition's content, as its files say it."""
    return editions.read("2026-11")[0]


@pytest.fixture
def content(written: dict[str, Any]) -> dict[str, Any]:
    """The same, for a test to spoil."""
    return deepcopy(written)


@pytest.fixture
def no_edition(db: None) -> None:
    """As before the first load, whatever the template of the test databases holds."""
    Edition.objects.update(active=False)
    pack.forget()
