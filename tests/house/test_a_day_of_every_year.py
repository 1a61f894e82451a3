"""The 29th of February: another year has none, and `replace(year=…)` then raises. Years are added by Duration."""

import ast
from datetime import date

import pytest

from tests.days import years_on
from tests.house import sources


def moved_by_hand(text: str) -> list[int]:
    """Lines on which a day is put into another year as it stands, and nobody asks whether that year has it."""
    tree = ast.parse(text)
    asked = {
        id(node)
        for tried in ast.walk(tree)
        if isinstance(tried, ast.Try)
        for line in tried.body
        for node in ast.walk(line)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "replace"
        and {"year"} <= {word.arg for word in node.keywords}
        and "day" not in {word.arg for word in node.keywords}
        and id(node) not in asked
    ]


def test_no_day_is_moved_to_a_year_that_may_not_have_it() -> None:
    files = [path for _, path in sources.modules()]
    files += [path for folder in ("tests", "bench") for path in sorted((sources.ROOT / folder).rglob("*.py"))]
    wrong = [
        f"{path.relative_to(sources.ROOT)}:{line}"
        for path in files
        for line in moved_by_hand(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, f"2 月 29 日换个年份会出错；用 Duration（测试里用 tests/days.py 的 years_on）：{wrong}"


@pytest.mark.parametrize("wrong", ["today.replace(year=today.year - 1)", "a.b.replace(year=2030, month=2)"])
def test_what_is_moved_by_hand_is_found(wrong: str) -> None:
    assert moved_by_hand(wrong)


@pytest.mark.parametrize(
    "right",
    ["text.replace('年', '')", "day.replace(year=2030, day=1)", "try:\n    day.replace(year=1)\nexcept E:\n    0"],
)
def test_what_is_safe_is_let_be(right: str) -> None:
    assert not moved_by_hand(right)


@pytest.mark.parametrize(
    ("day", "years", "there"),
    [
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), -10, date(2018, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2027, 12, 31), 1, date(2028, 12, 31)),
    ],
)
def test_the_same_day_in_another_year(day: date, years: int, there: date) -> None:
    assert years_on(day, years) == there
