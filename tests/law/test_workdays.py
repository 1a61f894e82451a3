"""工作日和调休."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import calendar, loader, workdays
from daoli_credit.law.calendar import DAY, Due
from daoli_credit.law.pack import Pack

VECTORS = [
    ("2026-02-13", 3, "2026-02-25"),
    ("2026-02-12", 10, "2026-03-04"),
    ("2026-04-30", 3, "2026-05-08"),
    ("2026-04-30", 7, "2026-05-13"),
    ("2026-09-18", 7, "2026-09-29"),
    ("2026-09-24", 10, "2026-10-15"),
    ("2026-09-30", 3, "2026-10-10"),
    ("2026-11-22", 10, "2026-12-04"),
]


@pytest.mark.parametrize(("start", "count", "end"), VECTORS)
def test_working_days_are_counted_from_the_day_after(rules: Pack, start: str, count: int, end: str) -> None:
    due = calendar.step(rules.calendar, date.fromisoformat(start), count, DAY)
    assert due == Due(date.fromisoformat(end), provisional=False)


def test_a_deadline_in_a_year_without_a_notice_is_provisional(rules: Pack) -> None:
    assert calendar.step(rules.calendar, date(2026, 12, 31), 3, DAY) == Due(date(2027, 1, 5), provisional=True)


@pytest.mark.usefixtures("db")
def test_the_table_in_use_answers_for_every_kind_of_question() -> None:
    loader.load("demo-2026")
    shifted_saturday, holiday, thursday = date(2026, 10, 10), date(2026, 10, 1), date(2026, 10, 15)
    assert workdays.is_workday(shifted_saturday)
    assert not workdays.is_workday(holiday)
    assert workdays.due(date(2026, 9, 30), 3) == Due(shifted_saturday, provisional=False)
    assert workdays.before(thursday, 7) == Due(date(2026, 9, 30), provisional=False)
    assert workdays.roll(holiday) == Due(date(2026, 10, 8), provisional=False)
    assert workdays.roll(thursday) == Due(thursday, provisional=False)
    assert workdays.workdays_between(date(2026, 9, 30), shifted_saturday) == 3
    assert workdays.workdays_between(shifted_saturday, date(2026, 9, 30)) == 0


def test_a_negative_number_of_working_days_is_refused(rules: Pack) -> None:
    with pytest.raises(ValueError, match="不能为负"):
        calendar.step(rules.calendar, date(2026, 1, 5), -1, DAY)


@given(start=st.dates(date(2024, 1, 1), date(2026, 10, 31)), count=st.integers(1, 30))
def test_a_due_day_is_worked_and_that_many_working_days_away(rules: Pack, start: date, count: int) -> None:
    due = calendar.step(rules.calendar, start, count, DAY)
    passed = [start + timedelta(days=n) for n in range(1, (due.on - start).days + 1)]
    assert rules.calendar.is_workday(due.on)
    assert sum(rules.calendar.is_workday(day) for day in passed) == count
