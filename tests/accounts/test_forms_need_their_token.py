"""跨站请求: no door and no act behind it takes a form that our own page did not give out."""

import pytest
from django.test import Client
from django.urls import reverse

from daoli_credit.accounts.models import User
from tests.cast import Cast

VISITOR = ("sign-in", "sign-in-second", "sign-in-letter", "sign-in-citizen-password", "sign-in-citizen")
OWN = ("account-password", "account-sessions-end", "account-second-factor", "account-recovery-codes")
OBJECTS = (("sign-in-unit", "unit"), ("account-link", "unit"), ("account-unlink", "unit"), ("service-key-revoke", 1))


def foreign(user: User | None) -> Client:
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


@pytest.mark.parametrize("name", VISITOR)
def test_a_visitor(db: None, name: str) -> None:
    assert foreign(None).post(reverse(name), {"username": "zhaomin", "password": "x"}).status_code == 403


@pytest.mark.parametrize("name", [*OWN, "account-second-factor-remove"])
def test_the_own_account(cast: Cast, name: str) -> None:
    assert foreign(cast.clerk).post(reverse(name), {}).status_code == 403


@pytest.mark.parametrize(("name", "argument"), OBJECTS)
def test_an_act_on_an_object(cast: Cast, name: str, argument: object) -> None:
    answer = foreign(cast.system_officer).post(reverse(name, args=[argument]), {"opinion": "核对过"})
    assert answer.status_code == 403


def test_the_window_and_the_officers(cast: Cast) -> None:
    card = {"name": "顾长林", "id_number": "999999197002280019", "checked": "on"}
    assert foreign(cast.counter).post(reverse("counter"), card).status_code == 403
    assert foreign(cast.system_officer).post(reverse("service-keys"), {"title": "x"}).status_code == 403
    address = reverse("second-factor-reset", args=[cast.clerk.pk])
    assert foreign(cast.security_officer).post(address, {"opinion": "核对过"}).status_code == 403
