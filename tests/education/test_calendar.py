"""宣传日历: the key dates of a year, and nothing guessed."""

from dataclasses import replace
from datetime import date

import pytest

from daoli_credit.law import pack
from daoli_credit.law.status import Status
from education.rules.calendar import Occurrence, occurrence, occurrences

pytestmark = pytest.mark.django_db


def of(year: int, code: str) -> list[Occurrence]:
    return [one for one in occurrences(pack.current(), year) if one.code == code]


@pytest.mark.parametrize(
    ("code", "year", "first", "opens", "closes"),
    [
        ("constitution-day", 2026, date(2026, 12, 4), date(2026, 12, 1), date(2026, 12, 7)),
        ("spring-festival", 2026, date(2026, 2, 17), date(2026, 2, 10), date(2026, 2, 24)),
        ("spring-festival", 2027, date(2027, 2, 6), date(2027, 1, 30), date(2027, 2, 13)),
        ("consumer-rights", 2027, date(2027, 3, 15), date(2027, 3, 8), date(2027, 3, 18)),
        ("honest-business-month", 2026, date(2026, 9, 1), date(2026, 9, 1), date(2026, 9, 30)),
        ("childrens-day", 2026, date(2026, 6, 1), date(2026, 5, 27), date(2026, 6, 1)),
    ],
)
def test_a_key_date_has_its_day_and_its_window(code: str, year: int, first: date, opens: date, closes: date) -> None:
    (one,) = of(year, code)
    assert (one.first, one.opens, one.closes) == (first, opens, closes)


def test_a_report_is_due_five_working_days_after_the_window() -> None:
    (one,) = of(2026, "constitution-day")
    assert one.report_by == date(2026, 12, 14)
    assert not one.provisional


def test_a_due_day_in_a_year_without_a_holiday_notice_is_provisional() -> None:
    assert of(2027, "consumer-rights")[0].provisional


def test_the_day_that_an_organiser_names_each_year_is_not_guessed() -> None:
    (one,) = of(2026, "network-integrity")
    assert one.first is None
    assert one.report_by is None
    assert one.why == "待主办方公布"


def test_a_lunar_day_that_the_pack_does_not_hold_is_not_guessed() -> None:
    (one,) = of(2031, "spring-festival")
    assert one.first is None
    assert one.why == "待换算公历日期"


def test_holidays_of_2026_are_those_of_the_notice_that_are_no_key_date_of_their_own() -> None:
    assert [one.title.partition("（")[0] for one in of(2026, "statutory-holidays")] == [
        "元旦",
        "清明节",
        "端午节",
        "中秋节",
    ]


def test_holidays_of_a_year_without_a_notice_wait_for_it() -> None:
    (one,) = of(2027, "statutory-holidays")
    assert one.first is None
    assert one.why == "待当年放假通知公布"


def test_those_without_a_day_stand_last_and_the_rest_in_order() -> None:
    days = [one.first for one in occurrences(pack.current(), 2026)]
    known = [day for day in days if day]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * (len(days) - len(known))


def test_what_the_plan_does_not_name_is_optional() -> None:
    assert of(2026, "citizen-morality-day")[0].optional
    assert not of(2026, "constitution-day")[0].optional


def test_a_suspended_key_date_is_not_on_the_calendar() -> None:
    rules = pack.current()
    rows = tuple(
        replace(one, status=Status.SUSPENDED) if one.code == "constitution-day" else one for one in rules.keydates
    )
    assert "constitution-day" not in {one.code for one in occurrences(replace(rules, keydates=rows), 2026)}


def test_an_occurrence_is_found_by_its_own_first_day_only() -> None:
    assert occurrence(pack.current(), "constitution-day", date(2026, 12, 4))
    assert occurrence(pack.current(), "constitution-day", date(2026, 12, 5)) is None
