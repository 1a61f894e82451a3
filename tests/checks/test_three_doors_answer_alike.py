"""三扇门，一个答复: the form, the sheet and the system's door say the same of the same person; so does the paper."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives import sealed_checks
from incentives.models import Check, MatterCase
from incentives.selectors import check_sets
from incentives.workflows import checking, checking_sets
from tests import make, make_checks
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity
from tests.checks.test_check_a_sheet import HEAD
from tests.paper.test_sheet import flat, said

HER = "linxiuyun"
Answer = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _disputed(cast: Cast) -> None:
    record = make_checks.ban(cast)
    record.disputed_on = record.contested_on = clock.today()
    record.save(update_fields=["disputed_on", "contested_on"])


def _shared(cast: Cast) -> None:
    make_checks.shared(cast)
    make_checks.ban_elsewhere(cast)


KNOWN: dict[str, Callable[[Cast], object]] = {
    "nobody knows anything": lambda cast: None,
    "a ban of five years": make_checks.ban,
    "disputed and before a court": _disputed,
    "another department's, shared": _shared,
    "a fine without a measure here": lambda cast: make.effective(cast, severity="minor"),
}


def _kept(check: Check) -> Answer:
    """What is kept of an answer, but for who asked and when."""
    return [
        {
            "measure": one.measure,
            "sign": one.sign,
            "force": one.force,
            "until": one.until,
            "record": one.record_id,
            "firm": one.firm,
            "due": one.due_on,
            **sealed_checks.opened(one),
        }
        for one in check.answers.order_by("place")
        if one.record_id
    ]


def _by_form(cast: Cast, opened: MatterCase) -> Check:
    page = browser(cast.clerk).post(
        reverse("check-new", args=[opened.pk]),
        {"number": identity(HER).id_number, "name": identity(HER).name, "request_id": "by-form-1"},
    )
    assert page.status_code == 302, page.content.decode()
    return Check.objects.latest("pk")


def _by_sheet(cast: Cast, opened: MatterCase) -> tuple[Check | None, str]:
    who = identity(HER)
    data = f"{HEAD}{opened.case_number}-A1,{who.name},{who.id_number}\n".encode()
    made = checking_sets.upload(case_id=opened.pk, name="x.csv", data=data, by=checking.By(user=cast.clerk))
    one = checking_sets.run(set_id=made.pk, actor=User.objects.system())
    (line,) = check_sets.result(one)
    return Check.objects.filter(of_set=one).first(), line.says


def _by_system(cast: Cast, opened: MatterCase) -> tuple[Check, dict[str, Any]]:
    who = identity(HER)
    body = {
        "case_number": opened.case_number,
        "applicants": [{"application": opened.case_number, "name": who.name, "number": who.id_number}],
    }
    answer = Client().post(
        reverse("api-checks"),
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Daoli {working(cast, 'checks')}", "Idempotency-Key": "by-system-1"},
    )
    assert answer.status_code == 200, answer.content.decode()
    return Check.objects.get(number=answer.json()["number"]), answer.json()


@pytest.mark.parametrize("what", KNOWN)
def test_the_form_the_sheet_and_the_system_answer_alike(cast: Cast, opened: MatterCase, what: str) -> None:
    KNOWN[what](cast)
    form = _by_form(cast, opened)
    sheet, says = _by_sheet(cast, opened)
    system, told = _by_system(cast, opened)
    kept = _kept(form)
    assert _kept(system) == kept
    assert (_kept(sheet) if sheet else []) == kept
    assert (says == check_sets.NOTHING) == (not kept)
    items = told["sources"][0]["items"]
    heard = [{name: one[name] for name in ("title", "says", "citation", "force", "marks", "fields")} for one in items]
    for one in kept:
        same = {name: one[name] for name in ("title", "says", "citation", "force", "marks")}
        assert {**same, "fields": dict(one["fields"])} in heard
    assert len([one for one in items if one["fields"]]) == len([one for one in kept if one["fields"]])
    looks = LookUp.objects.filter(kind="look", case_number=opened.case_number)
    assert looks.count() == 3
    assert len({(one.purpose, one.matter, tuple(one.shown)) for one in looks}) <= 2, "查到没查到，表里只差一项"


@pytest.mark.parametrize("what", KNOWN)
def test_the_paper_says_what_the_page_says(cast: Cast, opened: MatterCase, what: str) -> None:
    KNOWN[what](cast)
    made, officer = _by_form(cast, opened), browser(cast.clerk)
    page = flat(re.sub(r"<[^>]+>", "", officer.get(reverse("check", args=[made.number])).content.decode()))
    before = LookUp.objects.count()
    answer = officer.post(reverse("check-certificate", args=[made.number]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    assert LookUp.objects.count() == before, "核查人当天取自己的核查单，就是这一次查询"
    paper = said(answer.content)
    for one in _kept(made):
        for words in (one["title"], one["says"], one["citation"], *one["marks"]):
            assert flat(words) in paper
            assert flat(words) in page
        for name, value in one["fields"]:
            assert flat(f"{name}：{value}") in paper
    for words in (made.number, opened.case_number, "不得作为无失信证明", "没有查到不等于没有", made.number_tail):
        assert flat(words) in paper
    for never in (identity(HER).name, identity(HER).id_number):
        assert never not in paper
    other = browser(cast.reviewer)
    assert other.post(reverse("check-certificate", args=[made.number])).status_code == 200
    assert LookUp.objects.count() == before + 1, "别人取的，是又一次查询"
    assert browser(cast.other_clerk).post(reverse("check-certificate", args=[made.number])).status_code == 404
    assert officer.get(reverse("check-certificate", args=[made.number])).status_code == 405
