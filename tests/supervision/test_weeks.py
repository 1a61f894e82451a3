"""报送周期."""

from datetime import date

import pytest

from daoli_credit.supervision.weeks import Week, latest, week_of

pytestmark = pytest.mark.django_db


def test_a_week_runs_from_monday_to_sunday_and_is_judged_on_the_third_working_day_after() -> None:
    week = week_of(date(2026, 11, 20))
    assert (week.first, week.last, week.report_by) == (date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 25))
    assert week.can_be_confirmed_from == date(2026, 11, 20)


def test_a_shifted_saturday_is_its_last_working_day() -> None:
    assert week_of(date(2026, 10, 7)).can_be_confirmed_from == date(2026, 10, 10)


def test_holidays_give_more_time() -> None:
    assert Week(date(2026, 9, 28)).report_by == date(2026, 10, 10)


def test_a_week_of_holidays_can_be_confirmed_on_its_last_day() -> None:
    week = Week(date(2026, 2, 16))
    assert week.can_be_confirmed_from == date(2026, 2, 22)


def test_the_present_week_stands_last() -> None:
    weeks = latest(date(2026, 11, 24))
    assert len(weeks) == 12
    assert weeks[-1].first == date(2026, 11, 23)
