"""接口密钥: asked by one officer, approved by another, shown once; wrong, early, ended and foreign ones are refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from daoli_credit.accounts import service_keys
from daoli_credit.accounts.models import ServiceKey
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from tests.accounts import tries
from tests.cast import Cast, browser

WHOAMI = "/api/v1/whoami/"


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


def made(cast: Cast, *scopes: str, days: int = 90) -> service_keys.Made:
    return service_keys.ask(
        actor=cast.system_officer,
        title="市场监管案件系统",
        department=cast.market,
        scopes=scopes or ("connect",),
        expires_on=clock.today() + timedelta(days=days),
    )


def working(cast: Cast, *scopes: str, days: int = 90) -> str:
    one = made(cast, *scopes, days=days)
    service_keys.approve(key_id=one.key.pk, actor=cast.security_officer)
    return one.text


def call(text: str, scheme: str = "Daoli") -> tuple[int, dict[str, object]]:
    answer = Client().get(WHOAMI, headers={"Authorization": f"{scheme} {text}"})
    return answer.status_code, answer.json()


def test_a_working_key_says_whose_it_is_and_until_when(cast: Cast) -> None:
    status, said = call(working(cast))
    assert status == 200
    assert said == {
        "system": "市场监管案件系统",
        "department": {"code": "market-regulation", "name": cast.market.name},
        "scopes": ["connect"],
        "expires_on": (clock.today() + timedelta(days=90)).isoformat(),
    }


def test_without_a_key_the_answer_is_401_in_chinese_and_names_the_scheme(db: None) -> None:
    answer = Client().get(WHOAMI)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Daoli")
    assert answer.json() == {"code": 401, "says": "请在 Authorization 里出示接口密钥"}
    assert call("x", scheme="Bearer")[0] == 401


def test_wrong_early_revoked_and_expired_keys_are_refused(cast: Cast) -> None:
    early = made(cast)
    assert call(early.text) == (401, {"code": 401, "says": "这个密钥还没有批准"})
    text = working(cast)
    prefix = text.split(".")[0]
    for wrong in (f"{prefix}.", f"{prefix}.{'A' * 43}", prefix, "", ".", f"00000000.{text.split('.')[1]}", f"{text}x"):
        assert call(wrong) == (401, {"code": 401, "says": "接口密钥不对"}), wrong
    with clock.at(clock.today() + timedelta(days=91)):
        assert call(text) == (401, {"code": 401, "says": "这个密钥已经到期"})
    with clock.at(clock.today() + timedelta(days=90)):
        assert call(text)[0] == 200
    service_keys.revoke(key_id=ServiceKey.objects.get(prefix=prefix).pk, actor=cast.system_officer, opinion="系统下线")
    assert call(text) == (401, {"code": 401, "says": "这个密钥已经停用"})


def test_a_key_without_the_scope_gets_403(cast: Cast) -> None:
    assert call(working(cast, "records")) == (403, {"code": 403, "says": "这个密钥没有这项权限"})


def test_other_methods_and_formats_are_answered_in_chinese(cast: Cast) -> None:
    head = {"Authorization": f"Daoli {working(cast)}"}
    assert Client().post(WHOAMI, headers=head).json()["says"] == "这个地址不收这种请求"
    assert Client().get(WHOAMI, headers={**head, "Accept": "text/html"}).status_code == 406


def test_twenty_wrong_keys_from_one_address_close_it_to_that_address_only(cast: Cast) -> None:
    text = working(cast)
    statuses = [call(f"{'0' * 8}.{n}")[0] for n in range(21)]
    assert statuses == [401] * 20 + [429]
    assert call(text)[0] == 429
    other = Client(REMOTE_ADDR="10.0.0.9").get(WHOAMI, headers={"Authorization": f"Daoli {text}"})
    assert other.status_code == 200


def test_too_many_calls_of_one_key_are_slowed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from daoli_credit.accounts.api import PerKey  # noqa: PLC0415  the rate is read when a request comes

    monkeypatch.setattr(PerKey, "THROTTLE_RATES", {"service-key": "3/min"})
    text = working(cast)
    assert [call(text)[0] for _ in range(4)] == [200, 200, 200, 429]
    assert call(text)[1]["says"] == "请求太多，请稍后再试"


def test_only_the_first_call_of_a_day_leaves_an_event(cast: Cast) -> None:
    text = working(cast)
    for _ in range(3):
        call(text)
    used = Event.objects.filter(act="service-key.used")
    assert used.count() == 1
    assert used.get().actor_id == f"key:{text.split('.')[0]}"
    with clock.at(clock.today() + timedelta(days=1)):
        call(text)
    assert used.count() == 2


def test_the_secret_is_shown_once_and_stored_nowhere(cast: Cast) -> None:
    officer = browser(cast.system_officer)
    body = {
        "title": "市场监管案件系统",
        "department": cast.market.code,
        "scopes": ["connect"],
        "expires_on": (clock.today() + timedelta(days=30)).isoformat(),
    }
    page = officer.post("/desk/service-keys/", body).content.decode()
    key = ServiceKey.objects.get()
    text = page.split(f">{key.prefix}.")[1].split("<")[0]
    assert len(text) >= 43
    assert text not in str(vars(key))
    assert text not in officer.get("/desk/service-keys/").content.decode()
    assert not [event for event in Event.objects.all() if text in f"{event.opinion}{event.object_id}"]
    assert call(f"{key.prefix}.{text}")[0] == 401
    browser(cast.security_officer).post(f"/desk/service-keys/{key.pk}/approve/")
    assert call(f"{key.prefix}.{text}")[0] == 200


def test_two_people_stand_behind_a_key(cast: Cast) -> None:
    one = made(cast)
    for user in (cast.system_officer, cast.audit_officer, cast.supervisor, cast.clerk):
        with pytest.raises(PermissionDenied):
            service_keys.approve(key_id=one.key.pk, actor=user)
        assert browser(user).post(f"/desk/service-keys/{one.key.pk}/approve/").status_code == 403
    for user in (cast.security_officer, cast.audit_officer, cast.clerk):
        with pytest.raises(PermissionDenied):
            service_keys.ask(
                actor=user, title="x", department=cast.market, scopes=["connect"], expires_on=clock.today()
            )


def test_approving_and_ending_twice_are_harmless_and_an_ended_key_stays_ended(cast: Cast) -> None:
    one = made(cast)
    service_keys.approve(key_id=one.key.pk, actor=cast.security_officer)
    with pytest.raises(AlreadyDone):
        service_keys.approve(key_id=one.key.pk, actor=cast.security_officer)
    with pytest.raises(RuleBroken, match="原因"):
        service_keys.revoke(key_id=one.key.pk, actor=cast.security_officer, opinion=" ")
    service_keys.revoke(key_id=one.key.pk, actor=cast.security_officer, opinion="泄露")
    with pytest.raises(AlreadyDone):
        service_keys.revoke(key_id=one.key.pk, actor=cast.system_officer, opinion="泄露")
    other = made(cast)
    service_keys.revoke(key_id=other.key.pk, actor=cast.system_officer, opinion="填错了")
    with pytest.raises(WrongState):
        service_keys.approve(key_id=other.key.pk, actor=cast.security_officer)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_key_lasts_a_year_at_most(cast: Cast, days: int) -> None:
    with pytest.raises(RuleBroken, match="一年以内"):
        made(cast, days=days)
    body = {"title": "案件系统", "department": cast.market.code, "scopes": ["connect"]}
    body["expires_on"] = (clock.today() + timedelta(days=days)).isoformat()
    answer = browser(cast.system_officer).post("/desk/service-keys/", body)
    assert answer.status_code == 422
    assert "案件系统" in answer.content.decode()
    assert not ServiceKey.objects.exists()


def test_a_signed_in_browser_is_nobody_at_the_interface(cast: Cast) -> None:
    assert browser(cast.system_officer).get(WHOAMI).status_code == 401
