"""登录锁定: counted in a real Valkey."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from daoli_credit.accounts import lockout
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from tests.accounts import tries
from tests.cast import signs_in

PASSWORD, WRONG = "a-long-enough-password", "wrong"


@pytest.fixture(autouse=True)
def cheap(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tries.forget()


@pytest.fixture
def officer(db: None) -> User:
    return signs_in("zhaomin", PASSWORD)


def attempt(client: Client, username: str, password: str = WRONG, address: str = "10.0.0.1") -> int:
    given = {"username": username, "password": password}
    return client.post("/sign-in/", given, REMOTE_ADDR=address).status_code


def test_the_fifth_wrong_try_locks_the_name_also_for_the_right_password(client: Client, officer: User) -> None:
    assert [attempt(client, "zhaomin") for _ in range(5)] == [422, 422, 422, 422, 429]
    answer = client.post("/sign-in/", {"username": "zhaomin", "password": PASSWORD}, REMOTE_ADDR="10.9.9.9")
    assert answer.status_code == 429
    assert "请过 15 分钟再试" in answer.content.decode()
    assert answer["Retry-After"] == "900"
    assert Event.objects.filter(act="user.locked-out", object_id=str(officer.pk)).count() == 1


def test_tries_while_locked_write_no_more_evidence(client: Client, officer: User) -> None:
    for _ in range(12):
        attempt(client, "zhaomin")
    assert Event.objects.count() == 5


def test_a_name_that_nobody_has_is_locked_just_the_same(client: Client, db: None) -> None:
    assert [attempt(client, "nobody") for _ in range(6)][-2:] == [429, 429]


def test_another_name_is_not_locked(client: Client, officer: User) -> None:
    for _ in range(6):
        attempt(client, "lijing")
    assert attempt(client, "zhaomin", PASSWORD) == 302


def test_the_right_password_starts_afresh(client: Client, officer: User) -> None:
    for _ in range(3):
        assert [attempt(client, "zhaomin") for _ in range(4)] == [422] * 4
        assert attempt(client, "zhaomin", PASSWORD) == 302


def test_an_address_that_tries_many_names_is_locked(client: Client, officer: User) -> None:
    answers = [attempt(client, f"name-{number}") for number in range(lockout.TRIES_FROM_ONE_ADDRESS)]
    assert answers[-2:] == [422, 429]
    assert attempt(client, "zhaomin", PASSWORD) == 429
    assert attempt(client, "zhaomin", PASSWORD, address="10.0.0.2") == 302


def test_the_lock_opens_by_itself(client: Client, officer: User, settings: Settings) -> None:
    for _ in range(5):
        attempt(client, "zhaomin")
    left = redis.from_url(settings.REDIS_URL).ttl(cache.make_key(lockout._name_key("zhaomin")))
    assert 0 < left <= 900


def test_many_tries_at_once_get_no_further_than_five() -> None:
    requests = [RequestFactory().post("/sign-in/", REMOTE_ADDR=f"10.0.0.{number}") for number in range(30)]

    def admitted(number: int) -> bool:
        try:
            lockout.demand(requests[number], "zhaomin")
        except lockout.Locked:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(admitted, range(30))) == lockout.TRIES


def test_behind_the_proxy_only_its_own_line_counts(settings: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    assert lockout.address(request) == "10.1.1.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert lockout.address(request) == "2.2.2.2"
