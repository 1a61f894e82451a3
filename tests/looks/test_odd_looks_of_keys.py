"""异常查询 by a department's system: its key is measured as an officer is, and the department explains."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from daoli_credit import cipher
from daoli_credit.accounts.models import ServiceKey, User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from daoli_credit.law import clock, workdays
from daoli_credit.looks import tasks
from daoli_credit.looks.models import OddLook
from daoli_credit.looks.workflows import judging
from incentives.models import MatterCase
from tests import make_checks
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


def _ask(key: str, opened: MatterCase, number: str, request_id: str) -> None:
    answer = Client().post(
        reverse("api-checks"),
        json.dumps(
            {
                "case_number": opened.case_number,
                "applicants": [{"application": opened.case_number, "name": "", "number": number}],
            }
        ),
        content_type="application/json",
        headers={"Authorization": f"Daoli {key}", "Idempotency-Key": request_id},
    )
    assert answer.status_code == 200, answer.content.decode()


def _found(*, night: bool = False) -> set[str]:
    rules = OddLook.objects.values_list("rule", flat=True)
    return {rule for rule in rules if night or rule != "night"}


def test_a_key_that_asks_about_many_in_ten_minutes_is_pointed_at_once(cast: Cast) -> None:
    opened, key = make_checks.case(cast), working(cast, "checks")
    for n in range(17):
        _ask(key, opened, people.number(people.ELDEST + timedelta(days=n), n), f"request-{n:04d}")
    tasks.watch_looks()
    tasks.watch_looks()
    assert _found() == {"burst"}
    odd = OddLook.objects.get(rule="burst")
    assert odd.department.code == "market-regulation"
    page = browser(cast.audit_officer).get(f"/desk/odd-looks/{odd.pk}/").content.decode()
    look = LookUp.objects.get(pk=odd.look_id)
    assert look.actor_label in page, "审计管理员看得到是哪个系统"
    assert opened.case_number in page


def test_one_applicant_by_a_key_in_an_open_case_is_nothing_odd(cast: Cast) -> None:
    opened, key = make_checks.case(cast), working(cast, "checks")
    _ask(key, opened, identity("linxiuyun").id_number, "request-0001")
    tasks.watch_looks()
    assert not _found()


def _look(**changes: object) -> LookUp:
    """A look as the key would have left it."""
    facts = {
        "actor": ServiceKey.objects.get(),
        "person_key": cipher.person_keys(identity("linxiuyun").id_number)[0],
        "matter": "food-permit",
        "case_number": "食许〔2026〕118号",
        "purpose": "办理食品经营许可",
        "shown": ["measures"],
        "department": "market-regulation",
    }
    return events.look_up(**{**facts, **changes})  # type: ignore[arg-type]


def test_a_case_that_is_another_departments_or_nobodys_is_pointed_at(cast: Cast) -> None:
    make_checks.case(cast)
    working(cast, "checks")
    _look()
    invented = _look(case_number="食许〔2026〕999号")
    tasks.watch_looks()
    assert set(OddLook.objects.exclude(rule="night").values_list("look_id", "rule")) == {(invented.pk, "no-case")}


def test_a_key_that_works_on_a_day_of_rest_is_pointed_at_once(cast: Cast) -> None:
    make_checks.case(cast)
    working(cast, "checks")
    day = clock.today()
    while workdays.is_workday(day):
        day -= timedelta(days=1)
    with clock.at(day):
        first = _look()
        _look()
    tasks.watch_looks()
    night = OddLook.objects.filter(rule="night", look_id__gte=first.pk)
    assert [one.look_id for one in night] == [first.pk]


def test_a_colleague_of_the_department_whose_key_it_is(cast: Cast) -> None:
    opened, key = make_checks.case(cast), working(cast, "checks")
    make_checks.ban(cast)
    User.objects.filter(pk=cast.both.pk).update(display_name=identity("linxiuyun").name)
    _ask(key, opened, identity("linxiuyun").id_number, "request-0001")
    tasks.watch_looks()
    assert _found() == {"colleague"}


def test_the_department_explains_and_the_person_is_told(cast: Cast) -> None:
    working(cast, "checks")
    _look(case_number="食许〔2026〕999号")
    tasks.watch_looks()
    odd = OddLook.objects.get(rule="no-case")
    judging.ask(odd_id=odd.pk, actor=cast.audit_officer, seen=1)
    said = browser(cast.both).post(f"/desk/odd-looks/{odd.pk}/explain/", {"opinion": "系统联调", "seen": "1"})
    assert said.status_code == 302
    done = browser(cast.audit_officer).post(
        f"/desk/odd-looks/{odd.pk}/confirm/", {"opinion": "没有办件，不应查询", "seen": "1"}
    )
    assert done.status_code == 302
    assert "经核查，这次查询不当" in browser(cast.citizen).get("/me/looks/").content.decode()
