"""激活信: printed at the window for a card that was shown, used once at home; nobody learns who is known here."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from daoli_credit import cipher
from daoli_credit.accounts import letters, messages, real_name
from daoli_credit.accounts.models import ActivationLetter, User
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from tests.accounts import tries
from tests.by_itself import stands_by_itself
from tests.cast import Cast, browser

pytestmark = pytest.mark.usefixtures("cheap")
GU, LIN = "999999197002280019", "999999198803120028"
PUPIL = "999999201506020017"
PASSPHRASE = "松花江畔的一句足够长的口令"
DOOR, OWN = "/sign-in/letter/", "/sign-in/citizen/password/"


def printed(cast: Cast, id_number: str = GU) -> letters.Printed:
    assert cast.counter.home_department is not None
    return letters.print_letter(id_number=id_number, actor=cast.counter, department=cast.counter.home_department)


def use(client: Client, code: str, id_number: str = GU, passphrase: str = PASSPHRASE) -> int:
    body = {"id_number": id_number, "code": code, "new": passphrase, "again": passphrase}
    return client.post(DOOR, body).status_code


def at_the_window(cast: Cast, **changed: str) -> tuple[int, str]:
    body = {"name": "顾长林", "id_number": GU, "checked": "on", **changed}
    answer = browser(cast.counter).post("/desk/counter/", {name: value for name, value in body.items() if value})
    return answer.status_code, answer.content.decode()


def test_from_the_window_to_the_own_page(cast: Cast, client: Client) -> None:
    status, page = at_the_window(cast)
    assert status == 200
    assert "顾长林" in page
    assert GU not in page
    (code,) = re.findall(r"[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){2}", page)
    assert use(client, code) == 302
    assert client.get("/me/").status_code == 200
    client.post("/sign-out/")
    answer = client.post(OWN, {"id_number": GU.lower(), "password": PASSPHRASE})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    user = User.objects.get(username__startswith="c-00")
    assert user.person_keys() == [cipher.person_keys(GU)[0]]
    assert (user.display_name, user.face) == ("", "citizen")


def test_the_person_sees_who_checked_the_card(cast: Cast) -> None:
    letter = printed(cast).letter
    look = LookUp.objects.get(matter="check-identity")
    assert (look.case_number, look.actor_label, look.department) == (letter.number, "田丽", "credit-office")
    page = browser(cast.third).get("/me/looks/").content.decode()
    assert "窗口核对身份" in page
    assert "没有留存" in page
    assert messages.of(cast.third)[0].title == "窗口打印了激活信"


def test_a_number_that_was_drawn_before_is_drawn_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once in some thousand letters; the window would have been told that somebody else had just printed this one."""
    drawn = iter([7, 7, 7, 12345678])
    monkeypatch.setattr("daoli_credit.accounts.letters.secrets.randbelow", lambda below: next(drawn))
    first, second = printed(cast).letter, printed(cast, LIN).letter
    assert (first.number[-8:], second.number[-8:]) == ("00000007", "12345678")


def test_nothing_that_was_typed_is_kept(cast: Cast, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    one = printed(cast)
    code = one.code.replace("-", "")
    use(client, "2345-6789-ABCD")
    use(client, one.code)
    row = vars(ActivationLetter.objects.get())
    events = " ".join(f"{event.opinion}{event.object_id}{event.actor_label}" for event in Event.objects.all())
    looks = " ".join(f"{look.purpose}{look.case_number}" for look in LookUp.objects.all())
    kept = f"{row}{events}{looks}{caplog.text}{dict(client.session)}"
    assert not [word for word in (code, one.code, GU, "顾", PASSPHRASE) if word in kept]
    assert not stands_by_itself(GU[-6:], kept)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"checked": ""}, "没有看过证件原件"),
        ({"id_number": "999999197002280010"}, "对照证件重新输入"),
        ({"id_number": "E12345678"}, "对照证件重新输入"),
        ({"name": ""}, "请照证件填写姓名"),
        ({"id_number": PUPIL}, "已满十八周岁"),
    ],
)
def test_a_card_that_was_not_checked_prints_nothing(cast: Cast, changed: dict[str, str], says: str) -> None:
    status, page = at_the_window(cast, **changed)
    assert status == 422
    assert says in page
    assert not ActivationLetter.objects.exists()
    assert not LookUp.objects.filter(matter="check-identity").exists()


def test_only_the_window_prints(cast: Cast) -> None:
    for user in (cast.clerk, cast.supervisor, cast.operator, cast.security_officer):
        assert browser(user).post("/desk/counter/", {"name": "顾", "id_number": GU, "checked": "on"}).status_code == 403
        assert user.home_department is not None
        with pytest.raises(PermissionDenied):
            letters.print_letter(id_number=GU, actor=user, department=user.home_department)


def test_a_code_opens_once(cast: Cast, client: Client) -> None:
    one = printed(cast)
    assert use(client, one.code) == 302
    assert use(Client(), one.code) == 422


def test_a_new_letter_voids_the_old_one_and_sets_the_passphrase_anew(cast: Cast, client: Client) -> None:
    old, new = printed(cast), printed(cast)
    assert ActivationLetter.objects.get(pk=old.letter.pk).voided_on == clock.today()
    assert use(client, old.code) == 422
    assert use(client, new.code) == 302
    again = printed(cast)
    assert use(Client(), again.code, passphrase="换过的另一句足够长的口令") == 302
    assert client.get("/me/").status_code == 302  # whoever sat there with the old passphrase is out
    assert Client().post(OWN, {"id_number": GU, "password": PASSPHRASE}).status_code == 422
    assert User.objects.filter(username__startswith="c-00").count() == 1


def test_it_ends_after_thirty_days(cast: Cast, client: Client) -> None:
    one = printed(cast)
    with clock.at(clock.today() + timedelta(days=31)):
        assert use(client, one.code) == 422
    with clock.at(clock.today() + timedelta(days=30)):
        assert use(client, one.code) == 302


def test_five_wrong_codes_kill_it_and_the_person_is_told(cast: Cast, client: Client) -> None:
    one = printed(cast)
    assert [use(client, "2345-6789-ABCD") for _ in range(5)] == [422] * 4 + [429]
    tries.forget()
    assert use(client, one.code) == 422
    assert messages.of(cast.third)[0].title == "激活信已失效"
    assert Event.objects.filter(act="letter.died", object_id=one.letter.number).count() == 1


def test_wrong_tries_are_counted_over_many_addresses(cast: Cast) -> None:
    one = printed(cast)
    for n in range(5):
        tries.forget()
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(
            DOOR, {"id_number": GU, "code": "2345-6789-ABCD", "new": PASSPHRASE, "again": PASSPHRASE}
        )
    tries.forget()
    assert use(Client(), one.code) == 422


def test_another_persons_code_opens_nothing(cast: Cast, client: Client) -> None:
    one = printed(cast)
    printed(cast, LIN)
    assert use(client, one.code, id_number=LIN) == 422
    assert not User.objects.filter(username__startswith="c-00").exists()


def test_the_answer_is_the_same_whether_or_not_the_number_is_known(cast: Cast) -> None:
    printed(cast)
    body = {"code": "2345-6789-ABCD", "new": PASSPHRASE, "again": PASSPHRASE}
    seen = []
    for number in (GU, LIN):
        tries.forget()
        answers = [Client().post(DOOR, {**body, "id_number": number}) for _ in range(6)]
        pages = [plain(answer.content.decode(), number) for answer in answers]
        signs = [plain(one.content.decode(), number) for one in doors(number)]
        seen.append(([answer.status_code for answer in answers], pages, signs))
    assert seen[0] == seen[1]


def doors(number: str) -> Iterator[Any]:
    for _ in range(6):
        yield Client().post(OWN, {"id_number": number, "password": "wrong"})


def plain(page: str, number: str) -> str:
    """The page without what the visitor typed and without its form token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(number, "")


def test_a_weak_passphrase_costs_no_try_and_loses_nothing(cast: Cast, client: Client) -> None:
    one = printed(cast)
    answer = client.post(DOOR, {"id_number": GU, "code": one.code, "new": "short", "again": "short"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "至少 12 个字" in page
    assert GU in page
    assert ActivationLetter.objects.get().wrong_tries == 0


def test_a_wrong_passphrase_locks_after_five_as_at_every_door(cast: Cast, client: Client) -> None:
    use(client, printed(cast).code)
    tries.forget()
    wrong = {"id_number": GU, "password": "wrong"}
    assert [Client().post(OWN, wrong).status_code for _ in range(5)] == [422] * 4 + [429]
    assert Client().post(OWN, {"id_number": GU, "password": PASSPHRASE}).status_code == 429


def test_a_letter_login_never_opens_the_staff_door_nor_a_switched_off_one_anything(cast: Cast, client: Client) -> None:
    use(client, printed(cast).code)
    user = User.objects.get(username__startswith="c-00")
    assert Client().post("/sign-in/", {"username": user.username, "password": PASSPHRASE}).status_code == 422
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert Client().post(OWN, {"id_number": GU, "password": PASSPHRASE}).status_code == 422
    with pytest.raises(real_name.NotAdmitted, match="停用"):
        letters.activate(id_number=GU, code=printed(cast).code, passphrase=PASSPHRASE)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_an_address_elsewhere_is_not_followed(cast: Cast, client: Client, elsewhere: str) -> None:
    use(client, printed(cast).code)
    answer = Client().post(OWN, {"id_number": GU, "password": PASSPHRASE, "next": elsewhere})
    assert answer["Location"] == "/me/"
