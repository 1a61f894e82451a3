"""工作人员登录."""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from tests.accounts import tries
from tests.cast import signs_in

PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def officer(db: None) -> User:
    return signs_in("zhaomin", PASSWORD)


def sign_in(client: Client, username: str, password: str, **more: str) -> int:
    return client.post("/sign-in/", {"username": username, "password": password, **more}).status_code


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in_and_leaves_an_event(client: Client, officer: User) -> None:
    assert sign_in(client, "zhaomin", PASSWORD) == 302
    assert is_signed_in(client)
    event = Event.objects.get(act="user.signed-in")
    assert (event.actor_id, event.object_id) == (officer.audit_id, str(officer.pk))


def test_the_session_gets_a_new_key_even_for_the_same_person(client: Client, officer: User) -> None:
    sign_in(client, "zhaomin", PASSWORD)
    before = client.session.session_key
    sign_in(client, "zhaomin", PASSWORD)
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_is_refused_in_words(client: Client, officer: User) -> None:
    answer = client.post("/sign-in/", {"username": "zhaomin", "password": "wrong"})
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.content.decode()
    assert not is_signed_in(client)
    assert Event.objects.get(act="user.sign-in-failed").object_id == str(officer.pk)


def test_an_unknown_name_gets_the_same_words_and_is_not_written_down(client: Client, officer: User) -> None:
    answer = client.post("/sign-in/", {"username": "my-password-by-mistake", "password": "x"})
    assert "用户名或密码不对" in answer.content.decode()
    event = Event.objects.get(act="user.sign-in-failed")
    assert event.object_id == "unknown"
    assert "my-password" not in json.dumps([event.opinion, event.actor_label, event.actor_id])


def test_a_citizen_never_signs_in_by_password(client: Client, db: None) -> None:
    citizen = User.objects.citizen(username="c-1", person_key=None)
    citizen.set_password(PASSWORD)
    citizen.save()
    assert sign_in(client, "c-1", PASSWORD) == 422
    assert not is_signed_in(client)


def test_the_system_user_never_signs_in(client: Client, db: None) -> None:
    system = User.objects.system()
    system.set_password(PASSWORD)
    system.save()
    assert sign_in(client, "system", PASSWORD) == 422
    client.force_login(system)
    assert client.get("/desk/").status_code == 302


def test_somebody_switched_off_cannot_sign_in(client: Client, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert sign_in(client, "zhaomin", PASSWORD) == 422


def test_somebody_switched_off_is_out_at_once(client: Client, officer: User) -> None:
    sign_in(client, "zhaomin", PASSWORD)
    assert client.get("/desk/").status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_the_page_asked_for_comes_after_signing_in(client: Client, officer: User) -> None:
    answer = client.post("/sign-in/", {"username": "zhaomin", "password": PASSWORD, "next": "/rights/?a=1"})
    assert answer["Location"] == "/rights/?a=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_an_address_elsewhere_is_not_followed(client: Client, officer: User, elsewhere: str) -> None:
    answer = client.post("/sign-in/", {"username": "zhaomin", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/desk/"
    assert elsewhere not in client.get("/sign-in/", {"next": elsewhere}).content.decode()


def test_whoever_wanted_a_citizens_page_is_shown_the_citizens_door(client: Client, db: None) -> None:
    to_door = client.get(client.get("/me/")["Location"])
    assert (to_door.status_code, to_door["Location"]) == (302, "/sign-in/citizen/?next=%2Fme%2F")


def test_empty_fields_are_named(client: Client, db: None) -> None:
    page = client.post("/sign-in/", {"username": "", "password": ""}).content.decode()
    assert "请填写用户名" in page
    assert "请填写密码" in page


def test_password_managers_know_the_fields_and_the_password_is_not_echoed(client: Client, officer: User) -> None:
    page = client.post("/sign-in/", {"username": "zhaomin", "password": "wrong-word"}).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "wrong-word" not in page


def test_the_cast_is_offered_in_the_demo_only(client: Client, db: None, settings: Settings, tmp_path: Path) -> None:
    people = [{"username": "zhaomin", "password": PASSWORD, "display_name": "赵敏", "about": "经办", "face": "staff"}]
    (tmp_path / "cast.json").write_text(json.dumps(people), encoding="utf-8")
    settings.CAST_FILE = str(tmp_path / "cast.json")
    assert "演示人物" in client.get("/sign-in/").content.decode()
    settings.DEMO = False
    assert PASSWORD not in client.get("/sign-in/").content.decode()
