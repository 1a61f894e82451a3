"""伪造的身份令牌: a lying provider and tampered callbacks against the real callback view. Nobody gets in."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from daoli_credit.accounts import oidc
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from tests.accounts import tries
from tests.sandbox.hostile import STRANGER, Hostile, hostile, signed, signed_with_the_public_key, unsigned
from tests.sandbox.process import PEOPLE, connect, go_and_sign_in, provider

Forge = Callable[[Hostile, str], str | None]


@pytest.fixture
def liar(settings: Settings, db: None) -> Iterator[Hostile]:
    tries.forget()
    with hostile() as one:
        connect(settings, one.issuer)
        yield one


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with provider(tmp_path_factory.mktemp("identity"), PEOPLE) as running:
        yield running


@pytest.fixture
def issuer(honest: str, settings: Settings, db: None) -> str:
    tries.forget()
    connect(settings, honest)
    return honest


def refused(client: Client, answer: Any, reason: str) -> None:
    """In Chinese, nobody signed in, no user made, one event that says why."""
    assert answer.status_code == 400
    assert "没有通过校验" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(face="citizen").exists()
    event = Event.objects.get(act="user.sign-in-failed")
    assert reason in event.opinion


def back(client: Client, liar: Hostile, forge: Forge) -> Any:
    """Starts at our door, and comes back with what the liar forged for this nonce."""
    asked = parse_qs(urlsplit(client.post("/sign-in/citizen/")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    liar.say(forge(liar, asked["nonce"][0]))
    return client.get("/sign-in/citizen/back/", {"code": "x", "state": asked["state"][0]})


def test_the_lying_provider_is_believed_while_it_tells_the_truth(client: Client, liar: Hostile) -> None:
    answer = back(client, liar, lambda one, nonce: signed(one.claims(nonce)))
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def _past() -> int:
    """An hour ago in seconds."""
    return int(time.time()) - 3600


FORGERIES: dict[str, tuple[Forge, str]] = {
    "another issuer": (lambda one, nonce: signed(one.claims(nonce, iss="https://elsewhere.example")), "iss"),
    "no issuer": (lambda one, nonce: signed(one.claims(nonce, iss=None)), "iss"),
    "another audience": (lambda one, nonce: signed(one.claims(nonce, aud="other")), "aud"),
    "another audience, ours as party": (lambda one, nonce: signed(one.claims(nonce, aud="other", azp="daoli")), "aud"),
    "no audience": (lambda one, nonce: signed(one.claims(nonce, aud=None)), "aud"),
    "for several, issued to another": (
        lambda one, nonce: signed(one.claims(nonce, aud=["daoli", "other"], azp="other")),
        "azp",
    ),
    "another nonce": (lambda one, nonce: signed(one.claims("of-another-session")), "nonce"),
    "no nonce": (lambda one, nonce: signed(one.claims(nonce, nonce=None)), "nonce"),
    "no subject": (lambda one, nonce: signed(one.claims(nonce, sub=None)), "sub"),
    "expired": (lambda one, nonce: signed(one.claims(nonce, iat=_past(), exp=_past() + 300)), "过期"),
    "no end": (lambda one, nonce: signed(one.claims(nonce, exp=None)), "exp"),
    "from the future": (lambda one, nonce: signed(one.claims(nonce, iat=_past() + 7200)), "iat"),
    "another key under a known name": (lambda one, nonce: signed(one.claims(nonce), STRANGER), "签名"),
    "an unknown key": (lambda one, nonce: signed(one.claims(nonce), STRANGER, kid="unknown"), "读不出"),
    "unsigned": (lambda one, nonce: unsigned(one.claims(nonce)), "读不出"),
    "the public key as a secret": (lambda one, nonce: signed_with_the_public_key(one.claims(nonce)), "读不出"),
    "altered": (lambda one, nonce: signed(one.claims(nonce))[:-8] + "AAAAAAAA", "签名"),
    "not a token": (lambda one, nonce: "林秀云", "读不出"),
    "none": (lambda one, nonce: None, "没有身份令牌"),
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_token_signs_nobody_in(client: Client, liar: Hostile, kind: str) -> None:
    forge, reason = FORGERIES[kind]
    refused(client, back(client, liar, forge), reason)


def test_another_state_is_refused(client: Client, issuer: str) -> None:
    address = go_and_sign_in(client, "linxiuyun")
    code = parse_qs(urlsplit(address).query)["code"][0]
    refused(client, client.get("/sign-in/citizen/back/", {"code": code, "state": "guessed"}), "状态")


def test_a_code_carried_into_another_browser_is_refused(client: Client, issuer: str) -> None:
    victim = Client()
    refused(victim, victim.get(go_and_sign_in(client, "linxiuyun")), "状态")


def test_the_same_way_back_twice_is_refused(client: Client, issuer: str) -> None:
    address = go_and_sign_in(client, "linxiuyun")
    assert client.get(address).status_code == 302
    client.post("/sign-out/")
    assert client.get(address).status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_used_code_under_a_fresh_state_is_refused(client: Client, issuer: str) -> None:
    used = parse_qs(urlsplit(go_and_sign_in(client, "linxiuyun")).query)["code"][0]
    state = parse_qs(urlsplit(go_and_sign_in(client, "linxiuyun")).query)["state"][0]
    refused(client, client.get("/sign-in/citizen/back/", {"code": used, "state": state}), "授权码")


def test_another_pkce_verifier_is_refused(client: Client, issuer: str) -> None:
    address = go_and_sign_in(client, "linxiuyun")
    session = client.session
    [(key, kept)] = [(key, kept) for key, kept in session.items() if key.startswith("_state_")]
    session[key] = {**kept, "data": {**kept["data"], "code_verifier": "w" * 48}}
    session.save()
    refused(client, client.get(address), "授权码")


def test_words_that_came_with_the_address_become_neither_markup_nor_evidence(client: Client, issuer: str) -> None:
    said = {"error": "<b>13800001111</b>", "error_description": "x" * 900}
    answer = client.get("/sign-in/citizen/back/", said)
    refused(client, answer, "授权码")
    assert said["error"] not in answer.content.decode()
    assert "13800001111" not in Event.objects.get().opinion


def test_a_persons_number_that_came_with_the_address_is_refused_before_anything_is_read(
    client: Client, issuer: str
) -> None:
    answer = client.get("/sign-in/citizen/back/", {"error": "<b>999999198803120028</b>", "state": "x"})
    assert answer.status_code == 400
    assert "999999198803120028" not in answer.content.decode()
    assert not Event.objects.exists()


def test_refusals_of_one_address_do_not_fill_the_evidence(client: Client, issuer: str) -> None:
    for _ in range(25):
        assert client.get("/sign-in/citizen/back/", {"code": "x", "state": "y"}).status_code == 400
    assert Event.objects.count() == 20


def test_a_provider_that_describes_another_issuer_is_not_used(client: Client, liar: Hostile) -> None:
    liar.discovery["issuer"] = "https://elsewhere.example"
    assert client.post("/sign-in/citizen/").status_code == 502


def test_a_silent_provider_gives_a_page_within_seconds(
    client: Client, liar: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert oidc.TIMEOUT == 5
    monkeypatch.setattr(oidc, "TIMEOUT", 0.2)
    liar.delay = 1.0
    answer = client.post("/sign-in/citizen/")
    assert answer.status_code == 502
    assert "暂时没有应答" in answer.content.decode()


def test_a_provider_that_is_down_gives_a_page(client: Client, db: None, settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert "暂时没有应答" in client.post("/sign-in/citizen/").content.decode()


def test_a_provider_that_goes_down_on_the_way_gives_a_page(client: Client, db: None, settings: Settings) -> None:
    with hostile() as one:
        settings.OIDC_ISSUER = one.issuer
        state = parse_qs(urlsplit(client.post("/sign-in/citizen/")["Location"]).query)["state"][0]
    answer = client.get("/sign-in/citizen/back/", {"code": "x", "state": state})
    assert answer.status_code == 502
    assert "_auth_user_id" not in client.session
