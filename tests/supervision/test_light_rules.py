"""任务进度的规则: the tables of docs/supervision.md, row by row."""

from datetime import date

import pytest

from daoli_credit.supervision.lights import activity, arranged, keydates, reporting, rules_confirmed
from daoli_credit.supervision.lights.light import Light, Shown, whole
from daoli_credit.supervision.reporting import Standing as Week
from education.rules.calendar import Occurrence
from education.rules.timing import Standing
from education.selectors import Cell

TODAY = date(2026, 11, 24)


def cell(standing: Standing, *, closes: date = date(2026, 11, 1), report_by: date = date(2026, 11, 6)) -> Cell:
    one = Occurrence(
        code="x", title="某节点", year=2026, contents=(), optional=False, first=closes, last=closes, opens=closes,
        closes=closes, report_by=report_by,
    )  # fmt: skip
    return Cell(1, one, standing, ())


@pytest.mark.parametrize(
    ("cells", "light"),
    [
        ([], Light.NORMAL),
        ([cell(Standing.REPORTED), cell(Standing.NONE)], Light.NORMAL),
        ([cell(Standing.MISSED), cell(Standing.REPORTED)], Light.OVERDUE),
        ([cell(Standing.LATE)], Light.WATCH),
        ([cell(Standing.LATE, report_by=date(2026, 8, 26))], Light.NORMAL),
        ([cell(Standing.DUE, closes=date(2026, 11, 27))], Light.WATCH),
        ([cell(Standing.DUE, closes=date(2026, 11, 28))], Light.NORMAL),
        ([cell(Standing.ARRANGED, closes=date(2026, 11, 25))], Light.NORMAL),
        ([cell(Standing.BEFORE), cell(Standing.UNKNOWN), cell(Standing.AHEAD)], Light.NORMAL),
    ],
)
def test_key_dates(cells: list[Cell], light: Light) -> None:
    assert keydates.light(cells, TODAY).light is light


@pytest.mark.parametrize(
    ("last", "light"),
    [(TODAY, Light.NORMAL), (date(2026, 8, 24), Light.NORMAL), (date(2026, 8, 23), Light.WATCH)],
)
def test_regular_activity(last: date, light: Light) -> None:
    assert activity.light(last, TODAY).light is light


@pytest.mark.parametrize(
    ("weeks", "slow", "light"),
    [
        ([Week.REPORTED], False, Light.NORMAL),
        ([Week.NONE] * 12, False, Light.NORMAL),
        ([Week.REPORTED, Week.MISSED], False, Light.OVERDUE),
        ([Week.REPORTED, Week.MISSED], True, Light.OVERDUE),
        ([Week.MISSED, Week.REPORTED], False, Light.WATCH),
        ([Week.LATE, *[Week.REPORTED] * 3], False, Light.WATCH),
        ([Week.LATE, *[Week.REPORTED] * 4], False, Light.NORMAL),
        ([Week.REPORTED], True, Light.WATCH),
    ],
)
def test_reporting(weeks: list[Week], slow: bool, light: Light) -> None:
    assert reporting.light(weeks, slow_review=slow).light is light


@pytest.mark.parametrize(("waiting", "light"), [(0, Light.DONE), (1, Light.WATCH)])
def test_rules_confirmed(waiting: int, light: Light) -> None:
    assert rules_confirmed.light(waiting).light is light


@pytest.mark.parametrize(
    ("homeless", "clauses", "light"), [(0, 0, Light.DONE), (0, 1, Light.WATCH), (1, 0, Light.OVERDUE)]
)
def test_arranged(homeless: int, clauses: int, light: Light) -> None:
    assert arranged.light(homeless, clauses).light is light


@pytest.mark.parametrize(
    ("shares", "light"),
    [
        ([], Light.NO_FACTS),
        ([Light.NO_FACTS, Light.NO_FACTS], Light.NO_FACTS),
        ([Light.DONE, Light.DONE], Light.DONE),
        ([Light.DONE, Light.NO_FACTS], Light.NORMAL),
        ([Light.NORMAL, Light.NO_FACTS], Light.NORMAL),
        ([Light.NORMAL, Light.WATCH, Light.NO_FACTS], Light.WATCH),
        ([Light.WATCH, Light.OVERDUE, Light.DONE], Light.OVERDUE),
    ],
)
def test_a_task_is_as_urgent_as_its_most_urgent_unit(shares: list[Light], light: Light) -> None:
    assert whole(Shown(one, "") for one in shares).light is light


def test_the_word_and_the_shape_of_each_light() -> None:
    assert {one.word: one.kind for one in Light} == {
        "逾期": "bad", "关注": "warn", "正常": "ok", "完成": "done", "未开始": "off",
    }  # fmt: skip
