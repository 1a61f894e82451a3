"""A visitor's browser in front of the demo edition."""

from collections.abc import Iterator

import pytest
from django.test import Client

from daoli_credit.law import loader, pack


@pytest.fixture
def visitor(db: None) -> Iterator[Client]:
    loader.load("demo-2026")
    yield Client()
    pack.forget()  # what the test loaded is rolled back with it
