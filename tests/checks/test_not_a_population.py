"""不是查全体的门: one by one nobody gets past a sheet's second person, and what is kept in plain names nobody."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from daoli_credit.law import pack
from daoli_credit.workflow import RuleBroken
from incentives.models import Check, CheckSet, MatterCase
from incentives.workflows import checking
from tests import make_checks
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity

NUMBERS = [people.number(people.ELDEST + timedelta(days=9000), n) for n in range(60)]


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _post(key: str, opened: MatterCase, request_id: str, **applicant: str) -> Any:
    return Client().post(
        reverse("api-checks"),
        json.dumps({"case_number": opened.case_number, "applicants": [applicant]}),
        content_type="application/json",
        headers={"Authorization": f"Daoli {key}", "Idempotency-Key": request_id},
    )


def test_one_by_one_ends_where_a_sheet_would_ask_for_a_second_person(cast: Cast, opened: MatterCase) -> None:
    most = pack.current().matters[opened.matter].batch_max
    by = checking.By(user=cast.clerk)
    for number in NUMBERS[:most]:
        checking.check(case_id=opened.pk, number=number, by=by)
    with pytest.raises(RuleBroken, match="申请人表"):
        checking.check(case_id=opened.pk, number=NUMBERS[most], by=by)
    assert LookUp.objects.filter(case_number=opened.case_number).count() == most
    checking.check(case_id=opened.pk, number=NUMBERS[0], by=by)  # the same applicant again is nobody new
    page = browser(cast.clerk).post(reverse("check-new", args=[opened.pk]), {"number": NUMBERS[most]})
    assert page.status_code == 422
    assert "由另一人同意" in page.content.decode()
    assert NUMBERS[most] in page.content.decode()  # the form comes back as it was


def test_a_key_gets_no_further_than_an_officer(cast: Cast, opened: MatterCase) -> None:
    for number in NUMBERS[:50]:
        checking.check(case_id=opened.pk, number=number, by=checking.By(user=cast.clerk))
    answer = _post(
        working(cast, "checks"), opened, "one-too-many", application=opened.case_number, name="", number=NUMBERS[50]
    )
    assert answer.status_code == 422
    assert "申请人表" in answer.json()["says"]
    assert Check.objects.count() == 50


@pytest.mark.parametrize("what", ["another case", "a number", "a name"])
def test_what_a_system_calls_the_application_is_this_cases_and_names_nobody(
    cast: Cast, opened: MatterCase, what: str
) -> None:
    who = identity("linxiuyun")
    typed = {
        "another case": "食许〔2026〕999号-1",
        "a number": f"{opened.case_number}-{who.id_number}",
        "a name": f"{opened.case_number}-{who.name}",
    }[what]
    answer = _post(
        working(cast, "checks"), opened, "request-0001", application=typed, name=who.name, number=who.id_number
    )
    assert answer.status_code == 422, answer.content.decode()
    assert "申请编号" in answer.json()["says"]
    assert not Check.objects.exists()
    assert not LookUp.objects.filter(kind="look").exists()


def test_a_sheet_called_by_somebodys_number_is_kept_under_a_veil(cast: Cast, opened: MatterCase) -> None:
    number = identity("linxiuyun").id_number
    file = SimpleUploadedFile(f"{number}.csv", "申请编号,姓名,证件号码\n".encode())
    browser(cast.clerk).post(reverse("check-set-new", args=[opened.pk]), {"file": file})
    assert number not in CheckSet.objects.get().file_name


def test_a_name_in_the_column_of_applications_is_found(cast: Cast, opened: MatterCase) -> None:
    from incentives.rules import applicants  # noqa: PLC0415

    who = identity("linxiuyun")
    sheet = applicants.Sheet([2], [f"{opened.case_number}-{who.name}"], [who.name], [who.id_number])
    limit = pack.current().limit("age-min").years
    today = opened.opened_on
    judged = applicants.judge(sheet, case=opened.case_number, open_cases=frozenset(), today=today, grown=limit)
    assert [one.cause for one in judged.causes] == ["application-form"]
