"""异常查询的规则: pure, and only about officers' looks."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import clock
from daoli_credit.looks.rules import odd
from daoli_credit.looks.rules.odd import Case, Seen

FRIDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 29)


def _look(pk: int = 1, *, at: datetime | None = None, person: int = 1, **changes: Any) -> Seen:
    at = at or datetime(2026, 11, 27, 10, tzinfo=clock.CHINA)
    facts: dict[str, Any] = {
        "pk": pk, "at": at, "day": at.date(), "actor_id": "user:1", "person_key": person.to_bytes(34, "big"),
        "matter": "record-handling", "case_number": "DL2026-000001", "department": "market-regulation",
    }  # fmt: skip
    return Seen(**{**facts, **changes})


@pytest.mark.parametrize(
    ("hour", "minute", "found"), [(6, 0, False), (5, 59, True), (21, 59, False), (22, 0, True), (0, 0, True)]
)
def test_night_is_from_ten_to_six_by_the_clock_of_harbin(db: None, hour: int, minute: int, found: bool) -> None:
    assert odd.at_rest(_look(at=datetime(2026, 11, 27, hour, minute, tzinfo=clock.CHINA))) is found


def test_a_day_of_rest_is_odd_at_any_hour_and_a_shifted_working_day_is_not(db: None) -> None:
    assert odd.at_rest(_look(at=datetime(2026, 11, 29, 10, tzinfo=clock.CHINA)))
    assert odd.at_rest(_look(at=datetime(2026, 10, 1, 10, tzinfo=clock.CHINA)))


def test_the_hour_of_a_played_day_is_nobodys_hour(db: None) -> None:
    at = datetime(2026, 11, 27, 23, tzinfo=clock.CHINA)
    assert not odd.at_rest(_look(at=at, day=FRIDAY - timedelta(days=7)))
    assert odd.at_rest(_look(at=at, day=SUNDAY - timedelta(days=7)))


def test_one_night_of_one_officer_is_one_pointer(db: None) -> None:
    late = [_look(n, at=datetime(2026, 11, 27, 23, n, tzinfo=clock.CHINA), person=n) for n in range(1, 9)]
    other = _look(9, at=datetime(2026, 11, 27, 22, 30, tzinfo=clock.CHINA), actor_id="user:2")
    assert [one.pk for one in odd.first_at_rest([other, *reversed(late)])] == [1, 9]


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (Case("market-regulation", None), False),
        (Case("market-regulation", FRIDAY), False),
        (Case("market-regulation", FRIDAY - timedelta(days=1)), True),
        (Case("health", None), True),
        (None, True),
    ],
)
def test_a_look_wants_an_open_case_of_its_own_department(case: Case | None, found: bool) -> None:
    assert odd.without_case(_look(), case) is found


def _many(count: int, *, persons: int, apart: timedelta, first: int = 1) -> list[Seen]:
    start = datetime(2026, 11, 27, 10, tzinfo=clock.CHINA)
    return [_look(first + n, at=start + apart * n, person=n % persons + 1) for n in range(count)]


def test_sixteen_persons_in_ten_minutes_are_a_burst_once_and_fifteen_are_none() -> None:
    assert not odd.bursts(_many(15, persons=15, apart=timedelta(seconds=10)))
    assert [one.pk for one in odd.bursts(_many(40, persons=40, apart=timedelta(seconds=10)))] == [16]


def test_one_person_many_times_or_many_persons_slowly_are_no_burst() -> None:
    assert not odd.bursts(_many(100, persons=10, apart=timedelta(seconds=1)))
    assert not odd.bursts(_many(100, persons=100, apart=timedelta(minutes=1)))


@given(st.permutations(_many(30, persons=30, apart=timedelta(seconds=20))))
def test_the_answer_does_not_hang_on_the_order_of_asking(looks: list[Seen]) -> None:
    assert [one.pk for one in odd.bursts(looks)] == [16]
