"""一群人不是申请人: every door says so in words, asks about nobody and keeps nothing half done."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from incentives.models import Check, CheckSet, MatterCase
from incentives.models.check_set import K
from incentives.workflows import checking_sets
from records.models import LawfulRequest
from tests import make_checks
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser
from tests.checks.test_check_a_sheet import _number

TWO = [_number(0), _number(1)]


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _nobody() -> bool:
    return not Check.objects.exists() and not LookUp.objects.filter(kind="look").exists()


@pytest.mark.parametrize("between", ["、", ",", "\n", " ", "；", ""])
def test_the_form_takes_one_person_and_keeps_what_was_typed(cast: Cast, opened: MatterCase, between: str) -> None:
    page = browser(cast.clerk).post(reverse("check-new", args=[opened.pk]), {"number": between.join(TWO)})
    said = page.content.decode()
    assert page.status_code == 422
    assert "一次只核查一名申请人" in said
    assert "申请人表" in said
    assert TWO[0] in said
    assert _nobody()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("姓名,证件号码\n" + "".join(f"居民{n},{_number(n)}\n" for n in range(400)), "没有提出申请的人不能核查"),
        ("证件号码\n" + "".join(f"{_number(n)}\n" for n in range(400)), "没有提出申请的人不能核查"),
        ("社区,姓名,电话\n" + "道里社区,某某,123\n" * 400, "表头"),
        ("申请编号,姓名,证件号码\n" + "".join(f",居民{n},{_number(n)}\n" for n in range(400)), "没有申请编号"),
        (
            "申请编号,姓名,证件号码\n" + "".join(f"道里区居民-{n},居民{n},{_number(n)}\n" for n in range(400)),
            "不是本办件的申请编号",
        ),
    ],
)
def test_a_sheet_of_residents_is_no_sheet_of_applicants(cast: Cast, opened: MatterCase, text: str, says: str) -> None:
    file = SimpleUploadedFile("道里区居民.csv", text.encode())
    officer = browser(cast.clerk)
    where = officer.post(reverse("check-set-new", args=[opened.pk]), {"file": file})["Location"]
    one = checking_sets.run(set_id=CheckSet.objects.get().pk, actor=User.objects.system())
    assert one.status == K.WRONG
    page = officer.get(where).content.decode()
    assert says in page
    assert "没有核查任何人" in page
    assert not one.sheets.exists(), "原表已经删去"
    assert _nobody()


def _asked(key: str, body: object) -> Any:
    return Client().post(
        reverse("api-checks"),
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Daoli {key}", "Idempotency-Key": "request-0001"},
    )


@pytest.mark.parametrize(
    ("applicants", "says"),
    [
        ("全部", "applicants 至少一名"),
        (["*"], "applicants 至少一名"),
        ([{"application": "", "name": "", "number": TWO[0]}], "没有提出申请的人不能核查"),
        ([{"application": "{case}", "name": "", "number": "、".join(TWO)}], "一次只核查一名申请人"),
    ],
)
def test_a_system_asks_about_applicants_too(cast: Cast, opened: MatterCase, applicants: object, says: str) -> None:
    body = json.loads(json.dumps({"applicants": applicants}).replace("{case}", opened.case_number))
    answer = _asked(working(cast, "checks"), {"case_number": opened.case_number, **body})
    assert answer.status_code == 422
    assert says in answer.json()["says"]
    assert _nobody()


def test_a_system_with_a_crowd_waits_for_a_person_of_the_department(cast: Cast, opened: MatterCase) -> None:
    crowd = [
        {"application": f"{opened.case_number}-{n}", "name": f"申请人{n}", "number": people.number(people.ELDEST, n)}
        for n in range(60)
    ]
    answer = _asked(working(cast, "checks"), {"case_number": opened.case_number, "applicants": crowd})
    assert answer.status_code == 202
    one = checking_sets.run(set_id=CheckSet.objects.get().pk, actor=User.objects.system())
    assert one.status == K.WAITING
    assert _nobody()


def test_a_lawful_request_names_one_person(cast: Cast) -> None:
    page = browser(cast.clerk).post(reverse("request-new"), {"id_number": "、".join(TWO), "party_name": "全部人员"})
    assert page.status_code == 422
    assert "一次只能调取指明的人" in page.content.decode()
    assert not LawfulRequest.objects.exists()
    assert _nobody()
