"""Doors tried many times: a cheap hash, and no wrong tries left over from the test before."""

import pytest
from pytest_django import Settings

from tests.accounts import tries


@pytest.fixture
def cheap(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tries.forget()
