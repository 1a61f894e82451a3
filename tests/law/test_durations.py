"""期间: 民法典第二百零二条."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law.durations import Duration, parse


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2026, 8, 31), "P3M", date(2026, 11, 30)),
        (date(2024, 2, 29), "P3Y", date(2027, 2, 28)),
        (date(2026, 11, 30), "P3M", date(2027, 2, 28)),
        (date(2026, 1, 15), "P1Y6M", date(2027, 7, 15)),
        (date(2026, 12, 31), "P1D", date(2027, 1, 1)),
        (date(2023, 12, 31), "P2M", date(2024, 2, 29)),
    ],
)
def test_a_period_ends_on_the_corresponding_day_or_the_months_last(start: date, length: str, end: date) -> None:
    assert parse(length).after(start) == end


@pytest.mark.parametrize("text", ["", "P", "3M", "P3", "PT4H", "P3M1Y", "P-1M"])
def test_an_unreadable_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="时长写法不对"):
        parse(text)


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 120))
def test_a_later_start_never_ends_earlier(start: date, months: int) -> None:
    length = Duration(months=months)
    assert length.after(date.fromordinal(start.toordinal() + 1)) >= length.after(start)
