"""核查接口: the scope, the case, the same rules and the same answer as on the page."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from incentives.models import Check, CheckSet, MatterCase
from incentives.workflows import checking_sets
from tests import make_checks
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, identity


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _post(key: str, body: object, request_id: str = "req-00000001") -> Any:
    return Client().post(
        reverse("api-checks"),
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Daoli {key}", "Idempotency-Key": request_id},
    )


def _one(opened: MatterCase, **more: str) -> dict[str, object]:
    who = identity("linxiuyun")
    applicant = {"application": opened.case_number, "name": who.name, "number": who.id_number, **more}
    return {"case_number": opened.case_number, "applicants": [applicant]}


def test_one_applicant_is_answered_at_once_and_twice_alike(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    key = working(cast, "checks")
    answer = _post(key, _one(opened))
    assert answer.status_code == 200, answer.content.decode()
    (own,) = answer.json()["sources"]
    measures = {item["measure"]: item for item in own["items"]}
    assert measures["m-food-ban-5y"]["force"] == "must"
    assert "不得作为无失信证明" in answer.json()["note"]
    assert _post(key, _one(opened)).json()["number"] == answer.json()["number"]
    assert LookUp.objects.filter(case_number=opened.case_number, kind="look").count() == 1
    again = Client().get(answer.json()["address"], headers={"Authorization": f"Daoli {key}"})
    assert again.json()["number"] == answer.json()["number"]


def test_several_applicants_go_the_way_of_a_sheet(cast: Cast, opened: MatterCase) -> None:
    key = working(cast, "checks")
    people = [identity("linxiuyun"), identity("guchanglin")]
    applicants = [
        {"application": f"{opened.case_number}-{n}", "name": one.name, "number": one.id_number}
        for n, one in enumerate(people)
    ]
    body = {"case_number": opened.case_number, "applicants": applicants}
    answer = _post(key, body)
    assert answer.status_code == 202
    assert _post(key, body).json()["number"] == answer.json()["number"]
    made = CheckSet.objects.get(number=answer.json()["number"])
    checking_sets.run(set_id=made.pk, actor=User.objects.system())
    told = Client().get(answer.json()["address"], headers={"Authorization": f"Daoli {key}"}).json()
    assert told["status"] == "done"
    assert [line["application"] for line in told["results"]] == [f"{opened.case_number}-{n}" for n in range(2)]


def test_a_key_without_the_scope_is_refused(cast: Cast, opened: MatterCase) -> None:
    assert _post(working(cast, "records"), _one(opened)).status_code == 403
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"case_number": "没有这一件"}, 404),
        ({"applicants": []}, 422),
        ({"applicants": "全部"}, 422),
        ({"applicants": [{"number": "1", "application": "x"}]}, 422),
        ({"applicants": [{"number": "99999919900101001X", "application": ""}]}, 422),
    ],
)
def test_bad_twins_are_refused_in_words(cast: Cast, opened: MatterCase, change: dict[str, object], code: int) -> None:
    answer = _post(working(cast, "checks"), {**_one(opened), **change})
    assert (answer.status_code, bool(answer.json()["says"])) == (code, True)
    assert not Check.objects.exists()


def test_without_a_request_number_nothing_is_asked(cast: Cast, opened: MatterCase) -> None:
    assert _post(working(cast, "checks"), _one(opened), request_id="x").status_code == 422
    assert not Check.objects.exists()


def test_another_key_does_not_find_the_check(cast: Cast, opened: MatterCase) -> None:
    made = _post(working(cast, "checks"), _one(opened)).json()
    other = working(cast, "checks")
    assert Client().get(made["address"], headers={"Authorization": f"Daoli {other}"}).status_code == 404
