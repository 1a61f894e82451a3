"""本单位统一身份认证登录: whoever linked an account comes in by it; nobody is made, no forged token believed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from daoli_credit.accounts import entry, messages, sitting
from daoli_credit.accounts.models import ExternalLogin, User
from daoli_credit.audit.models import Event
from tests.accounts import codes, tries
from tests.accounts.test_forged_tokens import FORGERIES, Forge
from tests.cast import signs_in
from tests.sandbox.hostile import Hostile, hostile, signed
from tests.sandbox.process import (
    PASSWORD,
    STAFF_REDIRECT,
    connect,
    go_and_sign_in,
    person,
    provider,
    unit,
)
from tests.sandbox.process import sign_in as citizen_sign_in

pytestmark = pytest.mark.usefixtures("cheap")
DOOR, BACK = "/sign-in/unit/unit/", "/sign-in/unit/unit/back/"
PEOPLE = [
    person("zhaomin", "赵敏", "", face="staff"),
    person("lijing", "李静", "", face="staff"),
    person("linxiuyun", "林秀云", "999999198803120028"),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with provider(tmp_path_factory.mktemp("identity"), PEOPLE) as one:
        yield one


@pytest.fixture
def issuer(running: str, settings: Settings, db: None) -> str:
    tries.forget()
    connect(settings, running)
    return running


@pytest.fixture
def officer(db: None) -> User:
    return signs_in("zhaomin", PASSWORD)


def by_password(client: Client, username: str = "zhaomin") -> Client:
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


def go(client: Client, username: str = "zhaomin", door: str = DOOR) -> Any:
    return client.get(go_and_sign_in(client, username, door=door, back=STAFF_REDIRECT))


def linked(officer: User, username: str = "zhaomin") -> None:
    client = by_password(Client())
    assert go(client, username, door="/account/link/unit/")["Location"] == "/account/"


def test_who_linked_an_account_comes_in_by_it(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    answer = go(client)
    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200
    assert client.session["signed_in_by"] == "unit-oidc"
    assert Event.objects.filter(act="user.unit-login-linked", actor_id=officer.audit_id).count() == 1
    assert messages.of(officer)[0].title == "已关联本单位认证账号"


def test_neither_name_nor_subject_of_the_other_side_is_kept(officer: User, issuer: str) -> None:
    linked(officer)
    row = ExternalLogin.objects.get()
    assert bytes(row.subject_key)[:2] == b"\x00\x01"
    assert len(bytes(row.subject_key)) == 34


def test_an_account_that_nobody_linked_makes_nobody_and_signs_nobody_in(client: Client, db: None, issuer: str) -> None:
    people = User.objects.count()
    answer = go(client)
    assert answer.status_code == 403
    assert "还没有关联" in answer.content.decode()
    assert User.objects.count() == people
    assert Event.objects.get(act="user.sign-in-failed").opinion == "本单位认证登录：没有关联的认证账号"


def test_one_account_belongs_to_one_person(officer: User, issuer: str) -> None:
    linked(officer)
    signs_in("lijing", PASSWORD)
    other = by_password(Client(), "lijing")
    assert "已经关联了别的工作人员" in other.get(go(other, door="/account/link/unit/")["Location"]).content.decode()
    again = by_password(Client())
    page = again.get(go(again, "lijing", door="/account/link/unit/")["Location"]).content.decode()
    assert "您已经关联过" in page
    assert ExternalLogin.objects.get().user == officer


def test_an_unlinked_account_opens_nothing_any_more(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    own = by_password(Client())
    for _ in range(2):
        assert own.post("/account/unlink/unit/").status_code == 302
    assert go(client).status_code == 403


def test_a_session_that_came_from_there_or_is_old_links_nothing(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    go(client)
    client.post("/account/unlink/unit/")
    assert client.post("/account/link/unit/").status_code == 403
    old = by_password(Client())
    session = old.session
    session[sitting.SINCE] -= entry.FRESH_SECONDS
    session.save()
    answer = old.post("/account/link/unit/")
    assert answer.status_code == 403
    assert "十分钟以内" in answer.content.decode()
    assert not ExternalLogin.objects.exists()


def test_the_second_factor_is_still_asked(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    secret, _ = codes.enrol(officer)
    assert go(client)["Location"] == "/sign-in/second/"
    assert client.get("/desk/").status_code == 302
    client.post("/sign-in/second/", {"code": codes.code(secret)})
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("accepted", ["pwd hwk", "otp hwk", ""])
def test_the_units_second_factor_counts_only_where_the_settings_say_so(
    client: Client, officer: User, issuer: str, settings: Settings, accepted: str
) -> None:
    asked = "pwd" not in accepted
    linked(officer)
    codes.enrol(officer)
    settings.STAFF_OIDC = {"unit": unit(issuer, second_factor=accepted)}  # the sandbox says amr: pwd
    assert (go(client)["Location"] == "/sign-in/second/") is asked
    assert (client.get("/desk/").status_code == 200) is not asked


def test_where_it_is_required_the_units_word_alone_opens_nothing(
    client: Client, officer: User, issuer: str, settings: Settings
) -> None:
    linked(officer)
    settings.STAFF_SECOND_FACTOR = "required"
    go(client)
    assert client.get("/desk/")["Location"] == "/account/second-factor/"


def test_somebody_switched_off_stays_out(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    User.objects.update(is_active=False)
    assert go(client).status_code == 403


def test_a_first_password_must_still_be_changed(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    User.objects.update(must_change_password=True)
    go(client)
    assert client.get("/desk/")["Location"] == "/account/password/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_an_address_elsewhere_is_not_followed(client: Client, officer: User, issuer: str, elsewhere: str) -> None:
    client.post(DOOR, {"next": elsewhere})
    assert client.session["unit_sign_in_next"] == ""
    client.post(DOOR, {"next": "/rights/"})
    assert client.session["unit_sign_in_next"] == "/rights/"


def test_only_a_form_starts_it_and_an_unknown_unit_is_nowhere(client: Client, officer: User, issuer: str) -> None:
    assert client.get(DOOR).status_code == 405
    assert client.post("/sign-in/unit/other/").status_code == 404
    assert client.get("/sign-in/unit/other/back/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(DOOR).status_code == 403
    assert by_password(client).get("/account/link/unit/").status_code == 405


def test_a_citizen_is_not_staff_there_nor_staff_a_citizen(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    with pytest.raises(AssertionError):  # the sandbox does not know her among the staff
        go(client, "linxiuyun")
    with pytest.raises(AssertionError):
        citizen_sign_in(client, "zhaomin")


def test_the_citizens_way_back_is_not_ours(client: Client, officer: User, issuer: str) -> None:
    """A code and state of the other client, brought to this address."""
    address = go_and_sign_in(client, "linxiuyun")
    answer = client.get(BACK, dict(pair.split("=", 1) for pair in urlsplit(address).query.split("&")))
    assert answer.status_code == 400
    assert "_auth_user_id" not in client.session


@pytest.fixture
def liar(settings: Settings, db: None) -> Iterator[Hostile]:
    tries.forget()
    with hostile() as one:
        one.audience = "daoli-staff"
        connect(settings, one.issuer)
        yield one


def back(client: Client, liar: Hostile, forge: Forge) -> Any:
    """Out by our door, and back with what the liar forged for this nonce."""
    asked = parse_qs(urlsplit(client.post(DOOR)["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    liar.say(forge(liar, asked["nonce"][0]))
    return client.get(BACK, {"code": "x", "state": asked["state"][0]})


def link_with(liar: Hostile, officer: User) -> None:
    client = Client()
    by_password(client)
    asked = parse_qs(urlsplit(client.post("/account/link/unit/")["Location"]).query)
    liar.say(signed(liar.claims(asked["nonce"][0])))
    client.get(BACK, {"code": "x", "state": asked["state"][0]})
    assert ExternalLogin.objects.filter(user=officer).exists()


def test_the_lying_service_is_believed_while_it_tells_the_truth(client: Client, liar: Hostile, officer: User) -> None:
    link_with(liar, officer)
    assert back(client, liar, lambda one, nonce: signed(one.claims(nonce))).status_code == 302
    assert "_auth_user_id" in client.session


STAFF_FORGERIES: dict[str, tuple[Forge, str]] = {
    **FORGERIES,
    "for several, issued to another": (
        lambda one, nonce: signed(one.claims(nonce, aud=["daoli-staff", "other"], azp="other")),
        "azp",
    ),
    "meant for the citizens' client": (lambda one, nonce: signed(one.claims(nonce, aud="daoli")), "aud"),
}


@pytest.mark.parametrize("kind", STAFF_FORGERIES)
def test_a_forged_token_signs_nobody_in(client: Client, liar: Hostile, officer: User, kind: str) -> None:
    link_with(liar, officer)
    forge, reason = STAFF_FORGERIES[kind]
    answer = back(client, liar, forge)
    assert answer.status_code == 400
    assert "没有通过校验" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert reason in Event.objects.get(act="user.sign-in-failed").opinion


@pytest.mark.parametrize("kind", ["another nonce", "another issuer", "unsigned"])
def test_a_forged_token_links_nothing(client: Client, liar: Hostile, officer: User, kind: str) -> None:
    by_password(client)
    asked = parse_qs(urlsplit(client.post("/account/link/unit/")["Location"]).query)
    liar.say(STAFF_FORGERIES[kind][0](liar, asked["nonce"][0]))
    assert client.get(BACK, {"code": "x", "state": asked["state"][0]}).status_code == 400
    assert not ExternalLogin.objects.exists()


def test_a_way_back_is_good_once_and_in_its_own_browser(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    address = go_and_sign_in(client, "zhaomin", door=DOOR, back=STAFF_REDIRECT)
    assert Client().get(address).status_code == 400
    assert client.get(address).status_code == 302
    client.post("/sign-out/")
    assert client.get(address).status_code == 400
    assert "_auth_user_id" not in client.session


def test_another_state_or_pkce_verifier_is_refused(client: Client, officer: User, issuer: str) -> None:
    linked(officer)
    address = go_and_sign_in(client, "zhaomin", door=DOOR, back=STAFF_REDIRECT)
    code = parse_qs(urlsplit(address).query)["code"][0]
    assert client.get(BACK, {"code": code, "state": "guessed"}).status_code == 400
    session = client.session
    [(key, kept)] = [(key, kept) for key, kept in session.items() if key.startswith("_state_")]
    session[key] = {**kept, "data": {**kept["data"], "code_verifier": "w" * 48}}
    session.save()
    assert client.get(address).status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_service_that_is_down_gives_a_page(client: Client, db: None, settings: Settings) -> None:
    settings.STAFF_OIDC = {"unit": unit("http://127.0.0.1:9")}
    answer = client.post(DOOR)
    assert answer.status_code == 502
    assert "暂时没有应答" in answer.content.decode()


def test_the_button_stands_on_the_door_only_where_a_unit_is_named(client: Client, db: None, settings: Settings) -> None:
    settings.STAFF_OIDC = {"unit": unit("http://127.0.0.1:9")}
    assert "用本单位统一身份认证登录" in client.get("/sign-in/").content.decode()
    settings.STAFF_OIDC = {}
    assert "用本单位统一身份认证登录" not in client.get("/sign-in/").content.decode()
