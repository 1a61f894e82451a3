"""市民登录: the whole way over HTTP, to the sandbox process and back."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from daoli_credit import cipher
from daoli_credit.accounts import real_name
from daoli_credit.accounts.models import Sitting, User
from daoli_credit.accounts.real_name import Identity
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from tests.accounts import tries
from tests.by_itself import stands_by_itself
from tests.sandbox.process import PEOPLE, connect, go_and_sign_in, provider, sign_in

LIN = "999999198803120028"
GU = "999999197002280019"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with provider(tmp_path_factory.mktemp("identity"), PEOPLE) as one:
        yield one


@pytest.fixture
def issuer(running: str, settings: Settings, db: None) -> str:
    tries.forget()
    connect(settings, running)
    return running


def test_a_citizen_signs_in_and_arrives_at_the_own_page(client: Client, issuer: str) -> None:
    answer = sign_in(client, "linxiuyun")
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    user = User.objects.get(face="citizen")
    assert user.person_keys() == [cipher.person_keys(LIN)[0]]
    assert Event.objects.get(act="user.signed-in").actor_id == user.audit_id


def test_neither_name_nor_number_nor_the_providers_subject_is_kept(client: Client, issuer: str) -> None:
    sign_in(client, "linxiuyun")
    user = User.objects.get(face="citizen")
    kept = json.dumps([dict(client.session), {name: str(value) for name, value in vars(user).items()}], default=str)
    assert client.session["masked_name"] == "林*云"
    for secret in ("秀", LIN, "linxiuyun"):
        assert secret not in kept
    assert not stands_by_itself(LIN[-6:], kept)
    assert user.username.startswith("c-0001")
    assert len(user.username) == 38


def test_the_same_citizen_keeps_the_same_row(client: Client, issuer: str) -> None:
    sign_in(client, "linxiuyun")
    sign_in(Client(), "linxiuyun")
    assert User.objects.filter(face="citizen").count() == 1


def test_the_session_key_changes_on_signing_in(client: Client, issuer: str) -> None:
    address = go_and_sign_in(client, "linxiuyun")
    before = client.session.session_key
    client.get(address)
    assert client.session.session_key != before
    assert not Sitting.objects.filter(pk=before).exists()


def test_the_next_person_at_this_computer_inherits_nothing(client: Client, issuer: str) -> None:
    sign_in(client, "linxiuyun")
    sign_in(client, "nobody")
    assert "masked_name" not in client.session


def test_a_citizen_has_twenty_idle_minutes(client: Client, issuer: str) -> None:
    sign_in(client, "linxiuyun")
    left = Sitting.objects.get(pk=client.session.session_key).expire_date - timezone.now()
    assert timedelta(minutes=19) < left <= timedelta(minutes=20)


def test_the_page_asked_for_comes_after_signing_in_but_not_an_address_elsewhere(client: Client, issuer: str) -> None:
    client.post("/sign-in/citizen/", {"next": "/rights/"})
    assert client.session["sign_in_next"] == "/rights/"
    client.post("/sign-in/citizen/", {"next": "https://evil.example/"})
    assert client.session["sign_in_next"] == ""


def test_the_provider_is_asked_to_see_the_person_again(client: Client, issuer: str) -> None:
    asked = parse_qs(urlsplit(client.post("/sign-in/citizen/")["Location"]).query)
    assert asked["prompt"] == ["login"]


def test_the_browser_may_send_the_form_on_to_the_provider(client: Client, db: None, settings: Settings) -> None:
    policy = client.get("/sign-in/citizen/")["Content-Security-Policy"]
    assert settings.OIDC_ORIGIN.startswith("http")
    assert f"form-action 'self' {settings.OIDC_ORIGIN}" in policy


def test_looking_at_the_page_starts_nothing(client: Client, issuer: str) -> None:
    assert client.get("/sign-in/citizen/").status_code == 200
    assert not client.session.keys()


def test_without_a_verified_identity_there_is_nothing_to_see(client: Client, issuer: str) -> None:
    answer = sign_in(client, "nobody")
    assert answer["Location"] == "/sign-in/citizen/unverified/"
    page = client.get(answer["Location"]).content.decode()
    assert "已登录，身份未核验" in page
    assert "区政务服务中心" in page
    assert User.objects.get(face="citizen").person_key is None


def test_nobody_under_eighteen_is_admitted(client: Client, issuer: str) -> None:
    answer = sign_in(client, "pupil")
    assert answer.status_code == 403
    assert "已满十八周岁" in answer.content.decode()
    assert not User.objects.filter(face="citizen").exists()
    assert "_auth_user_id" not in client.session
    assert Event.objects.filter(act="user.sign-in-failed").exists()


def test_who_declines_there_is_told_so_and_not_signed_in(client: Client, issuer: str) -> None:
    page = client.get("/sign-in/citizen/back/", {"error": "access_denied"}).content.decode()
    assert "没有同意提供身份信息" in page
    assert "_auth_user_id" not in client.session


def test_a_citizen_switched_off_is_not_admitted(client: Client, issuer: str) -> None:
    sign_in(client, "linxiuyun")
    User.objects.update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert sign_in(client, "linxiuyun").status_code == 403


def test_without_a_provider_the_page_says_so_and_shows_the_counter(
    client: Client, db: None, settings: Settings
) -> None:
    settings.OIDC_ISSUER = ""
    page = client.get("/sign-in/citizen/").content.decode()
    assert "还没有接通" in page
    assert "区政务服务中心" in page
    assert client.post("/sign-in/citizen/").status_code == 503
    assert client.get("/sign-in/citizen/back/", {"code": "x", "state": "y"}).status_code == 503


def test_the_cast_and_its_hint_are_of_the_demo_only(
    client: Client, issuer: str, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "cast.json").write_text(json.dumps([person | {"about": "市民"} for person in PEOPLE]), encoding="utf-8")
    settings.CAST_FILE = str(tmp_path / "cast.json")
    assert "演示人物" in client.get("/sign-in/citizen/").content.decode()
    assert "login_hint=gu" in client.post("/sign-in/citizen/", {"login_hint": "gu"})["Location"]
    settings.DEMO = False
    assert "演示人物" not in client.get("/sign-in/citizen/").content.decode()
    assert "login_hint" not in client.post("/sign-in/citizen/", {"login_hint": "gu"})["Location"]


@pytest.mark.parametrize(
    ("name", "masked"), [("王小梅", "王*梅"), ("王梅", "王*"), ("王", "王*"), ("买买提·艾力", "买*力"), ("", "")]
)
def test_a_name_is_masked(name: str, masked: str) -> None:
    assert Identity("i", "s", LIN, name).masked_name == masked


@pytest.mark.parametrize("number", ["999999198803120029", "99999919880312002", "999999198813120021", "", "E12345678"])
def test_a_number_that_cannot_be_right_counts_as_unverified(number: str) -> None:
    claims = {"iss": "i", "sub": "s", "verified": True, "name": "林秀云", "id_number": number}
    assert real_name.identity(claims) == Identity("i", "s")


@pytest.mark.parametrize("changed", [{"verified": "true"}, {"verified": 1}, {"verified": False}, {"name": ""}])
def test_only_verified_true_with_a_name_is_an_identity(changed: dict[str, object]) -> None:
    claims = {"iss": "i", "sub": "s", "verified": True, "name": "林秀云", "id_number": LIN, **changed}
    assert real_name.identity(claims) == Identity("i", "s")


def test_the_claims_are_named_by_settings(settings: Settings) -> None:
    settings.OIDC_CLAIM_ID_NUMBER, settings.OIDC_CLAIM_NAME, settings.OIDC_CLAIM_VERIFIED = "zjhm", "xm", "smrz"
    claims: dict[str, object] = {"iss": "i", "sub": "s", "smrz": True, "xm": "林秀云", "zjhm": LIN}
    assert real_name.identity(claims) == Identity("i", "s", LIN, "林秀云")


@pytest.mark.parametrize(
    ("on", "adult"),
    [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 2, 27), False)],
)
def test_full_age_begins_on_the_day_after_the_birthday(on: date, adult: bool) -> None:
    assert real_name.is_adult(date(2008, 2, 28), on) is adult


def test_who_was_born_on_the_leap_day_is_of_age_in_march() -> None:
    assert not real_name.is_adult(date(2008, 2, 29), date(2026, 2, 28))
    assert real_name.is_adult(date(2008, 2, 29), date(2026, 3, 1))


def test_age_is_asked_of_the_one_clock(db: None) -> None:
    with clock.at(date(2006, 3, 12)), pytest.raises(real_name.NotAdmitted, match="十八周岁"):
        real_name.citizen(Identity("i", "s", LIN, "林秀云"))
    with clock.at(date(2006, 3, 13)):
        assert real_name.citizen(Identity("i", "s", LIN, "林秀云")).person_key is not None


def test_an_invented_number_is_refused_in_production(db: None, settings: Settings) -> None:
    settings.DEMO = settings.TESTING = False
    with pytest.raises(real_name.NotAdmitted, match="虚构"):
        real_name.citizen(Identity("i", "s", LIN, "林秀云"))


def test_a_login_that_names_another_person_is_refused(db: None) -> None:
    real_name.citizen(Identity("i", "s", LIN, "林秀云"))
    with pytest.raises(real_name.NotAdmitted, match="与上次不同"):
        real_name.citizen(Identity("i", "s", GU, "顾某"))


def test_an_identity_no_longer_vouched_for_opens_nothing(db: None) -> None:
    real_name.citizen(Identity("i", "s", LIN, "林秀云"))
    assert real_name.citizen(Identity("i", "s")).person_key is None
    assert real_name.citizen(Identity("i", "s", LIN, "林秀云")).person_key is not None


def test_signing_in_moves_the_row_to_the_rings_current_key(db: None, settings: Settings) -> None:
    before = real_name.citizen(Identity("i", "s", LIN, "林秀云"))
    old = json.loads(settings.KEYRING)
    settings.KEYRING = json.dumps({"current": 2, "keys": {**old["keys"], "2": "ab" * 32}})
    after = real_name.citizen(Identity("i", "s", LIN, "林秀云"))
    after.refresh_from_db()
    assert after.pk == before.pk
    assert after.username.startswith("c-0002")
    assert after.person_keys() == cipher.person_keys(LIN)
    assert after.person_keys()[0].startswith(b"\x00\x02")


def test_the_same_subject_of_another_provider_is_another_row(db: None) -> None:
    one = real_name.citizen(Identity("https://a.example", "s", LIN, "林秀云"))
    two = real_name.citizen(Identity("https://b.example", "s", LIN, "林秀云"))
    assert one.pk != two.pk
    assert one.person_key == two.person_key
