"""开通账号、重设口令、调换部门."""

import re

import pytest
from django.test import Client

from daoli_credit.accounts import passwords
from daoli_credit.accounts.models import Department, Sitting, User
from daoli_credit.accounts.workflows import people
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from tests.accounts import tries
from tests.cast import Cast, browser
from tests.days import years_on

NEW = {"display_name": "周小禾", "username": "zhouxiaohe", "home": "market-regulation"}


def shown(html: str) -> str:
    found = re.search(r'id="first-password">([^<]+)<', html)
    assert found
    return found[1]


def test_the_first_password_is_shown_once_and_opens_the_door(cast: Cast, client: Client) -> None:
    tries.forget()
    answer = browser(cast.system_officer).post("/desk/people/new/", NEW)
    password = shown(answer.content.decode())
    assert len(password) == 19
    assert "no-store" in answer["Cache-Control"]
    user = User.objects.get(username="zhouxiaohe")
    assert password not in browser(cast.system_officer).get(f"/desk/people/{user.pk}/").content.decode()
    assert client.post("/sign-in/", {"username": "zhouxiaohe", "password": password}).status_code == 302
    assert client.get("/desk/")["Location"] == "/account/password/"  # and nothing else until it is changed
    event = Event.objects.get(act="user.opened")
    assert (event.object_id, event.actor_id, event.department) == (
        str(user.pk), cast.system_officer.audit_id, "market-regulation",
    )  # fmt: skip
    assert password not in str(vars(event))


def test_a_new_account_holds_nothing(cast: Cast) -> None:
    user, _ = people.open_account(
        username="zhouxiaohe", display_name="周小禾", home=cast.market, actor=cast.system_officer
    )
    assert not user._rights
    passwords.change(user, new="自己想的一句足够长的口令")
    assert browser(user).get("/desk/records/").status_code == 403


def test_a_double_click_opens_one_account(cast: Cast) -> None:
    client = browser(cast.system_officer)
    assert client.post("/desk/people/new/", NEW).status_code == 200
    again = client.post("/desk/people/new/", NEW, follow=True)
    assert again.status_code == 200
    assert "没有看到的请重设" in again.content.decode()
    assert User.objects.filter(username="zhouxiaohe").count() == 1
    assert Event.objects.filter(act="user.opened").count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"username": ""}, "请填写登录名"),
        ({"username": "Zhou 小禾"}, "小写字母"),
        ({"username": "zh"}, "小写字母"),
        ({"username": "system"}, "留作他用"),
        ({"username": "c-abc"}, "留作他用"),
        ({"username": "zhaomin"}, "已经有人使用"),
        ({"display_name": ""}, "请填写姓名"),
        ({"display_name": "周"}, "2 至 40"),
        ({"display_name": "周小禾13800001234"}, "不要写证件号码或电话"),
        ({"display_name": "周小禾8号"}, "不写数字"),
        ({"home": ""}, "请选择所在部门"),
        ({"home": "nowhere"}, "没有这个在用的部门"),
    ],
)
def test_a_wrong_form_comes_back_whole(cast: Cast, changes: dict[str, str], says: str) -> None:
    before = User.objects.count()
    answer = browser(cast.system_officer).post("/desk/people/new/", {**NEW, **changes})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html
    if "display_name" not in changes:
        assert "周小禾" in html
    assert User.objects.count() == before


def test_nobody_is_opened_in_a_department_that_is_not_in_use(cast: Cast) -> None:
    later = Department.objects.create(
        code="later", name="以后才有的局", name_en="Later", kind="government", oversight="reminder+assessment",
        reports_penalties=True, valid_from=years_on(clock.today(), 1),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="不在用"):
        people.open_account(username="zhouxiaohe", display_name="周小禾", home=later, actor=cast.system_officer)


def test_a_reset_ends_every_session_under_the_old_password(cast: Cast, client: Client) -> None:
    tries.forget()
    old = browser(cast.clerk)
    assert old.get("/desk/").status_code == 200
    answer = browser(cast.system_officer).post(f"/desk/people/{cast.clerk.pk}/password/")
    assert old.get("/desk/").status_code == 302
    assert not Sitting.objects.filter(user=cast.clerk).exists()
    password = shown(answer.content.decode())
    assert client.post("/sign-in/", {"username": "zhaomin", "password": password})["Location"] == "/desk/"


def test_no_officers_password_is_reset_from_a_page(cast: Cast) -> None:
    for user in (cast.system_officer, cast.security_officer, cast.audit_officer):
        with pytest.raises(RuleBroken, match="三员的口令"):
            people.reset_password(user_id=user.pk, actor=cast.system_officer)


def test_whoever_left_gets_no_password(cast: Cast) -> None:
    people.close(user_id=cast.clerk.pk, why="离职", actor=cast.system_officer)
    with pytest.raises(WrongState):
        people.reset_password(user_id=cast.clerk.pk, actor=cast.system_officer)
    assert browser(cast.system_officer).post(f"/desk/people/{cast.clerk.pk}/password/").status_code == 409


def test_a_mover_leaves_every_duty_behind(cast: Cast) -> None:
    old = browser(cast.both)
    people.move(user_id=cast.both.pk, home=cast.health, actor=cast.system_officer)
    user = User.objects.get(pk=cast.both.pk)
    assert user.home_department == cast.health
    assert not user._rights
    assert old.get("/desk/").status_code == 302
    assert Event.objects.filter(act="role.lost", object_id=str(user.pk)).count() == 2
    event = Event.objects.get(act="user.moved")
    assert (event.from_status, event.to_status) == ("market-regulation", "health")
    with pytest.raises(AlreadyDone):
        people.move(user_id=cast.both.pk, home=cast.health, actor=cast.system_officer)


def test_citizens_have_no_page_among_the_people(cast: Cast) -> None:
    for officer in (cast.system_officer, cast.security_officer, cast.audit_officer):
        assert browser(officer).get(f"/desk/people/{cast.citizen.pk}/").status_code == 404


def test_the_list_is_filtered_by_department_and_state(cast: Cast) -> None:
    people.close(user_id=cast.clerk.pk, why="离职", actor=cast.system_officer)
    client = browser(cast.audit_officer)
    html = client.get("/desk/people/?department=market-regulation&state=left").content.decode()
    assert "赵敏" in html
    assert "孙建国" not in html
    html = client.get("/desk/people/?department=market-regulation&state=here").content.decode()
    assert "孙建国" in html
    assert "赵敏" not in html
    assert client.get("/desk/people/?department=nowhere&state=x&page=99").status_code == 200
