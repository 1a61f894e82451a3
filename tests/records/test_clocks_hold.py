"""期限停走不减少本人的权利: whatever is asked and however long it takes, the office has no day more than it had."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import calendar, editions, pack, workdays
from daoli_credit.law.assemble import build
from daoli_credit.law.calendar import DAY, Calendar
from daoli_credit.law.pack import Pack
from records.rules import objection_clocks, repair_clocks

LIMITS = ("objection-decide", "objection-decide-max", "repair-accept", "repair-decide", "withdraw-changed-decision")
DAYS = st.dates(date(2025, 12, 1), date(2027, 6, 30))  # over Spring Festival, the October week, and a year unknown
FEW = st.integers(0, 12)


@pytest.fixture(scope="module", autouse=True)
def rules() -> Iterator[Pack]:
    """The edition of the demo, read from its files and in use."""
    read = build(editions.read("demo-2026")[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "current", lambda: read)
        yield read


@given(raised=DAYS, asked_after=FEW, took=st.integers(0, 40))
def test_as_many_working_days_are_left_after_a_pause_as_there_were(raised: date, asked_after: int, took: int) -> None:
    due = objection_clocks.due(raised).on
    assert due is not None
    asked = raised + timedelta(days=asked_after)
    if asked > due:
        return  # the act refuses: a clock that has run out is not stopped
    answered = asked + timedelta(days=took)
    days = objection_clocks.waited(asked, answered)
    later = objection_clocks.resumed(due, days)
    assert later >= due
    assert workdays.is_workday(later)
    assert workdays.workdays_between(answered, later) == workdays.workdays_between(asked, due)
    # without the pause the office had used the same working days of its own
    assert workdays.workdays_between(raised, later) - days == workdays.workdays_between(raised, due)


@given(asked=DAYS, one=FEW, two=FEW)
def test_two_pauses_are_together_as_long_as_one_over_both(asked: date, one: int, two: int) -> None:
    middle, end = asked + timedelta(days=one), asked + timedelta(days=one + two)
    together = objection_clocks.waited(asked, middle) + objection_clocks.waited(middle, end)
    assert together == objection_clocks.waited(asked, end)


@given(asked=DAYS, took=st.integers(0, 40))
def test_days_of_rest_stop_no_clock(asked: date, took: int) -> None:
    passed = [asked + timedelta(days=n) for n in range(1, took + 1)]
    if not any(workdays.is_workday(day) for day in passed):
        assert objection_clocks.waited(asked, asked + timedelta(days=took)) == 0
    assert objection_clocks.waited(None, asked) == 0


@given(start=DAYS, waited=FEW)
def test_the_longest_term_keeps_the_days_of_waiting_and_no_other(start: date, waited: int) -> None:
    plain, later = objection_clocks.longest(start), objection_clocks.longest(start, waited)
    assert plain.on is not None
    assert later.on is not None
    assert workdays.workdays_between(start, later.on) == workdays.workdays_between(start, plain.on) + waited
    assert later.provisional >= plain.provisional


@pytest.mark.parametrize("code", LIMITS)
@given(start=DAYS)
def test_every_clock_begins_on_the_day_after_and_ends_on_a_day_of_work(code: str, start: date) -> None:
    due = repair_clocks.clock(code, "", start)
    assert due.on is not None
    assert due.on > start
    assert workdays.is_workday(due.on)
    assert due.article
    assert due.provisional == (due.on.year not in pack.current().calendar.years)


@given(start=st.dates(date(2026, 1, 1), date(2026, 11, 1)), count=FEW, more=st.sets(st.integers(1, 25), max_size=6))
def test_a_further_day_of_rest_never_makes_a_term_end_earlier(
    rules: Pack, start: date, count: int, more: set[int]
) -> None:
    table = rules.calendar
    rest = frozenset(start + timedelta(days=n) for n in more)
    shorter = Calendar(table.years, table.rest | rest, table.worked - rest)
    assert calendar.step(shorter, start, count, DAY).on >= calendar.step(table, start, count, DAY).on
