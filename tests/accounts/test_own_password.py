"""修改口令、初始口令: one's own page, the old one asked; a first password opens only the page that changes it."""

import pytest
from django.test import Client

from daoli_credit.accounts import messages, passwords
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from tests.cast import signs_in

pytestmark = pytest.mark.usefixtures("cheap")
PASSWORD, NEW = "a-long-enough-password", "松花江畔的一句新口令足够长"
PAGE = "/account/password/"


@pytest.fixture
def officer(db: None) -> User:
    return signs_in("zhaomin", PASSWORD)


def sign_in(client: Client, password: str = PASSWORD) -> Client:
    client.post("/sign-in/", {"username": "zhaomin", "password": password})
    return client


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> int:
    return client.post(PAGE, {"old": old, "new": new, "again": again or new}).status_code


def test_the_own_session_goes_on_and_all_others_end(client: Client, officer: User) -> None:
    sign_in(client)
    elsewhere = sign_in(Client())
    before = client.session.session_key
    assert change(client) == 302
    assert client.get("/desk/").status_code == 200
    assert client.session.session_key != before
    assert elsewhere.get("/desk/").status_code == 302
    assert Event.objects.filter(act="user.password-changed", actor_id=officer.audit_id).count() == 1
    assert messages.of(officer)[0].title == "口令已修改"
    assert sign_in(Client(), NEW).get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"old": "wrong"}, "现在的口令不对"),
        ({"new": "short"}, "至少 12 个字"),
        ({"new": "123456789012345"}, "数字"),
        ({"again": "another-long-password"}, "两次输入不一样"),
        ({"new": PASSWORD}, "和原来的一样"),
    ],
)
def test_a_bad_form_changes_nothing_and_says_what_to_do(
    client: Client, officer: User, given: dict[str, str], says: str
) -> None:
    sign_in(client)
    body = {"old": PASSWORD, "new": NEW, "again": given.get("new", NEW), **given}
    answer = client.post(PAGE, body)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not [word for word in (PASSWORD, NEW, "wrong") if f'value="{word}"' in answer.content.decode()]
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_whoever_found_an_open_session_cannot_try_passwords_for_ever(client: Client, officer: User) -> None:
    sign_in(client)
    assert [change(client, old=f"guess-{n}") for n in range(5)] == [422] * 4 + [429]
    assert change(client) == 429


def test_a_change_needs_the_forms_token(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    for address in (PAGE, "/account/second-factor/", "/account/second-factor/remove/", "/account/sessions/end/"):
        assert client.post(address, {}).status_code == 403


def test_a_first_password_opens_only_the_page_that_changes_it(client: Client, officer: User) -> None:
    first = passwords.first(officer)
    assert len(first) >= 12
    sign_in(client, first)
    for address in ("/desk/", "/", "/account/", "/account/second-factor/", "/desk/records/"):
        assert client.get(address)["Location"] == PAGE
        assert client.post(address)["Location"] == PAGE
    assert "先改口令" in client.get(PAGE).content.decode()
    assert change(client, old=first) == 302
    assert client.get("/desk/").status_code == 200


def test_a_first_password_ends_what_was_open_and_may_be_signed_out(client: Client, officer: User) -> None:
    sign_in(client)
    first = passwords.first(officer)
    assert client.get("/desk/").status_code == 302
    sign_in(client, first)
    assert client.post("/sign-out/")["Location"] == "/"


def test_somebody_else_at_the_door_learns_nothing_from_the_page(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith("/sign-in/?")
    citizen = User.objects.citizen(username="c-1", person_key=None)
    client.force_login(citizen)
    assert client.get(PAGE).status_code == 403
