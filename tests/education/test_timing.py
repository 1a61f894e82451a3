"""按期与否: the table of docs/supervision.md, row by row."""

from datetime import date

import pytest

from education.rules.calendar import Occurrence
from education.rules.timing import Facts, Standing, judge

ONE = Occurrence(
    code="x", title="某节点", year=2026, contents=("knowledge",), optional=False, first=date(2026, 3, 15),
    last=date(2026, 3, 15), opens=date(2026, 3, 8), closes=date(2026, 3, 18), report_by=date(2026, 3, 25),
)  # fmt: skip
UNKNOWN = Occurrence(code="y", title="某节点", year=2026, contents=(), optional=False, why="待主办方公布")
LONG_AGO = date(2026, 1, 1)
DUE, AFTER = date(2026, 3, 25), date(2026, 3, 26)


@pytest.mark.parametrize(
    ("facts", "since", "today", "standing"),
    [
        (Facts(reported_on=DUE), LONG_AGO, AFTER, Standing.REPORTED),
        (Facts(reported_on=AFTER), LONG_AGO, AFTER, Standing.LATE),
        (Facts(said_none_on=DUE), LONG_AGO, AFTER, Standing.NONE),
        (Facts(said_none_on=AFTER), LONG_AGO, AFTER, Standing.LATE),
        (Facts(said_none_on=DUE, reported_on=AFTER), LONG_AGO, AFTER, Standing.REPORTED),
        (Facts(), LONG_AGO, AFTER, Standing.MISSED),
        (Facts(arranged=True), LONG_AGO, AFTER, Standing.MISSED),
        (Facts(), AFTER, AFTER, Standing.BEFORE),
        (Facts(), None, AFTER, Standing.BEFORE),
        (Facts(arranged=True), LONG_AGO, DUE, Standing.ARRANGED),
        (Facts(), LONG_AGO, DUE, Standing.DUE),
        (Facts(), LONG_AGO, date(2026, 3, 8), Standing.DUE),
        (Facts(), LONG_AGO, date(2026, 3, 7), Standing.AHEAD),
    ],
)
def test_the_first_line_that_fits_decides(facts: Facts, since: date | None, today: date, standing: Standing) -> None:
    assert judge(ONE, facts, since=since, today=today) is standing


def test_a_key_date_without_a_day_is_never_late() -> None:
    assert judge(UNKNOWN, Facts(), since=LONG_AGO, today=date(2030, 1, 1)) is Standing.UNKNOWN


def test_to_say_none_in_time_is_as_good_as_to_report_in_time() -> None:
    assert Standing.NONE.on_time is True
    assert Standing.REPORTED.on_time is True
