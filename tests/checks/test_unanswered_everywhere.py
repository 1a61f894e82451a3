"""未答复从不像“没有”: on the page, on paper, in the result of a sheet on screen and in its file, and to a system."""

import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from daoli_credit.accounts.models import User
from incentives.models import Check, CheckSet, MatterCase
from incentives.workflows import checking, checking_sets
from tests import make_inbound
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity
from tests.checks.test_check_a_sheet import HEAD, rows
from tests.paper.test_sheet import flat, said

SILENT, NOTHING = "未答复", "没有可用于本事项的信息"
PLATFORM = "信用中国（黑龙江）"


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def opened(cast: Cast, settings: Settings) -> MatterCase:
    """In a matter that asks a platform above, which does not answer."""
    make_inbound.connect(settings)
    return make_inbound.case(cast)


@pytest.fixture
def made(opened: MatterCase, cast: Cast) -> Check:
    return make_inbound.check(cast, "linxiuyun2", opened)


def _sheet(cast: Cast, opened: MatterCase) -> CheckSet:
    data = (HEAD + rows(opened, 3)).encode()
    one = checking_sets.upload(case_id=opened.pk, name="x.csv", data=data, by=checking.By(user=cast.clerk))
    return checking_sets.run(set_id=one.pk, actor=User.objects.system())


def _asked(key: str, opened: MatterCase, *applicants: dict[str, str]) -> Any:
    return Client().post(
        reverse("api-checks"),
        json.dumps({"case_number": opened.case_number, "applicants": applicants}),
        content_type="application/json",
        headers={"Authorization": f"Daoli {key}", "Idempotency-Key": "request-0001"},
    )


def _told(key: str, address: str) -> Any:
    return Client().get(address, headers={"Authorization": f"Daoli {key}"}).json()


def test_on_the_page(cast: Cast, made: Check) -> None:
    page = browser(cast.clerk).get(reverse("check", args=[made.number])).content.decode()
    above = page.partition(f">{PLATFORM}</h2>")[2].partition("</section>")[0]
    assert SILENT in above
    assert "不要当作“没有”" in above
    assert NOTHING not in above


def test_on_paper(cast: Cast, made: Check) -> None:
    answer = browser(cast.clerk).post(reverse("check-certificate", args=[made.number]))
    own, _, above = said(answer.content).partition(flat(f"来源：{PLATFORM}"))
    assert NOTHING in own
    assert SILENT in above
    assert flat("不要当作“没有”") in above
    assert NOTHING not in above


def test_in_the_result_of_a_sheet_and_in_its_file(cast: Cast, opened: MatterCase) -> None:
    one, officer = _sheet(cast, opened), browser(cast.clerk)
    page = officer.get(reverse("check-set", args=[one.number])).content.decode()
    assert page.count(f"<span>{SILENT}") == 3
    assert "未答复不等于没有" in page
    file = officer.get(reverse("check-set-result", args=[one.number])).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert book.sheet_names == ["核查结果"]
    lines = book.get_sheet_by_index(0).to_python()[1:4]
    assert len(lines) == 3
    assert all(str(line[4]).startswith(SILENT) for line in lines)
    assert not any(NOTHING in str(line[4]) for line in lines)


def test_to_a_system_one_by_one_and_in_a_set(cast: Cast, opened: MatterCase) -> None:
    key, who = working(cast, "checks"), identity("linxiuyun2")
    alone = {"application": opened.case_number, "name": who.name, "number": who.id_number}
    answer = _asked(key, opened, alone).json()
    for told in (answer, _told(key, answer["address"])):
        own, above = told["sources"]
        assert (own["said"], above["said"], above["source"]) == ("nothing", "silent", PLATFORM)
        assert above["says"].startswith(SILENT)
        assert own["says"] == NOTHING
        assert above["items"] == []
    other, second = working(cast, "checks"), identity("guchanglin")
    beside = {"application": f"{opened.case_number}-2", "name": second.name, "number": second.id_number}
    several = _asked(other, opened, {**alone, "application": f"{opened.case_number}-1"}, beside).json()
    checking_sets.run(set_id=CheckSet.objects.get(number=several["number"]).pk, actor=User.objects.system())
    results = _told(other, several["address"])["results"]
    assert [one["above"].startswith(SILENT) for one in results] == [True, True]


def test_who_was_asked_stays_on_the_paper_after_the_platform_is_gone(
    cast: Cast, made: Check, settings: Settings
) -> None:
    settings.INBOUND = {}
    page = browser(cast.clerk).get(reverse("check", args=[made.number])).content.decode()
    above = page.partition(f">{PLATFORM}</h2>")[2].partition("</section>")[0]
    assert SILENT in above
