"""找一次核查: by state of its feedback, by its case or number, by who asked; the case has it in its file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daoli_credit.law import clock
from incentives.models import Check, CheckAnswer, MatterCase
from incentives.workflows import feeding_back, matter_case
from tests import make_checks, make_matters
from tests.cast import Cast, browser, identity

LIST = reverse("check-list")


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    make_checks.ban(cast)
    return make_checks.case(cast)


def _page(cast: Cast, query: str = "") -> str:
    return browser(cast.clerk).get(LIST + query).content.decode()


def _give(cast: Cast, made: Check) -> None:
    decided = {one.pk: feeding_back.Decided("applied") for one in feeding_back.waiting(made)}
    feeding_back.give(check_id=made.pk, decided=decided, actor=cast.clerk)


def test_each_state_opens_its_own_and_what_is_owed_stands_with_its_last_day(cast: Cast, opened: MatterCase) -> None:
    given, owed = make_checks.ask(cast, opened), make_checks.ask(cast, opened)
    nothing = make_checks.ask(cast, opened, "guchanglin")
    _give(cast, given)
    due = owed.answers.get(due_on__isnull=False).due_on
    for state, there in (("due", owed), ("given", given), ("nothing", nothing)):
        page = _page(cast, f"?state={state}")
        assert there.number in page
        assert not [one for one in (given, owed, nothing) if one != there and one.number in page], state
    assert f"{due:%Y-%m-%d}" in _page(cast, "?state=due")
    everything = _page(cast)
    assert all(word in everything for word in ("已反馈", "待反馈", "不用反馈", "我核查的"))
    assert "逾期未反馈" not in everything
    assert isinstance(due, type(clock.today()))
    with clock.at(due + timedelta(days=1)):
        late = _page(cast, "?state=late")
    assert owed.number in late
    assert given.number not in late
    assert "逾期未反馈" in late


def test_found_by_a_part_of_a_number_and_by_nobodys_name(cast: Cast, opened: MatterCase) -> None:
    other = make_checks.case(cast, "食许〔2026〕119号")
    mine, theirs = make_checks.ask(cast, opened), make_checks.ask(cast, other, "guchanglin")
    for words in ("118号", opened.case_number.replace("〔", "(").replace("〕", ")"), mine.number.lower()):
        page = browser(cast.clerk).get(LIST, {"q": words}).content.decode()
        assert (mine.number in page, theirs.number in page) == (True, False), words
    for words in (identity("linxiuyun").name, identity("linxiuyun").id_number, "没有这一件"):
        page = browser(cast.clerk).get(LIST, {"q": words}).content.decode()
        assert mine.number not in page
        assert "不能按人找" in page


def test_mine_are_those_that_i_asked(cast: Cast, opened: MatterCase) -> None:
    mine, theirs = make_checks.ask(cast, opened), make_checks.ask(cast, opened, actor=cast.both)
    page = _page(cast, "?mine=1")
    assert (mine.number in page, theirs.number in page) == (True, False)
    assert mine.number not in browser(cast.other_clerk).get(reverse("case", args=[opened.pk])).content.decode()


def test_the_certificate_lies_in_the_file_of_its_case(cast: Cast, opened: MatterCase) -> None:
    file = reverse("case", args=[opened.pk])
    assert "还没有核查过申请人" in browser(cast.clerk).get(file).content.decode()
    made = make_checks.ask(cast, opened)
    page = browser(cast.clerk).get(file).content.decode()
    assert made.number in page
    assert "还有 1 次核查没有反馈" in page
    assert "打印存卷" in page
    assert identity("linxiuyun").name not in page
    matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())
    assert made.number in browser(cast.clerk).get(file).content.decode(), "办结以后仍在卷里"
    _give(cast, made)
    assert CheckAnswer.objects.filter(feedback__isnull=False).count() == 1, "办结以后还可以反馈"


def test_the_number_of_open_cases_opens_exactly_those(cast: Cast, opened: MatterCase) -> None:
    other = make_matters.case(cast, "药零许〔2026〕3号", "drug-retail-permit")
    page = browser(cast.clerk).get(reverse("case-list"), {"matter": opened.matter}).content.decode()
    assert (opened.case_number in page, other.case_number in page) == (True, False)
    assert "这个事项没有这样的办件" in (
        browser(cast.clerk).get(reverse("case-list"), {"matter": "company-officer-filing"}).content.decode()
    )
