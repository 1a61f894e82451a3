"""口令: what stands in the row is Argon2id, as shipped; the other tests do without its cost."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher
from django.test import Client
from pytest_django import Settings

from daoli_credit import settings as shipped
from daoli_credit.accounts.models import User
from tests.accounts import tries

PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def as_shipped(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    tries.forget()


def test_a_password_is_kept_as_argon2id_with_its_own_salt(db: None) -> None:
    one, two = (User.objects.create_staff(name, PASSWORD, display_name="某") for name in ("one", "two"))
    assert shipped.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for user in (one, two):
        assert user.password.startswith("argon2$argon2id$")
        assert identify_hasher(user.password).algorithm == "argon2"
        assert PASSWORD not in user.password
        assert check_password(PASSWORD, user.password)
        assert not check_password(PASSWORD + "x", user.password)
    assert one.password != two.password


def test_it_opens_the_door_and_another_does_not(db: None) -> None:
    User.objects.create_staff("one", PASSWORD, display_name="某")
    client = Client()
    assert client.post("/sign-in/", {"username": "one", "password": PASSWORD + "x"}).status_code != 302
    assert client.post("/sign-in/", {"username": "one", "password": PASSWORD}).status_code == 302
