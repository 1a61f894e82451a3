"""时钟."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from daoli_credit.law import clock


def test_now_is_aware_and_chinese() -> None:
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.today() == datetime.now(clock.CHINA).date()


def test_inside_at_it_is_that_day_at_the_present_time_of_day() -> None:
    with clock.at(date(2026, 3, 15)):
        assert clock.today() == date(2026, 3, 15)
        away = clock.now() - datetime.now(clock.CHINA).replace(year=2026, month=3, day=15)
        assert abs(away) < timedelta(seconds=5)


def test_at_nests_and_is_undone_even_after_a_failure() -> None:
    before = clock.today()
    with clock.at(date(2026, 3, 15)):
        with pytest.raises(KeyError), clock.at(date(2026, 6, 14)):
            raise KeyError
        assert clock.today() == date(2026, 3, 15)
    assert clock.today() == before


def test_the_clock_is_locked_outside_demo_and_tests(settings: Settings) -> None:
    settings.DEMO = settings.TESTING = False
    with pytest.raises(clock.ClockLocked), clock.at(date(2026, 3, 15)):
        pytest.fail("the day was moved")
