"""演示的故事: what the walk finds on the board of quality is there on every day of the week."""

from datetime import date, timedelta

import pytest

from daoli_credit.demo import story
from daoli_credit.law import clock
from daoli_credit.supervision import reporting
from daoli_credit.supervision.weeks import latest
from records.models import CreditRecord
from tests.cast import Cast

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "today", [*(MONDAY + timedelta(days=n) for n in range(7)), date(2026, 2, 25), date(2027, 1, 1), date(2028, 2, 29)]
)
def test_what_came_back_came_back_in_a_week_that_is_closed(cast: Cast, today: date) -> None:
    """A week is open until its third working day is over: of twelve days ago that is not true on a Tuesday."""
    with clock.at(today):
        story.tell()
        closed = {week for week in latest(today) if reporting.is_closed(week, today)}
        assert {week for unit, week in reporting.returned(latest(today)[0].first) if unit == cast.market.pk} & closed
        assert set(CreditRecord.objects.values_list("status", flat=True)) == {"effective", "submitted", "returned"}
