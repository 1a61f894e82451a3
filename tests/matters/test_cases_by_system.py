"""办件接口: a bureau's system registers and closes its own cases, by the rules of the form."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from daoli_credit.accounts import service_keys
from daoli_credit.accounts.models import ServiceKey
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from incentives.models import MatterCase
from incentives.workflows import matter_case
from tests import make_matters
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity
from tests.days import all_dated

NUMBER = "食许〔2026〕301号"


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


def post(key: str, name: str, body: object) -> Any:
    headers = {"Authorization": f"Daoli {key}"}
    return Client().post(reverse(name), json.dumps(body, default=str), content_type="application/json", headers=headers)


def opening(**more: object) -> dict[str, object]:
    return {"matter": make_matters.PERMIT, "case_number": NUMBER, "opened_on": clock.today().isoformat(), **more}


def closing(number: str = NUMBER, **more: object) -> dict[str, object]:
    return {"case_number": number, "closed_on": clock.today().isoformat(), **more}


@pytest.fixture
def key(cast: Cast) -> str:
    make_matters.assess()
    return working(cast, "cases")


def test_a_case_is_registered_once_and_evidence_names_the_key(cast: Cast, key: str) -> None:
    answer = post(key, "api-cases", opening(case_number=" 食许[2026] 301号 "))
    assert (answer.status_code, answer.json()["case_number"], answer.json()["status"]) == (201, NUMBER, "open")
    again = post(key, "api-cases", opening())
    assert (again.status_code, MatterCase.objects.count()) == (200, 1)
    row, known = MatterCase.objects.get(), ServiceKey.objects.get()
    assert (row.opened_by, row.source, row.department) == (None, known.title, cast.market)
    event = Event.objects.get(act="matter-case.registered")
    assert (event.actor_id, event.department) == (f"key:{known.prefix}", "market-regulation")
    assert known.title in browser(cast.clerk).get(reverse("case", args=[row.pk])).content.decode()


def test_it_is_closed_and_closed_again_alike_and_not_reopened(cast: Cast, key: str) -> None:
    post(key, "api-cases", opening())
    for _ in range(2):
        answer = post(key, "api-cases-closed", closing())
        assert (answer.status_code, answer.json()["status"]) == (200, "closed")
    assert Event.objects.filter(act="matter-case.closed").count() == 1
    assert post(key, "api-cases", opening()).status_code == 422, "办结的编号不能再登记"


def test_what_an_officer_closed_the_system_hears_of_as_a_conflict(cast: Cast, key: str) -> None:
    post(key, "api-cases", opening())
    matter_case.close(case_id=MatterCase.objects.get().pk, actor=cast.clerk, closed_on=clock.today())
    assert post(key, "api-cases-closed", closing()).status_code == 409


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"matter": "startup-fund"}, "没有这个应用事项"),
        ({"matter": "drug-retail-permit"}, "没有在效的个人信息保护影响评估"),
        ({"opened_on": "明天"}, "受理日"),
        ({"opened_on": timedelta(days=9)}, "还没有到"),
        ({"case_number": "999999198803120028"}, "不要填本人的号码"),
        ({"case_number": "号" * 61}, "最多 60 个字"),
        ({"case_number": ""}, "受理号"),
        ({"case_number": 7}, "受理号"),
        ({"name": "林秀云"}, "不收：name"),
    ],
)
def test_bad_twins_are_refused_in_words(key: str, change: dict[str, object], says: str) -> None:
    answer = post(key, "api-cases", opening(**all_dated(change)))
    assert (answer.status_code, says in answer.json()["says"]) == (422, True), answer.json()
    assert not MatterCase.objects.exists()


@pytest.mark.parametrize("body", [[], "x", None, {"case_number": NUMBER}])
def test_what_is_no_object_of_these_fields_is_refused(key: str, body: object) -> None:
    assert post(key, "api-cases", body).status_code == 422
    assert post(key, "api-cases-closed", body).status_code == 422


def test_a_wrong_day_of_closing_leaves_it_open(key: str) -> None:
    post(key, "api-cases", opening())
    early = (clock.today() - timedelta(days=3)).isoformat()
    answer = post(key, "api-cases-closed", closing(closed_on=early))
    assert (answer.status_code, "受理日" in answer.json()["says"]) == (422, True)
    assert MatterCase.objects.get().status == "open"


def test_another_departments_case_is_not_there(cast: Cast, key: str) -> None:
    post(key, "api-cases", opening())
    foreign = service_keys.ask(
        actor=cast.system_officer,
        title="卫生许可系统",
        department=cast.health,
        scopes=("cases",),
        expires_on=clock.today() + timedelta(days=90),
    )
    service_keys.approve(key_id=foreign.key.pk, actor=cast.security_officer)
    assert post(foreign.text, "api-cases-closed", closing()).status_code == 404
    assert post(foreign.text, "api-cases", opening()).status_code == 422, "不是它的事项"
    assert MatterCase.objects.get().status == "open"


def test_a_key_for_checks_opens_and_closes_nothing_and_the_reverse(cast: Cast, key: str) -> None:
    other = working(cast, "checks")
    assert post(other, "api-cases", opening()).status_code == 403
    post(key, "api-cases", opening())
    assert post(other, "api-cases-closed", closing()).status_code == 403
    assert post(key, "api-checks", {"case_number": NUMBER, "applicants": [{}]}).status_code == 403


def test_a_closed_case_answers_no_check_of_the_same_system(cast: Cast) -> None:
    make_matters.assess()
    both = working(cast, "cases", "checks")
    who = identity("linxiuyun")
    body = {
        "case_number": NUMBER,
        "applicants": [{"application": NUMBER, "name": who.name, "number": who.id_number}],
    }

    def asked(request_id: str) -> int:
        headers = {"Authorization": f"Daoli {both}", "Idempotency-Key": request_id}
        told = Client().post(reverse("api-checks"), json.dumps(body), content_type="application/json", headers=headers)
        return told.status_code

    assert asked("req-00000001") == 404, "还没有登记"
    post(both, "api-cases", opening())
    assert asked("req-00000002") == 200
    post(both, "api-cases-closed", closing())
    assert asked("req-00000003") == 404, "办结的办件不能再为它看任何人"
