"""联络员和替补."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import Liaison
from daoli_credit.accounts.workflows import departments
from daoli_credit.accounts.workflows.departments import Contact
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone
from tests.cast import Cast, browser

WHO = Contact("钱多多", "0451-84550001", "孙小小", "0451-84550002")
TYPED = vars(WHO)


def name(cast: Cast, who: Contact = WHO, **changes: Any) -> Liaison:
    facts: dict[str, Any] = {"code": "health", "actor": cast.system_officer, **changes}
    return departments.name_liaison(who=who, **facts)


def test_the_last_pair_stays_in_the_history(cast: Cast) -> None:
    first = name(cast)
    with clock.at(clock.today() + timedelta(days=30)):
        second = name(cast, Contact("李新新", "0451-84550003", "孙小小", "0451-84550002"))
    first.refresh_from_db()
    assert first.until_on == second.from_on
    assert Liaison.objects.filter(until_on=None).get() == second
    assert Event.objects.filter(act="department.liaison", object_id="health").count() == 2
    event = Event.objects.filter(act="department.liaison").latest("id")
    assert "李新新" not in str(vars(event))


def test_a_second_click_changes_nothing(cast: Cast) -> None:
    name(cast)
    with pytest.raises(AlreadyDone):
        name(cast)


def test_only_the_system_officer_keeps_them(cast: Cast) -> None:
    for actor in (cast.security_officer, cast.audit_officer, cast.supervisor):
        with pytest.raises(PermissionDenied):
            name(cast, actor=actor)


def test_telephones_are_for_the_supervisor_and_who_keeps_them(cast: Cast) -> None:
    name(cast)
    for user, rings in (
        (cast.supervisor, True), (cast.system_officer, True),
        (cast.security_officer, False), (cast.audit_officer, False),
    ):  # fmt: skip
        html = browser(user).get("/desk/departments/health/").content.decode()
        assert "钱多多" in html
        assert ("0451-84550001" in html) is rings
    assert browser(cast.other_clerk).get("/desk/departments/health/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "请填写联络员"),
        ({"substitute": ""}, "请填写替补"),
        ({"substitute": "钱多多"}, "另一个人"),
        ({"phone": "电话"}, "数字和横线"),
        ({"substitute_phone": ""}, "请填写替补办公电话"),
        ({"name": "钱多多1号"}, "不写数字"),
    ],
)
def test_a_wrong_form_comes_back_whole(cast: Cast, changes: dict[str, str], says: str) -> None:
    answer = browser(cast.system_officer).post("/desk/departments/health/liaison/", {**TYPED, **changes})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Liaison.objects.exists()


def test_it_is_entered_on_the_page(cast: Cast) -> None:
    client = browser(cast.system_officer)
    for _ in range(2):
        assert client.post("/desk/departments/health/liaison/", TYPED).status_code == 302
    assert Liaison.objects.count() == 1
    assert "钱多多" in client.get("/desk/departments/health/liaison/").content.decode()
