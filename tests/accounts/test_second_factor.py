"""第二因素: a password alone signs nobody in who has one; a code is good once; the secret lies sealed."""

import pytest
from django.test import Client
from pytest_django import Settings

from daoli_credit.accounts import entry, messages, second_factor, sitting
from daoli_credit.accounts.models import RecoveryCode, SecondFactor, User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from tests.accounts import codes
from tests.cast import Cast, browser, signs_in

pytestmark = pytest.mark.usefixtures("cheap")
PASSWORD = "a-long-enough-password"
STEP_TWO = "/sign-in/second/"


@pytest.fixture
def officer(db: None) -> User:
    return signs_in("zhaomin", PASSWORD)


@pytest.fixture
def secret(officer: User) -> str:
    return codes.enrol(officer)[0]


def first_step(client: Client, wanted: str = "") -> str:
    given = {"username": "zhaomin", "password": PASSWORD, "next": wanted}
    return str(client.post("/sign-in/", given)["Location"])


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_the_password_alone_opens_nothing(client: Client, secret: str) -> None:
    assert first_step(client) == STEP_TWO
    assert "_auth_user_id" not in client.session
    assert not is_in(client)
    assert not Event.objects.filter(act="user.signed-in").exists()


def test_password_and_code_sign_in_and_go_where_it_was_wanted(client: Client, secret: str) -> None:
    first_step(client, "/rights/")
    before = client.session.session_key
    answer = client.post(STEP_TWO, {"code": codes.code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/rights/")
    assert is_in(client)
    assert client.session.session_key != before
    assert Event.objects.get(act="user.signed-in").opinion == "另用动态口令"


def test_a_full_width_code_with_a_blank_is_the_same_code(client: Client, secret: str) -> None:
    first_step(client)
    typed = codes.code(secret).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert client.post(STEP_TWO, {"code": f"{typed[:3]} {typed[3:]}"}).status_code == 302


def test_a_code_is_good_once(client: Client, secret: str) -> None:
    first_step(client)
    used = codes.code(secret)
    assert client.post(STEP_TWO, {"code": used}).status_code == 302
    other = Client()
    first_step(other)
    answer = other.post(STEP_TWO, {"code": used})
    assert answer.status_code == 422
    assert "已经用过" in answer.content.decode()
    assert not is_in(other)


def test_the_code_that_enrolled_is_used_up_too(client: Client, officer: User) -> None:
    codes.settle()
    secret = second_factor.secret(second_factor.pending(officer))
    used = codes.code(secret)
    second_factor.confirm(officer, used, keep=None)
    first_step(client)
    assert client.post(STEP_TWO, {"code": used}).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (0, 302), (1, 302), (2, 422)])
def test_a_telephone_may_be_half_a_minute_off_and_no_more(client: Client, secret: str, steps: int, status: int) -> None:
    first_step(client)
    codes.settle()
    assert client.post(STEP_TWO, {"code": codes.code(secret, steps)}).status_code == status


def test_an_older_step_is_refused_after_a_newer_one(client: Client, secret: str) -> None:
    first_step(client)
    codes.settle()
    assert client.post(STEP_TWO, {"code": codes.code(secret, 1)}).status_code == 302
    other = Client()
    first_step(other)
    assert other.post(STEP_TWO, {"code": codes.code(secret)}).status_code == 422


def test_five_wrong_codes_lock_even_the_right_one_and_a_new_first_step(client: Client, secret: str) -> None:
    first_step(client)
    assert [client.post(STEP_TWO, {"code": codes.wrong(secret)}).status_code for _ in range(5)] == [422] * 4 + [429]
    first_step(client)
    assert client.post(STEP_TWO, {"code": codes.code(secret)}).status_code == 429
    assert not is_in(client)
    assert Event.objects.filter(act="user.locked-out").count() == 1


def test_the_half_way_lasts_five_minutes(client: Client, secret: str) -> None:
    first_step(client)
    session = client.session
    session["half_signed_in"] = {**session["half_signed_in"], "until": 0}
    session.save()
    answer = client.post(STEP_TWO, {"code": codes.code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")


def test_a_password_changed_meanwhile_ends_the_half_way(client: Client, secret: str, officer: User) -> None:
    first_step(client)
    officer.set_password("quite-another-long-password")
    officer.save()
    assert client.post(STEP_TWO, {"code": codes.code(secret)})["Location"] == "/sign-in/"


def test_without_a_first_step_there_is_no_second(client: Client, db: None) -> None:
    assert client.get(STEP_TWO)["Location"] == "/sign-in/"


def test_whoever_sat_here_before_is_out_at_the_first_step(client: Client, secret: str) -> None:
    client.force_login(signs_in("lijing", PASSWORD))
    first_step(client)
    assert not is_in(client)


def test_a_recovery_code_stands_in_once_and_is_told(client: Client, officer: User) -> None:
    _, recovery = codes.enrol(officer)
    assert len(set(recovery)) == 10
    first_step(client)
    assert client.post(STEP_TWO, {"code": recovery[3].lower()}).status_code == 302
    assert Event.objects.filter(act="user.recovery-code-used", object_id=str(officer.pk)).count() == 1
    told = messages.of(officer)[0]
    assert "还剩 9 个" in messages.text(told)
    again = Client()
    first_step(again)
    assert again.post(STEP_TWO, {"code": recovery[3]}).status_code == 422
    assert not is_in(again)


def test_another_persons_recovery_code_is_worth_nothing(client: Client, officer: User, secret: str) -> None:
    other = signs_in("lijing", PASSWORD)
    _, theirs = codes.enrol(other)
    first_step(client)
    assert client.post(STEP_TWO, {"code": theirs[0]}).status_code == 422


def test_neither_secret_nor_recovery_codes_lie_in_plain(officer: User) -> None:
    secret, recovery = codes.enrol(officer)
    row = SecondFactor.objects.get()
    assert secret.encode() not in bytes(row.secret)
    digests = b"".join(bytes(one.digest) for one in RecoveryCode.objects.all())
    assert not [one for one in recovery if second_factor.normal(one).encode() in digests]
    said = " ".join(f"{one.opinion} {one.object_id}" for one in Event.objects.all())
    assert not [one for one in [secret, *recovery] if one in said]


def test_enrolling_in_the_browser_shows_a_picture_and_gives_ten_codes_once(client: Client, officer: User) -> None:
    first_step(client)
    page = client.get("/account/second-factor/").content.decode()
    assert '<img class="qr" src="/account/second-factor/qr.svg"' in page
    picture = client.get("/account/second-factor/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert b"style=" not in picture.content
    secret = second_factor.secret(second_factor.pending(officer))
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
    assert client.post("/account/second-factor/", {"code": codes.wrong(secret)}).status_code == 422
    assert not codes.enrolled(officer)
    answer = client.post("/account/second-factor/", {"code": codes.code(secret)})
    assert answer.content.decode().count('<li><code class="code">') == 10
    assert codes.enrolled(officer)
    assert client.get("/account/second-factor/qr.svg").status_code == 404
    assert secret not in client.get("/account/second-factor/").content.decode().replace(" ", "")


def test_a_session_found_open_cannot_enrol_a_telephone_of_its_own(client: Client, officer: User) -> None:
    first_step(client)
    session = client.session
    session[sitting.SINCE] -= entry.FRESH_SECONDS
    session.save()
    page = client.get("/account/second-factor/")
    assert "十分钟以内" in page.content.decode()
    assert client.get("/account/second-factor/qr.svg").status_code == 404
    secret = second_factor.secret(second_factor.pending(officer))
    assert client.post("/account/second-factor/", {"code": codes.code(secret)}).status_code == 403
    assert not codes.enrolled(officer)


def test_enrolling_ends_the_other_sessions(client: Client, officer: User) -> None:
    first_step(client)
    elsewhere = Client()
    elsewhere.force_login(officer)
    secret = second_factor.secret(second_factor.pending(officer))
    client.post("/account/second-factor/", {"code": codes.code(secret)})
    assert is_in(client)
    assert not is_in(elsewhere)


def test_new_recovery_codes_and_removing_each_ask_for_a_code(client: Client, officer: User) -> None:
    secret, old = codes.enrol(officer)
    client.force_login(officer)
    for address in ("codes", "remove"):
        assert client.post(f"/account/second-factor/{address}/", {"code": codes.wrong(secret)}).status_code == 422
        assert client.post(f"/account/second-factor/{address}/", {"code": ""}).status_code == 422
    assert codes.enrolled(officer)
    answer = client.post("/account/second-factor/codes/", {"code": old[0]})
    assert answer.status_code == 200
    assert old[1] not in answer.content.decode()
    with pytest.raises(second_factor.WrongCode):
        second_factor.check(officer, old[1])
    new = codes_on(answer.content.decode())
    assert client.post("/account/second-factor/remove/", {"code": new[0]}).status_code == 302
    assert not codes.enrolled(officer)


def codes_on(page: str) -> list[str]:
    return [part.split("</code>")[0] for part in page.split('<li><code class="code">')[1:]]


def test_the_security_officer_resets_a_lost_one_with_a_reason_and_the_person_is_told(cast: Cast) -> None:
    codes.enrol(cast.clerk)
    theirs = browser(cast.clerk)
    officer = browser(cast.security_officer)
    assert "赵敏" in officer.get("/desk/second-factors/").content.decode()
    address = f"/desk/second-factors/{cast.clerk.pk}/reset/"
    officer.post(address, {"opinion": " "})
    assert codes.enrolled(cast.clerk)
    officer.post(address, {"opinion": "本人带工作证到场，手机遗失"})
    assert not codes.enrolled(cast.clerk)
    assert theirs.get("/desk/").status_code == 302
    event = Event.objects.get(act="user.second-factor-reset")
    assert (event.actor_id, event.opinion) == (cast.security_officer.audit_id, "本人带工作证到场，手机遗失")
    assert messages.of(cast.clerk)[0].title == "动态口令已重置"


def test_nobody_else_resets_and_nobody_their_own(cast: Cast) -> None:
    codes.enrol(cast.clerk)
    codes.enrol(cast.security_officer)
    for user in (cast.system_officer, cast.audit_officer, cast.supervisor, cast.reviewer):
        address = f"/desk/second-factors/{cast.clerk.pk}/reset/"
        assert browser(user).post(address, {"opinion": "核对过"}).status_code == 403
    own = f"/desk/second-factors/{cast.security_officer.pk}/reset/"
    browser(cast.security_officer).post(own, {"opinion": "核对过"})
    assert codes.enrolled(cast.clerk)
    assert codes.enrolled(cast.security_officer)


@pytest.mark.parametrize("address", ["/desk/", "/account/", "/account/password/", "/rights/", "/supervision/", "/"])
def test_where_it_is_required_nothing_opens_before_it_is_enrolled(
    client: Client, officer: User, settings: Settings, address: str
) -> None:
    settings.STAFF_SECOND_FACTOR = "required"
    first_step(client)
    assert client.get(address)["Location"] == "/account/second-factor/"
    assert client.post(address)["Location"] == "/account/second-factor/"
    page = client.get("/account/second-factor/")
    assert "先启用动态口令" in page.content.decode()
    secret = second_factor.secret(second_factor.pending(officer))
    client.post("/account/second-factor/", {"code": codes.code(secret)})
    assert client.get("/desk/").status_code == 200


def test_where_it_is_required_a_session_without_the_second_step_opens_nothing(
    client: Client, officer: User, secret: str, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = "required"
    client.force_login(officer)
    assert client.get("/desk/")["Location"] == "/account/second-factor/"
    client.logout()
    first_step(client)
    client.post(STEP_TWO, {"code": codes.code(secret)})
    assert client.get("/desk/").status_code == 200


def test_a_secret_that_nobody_confirmed_is_replaced_after_half_an_hour(officer: User) -> None:
    first = second_factor.secret(second_factor.pending(officer))
    assert second_factor.secret(second_factor.pending(officer)) == first
    SecondFactor.objects.update(made_at=clock.now() - second_factor.PENDING)
    assert second_factor.secret(second_factor.pending(officer)) != first
