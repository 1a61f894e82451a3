"""新抄的表: on any day the demonstration has a sheet that a bureau could have sent that week."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from daoli_credit.demo import fresh_sheet
from daoli_credit.law import clock, pack
from records.rules import intake

STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}


def read(data: bytes, today: date) -> list[intake.Verdict]:
    """What the rules say of each row on that day."""
    edition = pack.current()
    item = edition.item("penalty-market-other")
    names = {field.zh: field.name for field in (*edition.identity, *item.fields)}
    table = csv.DictReader(data.decode("gb18030").splitlines())
    raw = [{names[title]: value for title, value in line.items()} for line in table]
    with clock.at(today):
        return [intake.check(item.code, {**line, **STATED}, today=today) for line in raw]


def causes(verdicts: list[intake.Verdict]) -> Counter[str]:
    return Counter(problem.cause for verdict in verdicts for problem in verdict.problems)


def test_on_the_day_it_was_written_it_is_the_sheet_itself() -> None:
    assert fresh_sheet.as_of(fresh_sheet.WRITTEN) == fresh_sheet.SHEET.read_bytes()


@pytest.mark.parametrize(
    "today", [date(2026, 12, 31), date(2027, 1, 4), date(2027, 5, 1), date(2028, 2, 29), date(2029, 3, 1)]
)
def test_on_another_day_every_row_is_judged_as_it_was(db: None, today: date) -> None:
    before = read(fresh_sheet.as_of(fresh_sheet.WRITTEN), fresh_sheet.WRITTEN)
    after = read(fresh_sheet.as_of(today), today)
    assert len(after) == 543
    assert causes(after) == causes(before)
    assert [bool(one.checked) for one in after] == [bool(one.checked) for one in before]
    assert all(one.checked.determined_on < today for one in after if one.checked)


@pytest.mark.parametrize("days", [1, 33, 458, 3000])
def test_a_day_moves_by_as_much_and_stays_typed_as_it_was(days: int) -> None:
    text = fresh_sheet.as_of(fresh_sheet.WRITTEN + timedelta(days=days)).decode("gb18030")
    then = date(2026, 3, 5) + timedelta(days=days)
    assert f",{then.year}年{then.month}月{then.day}日," in text
    assert f",{date(2026, 3, 7) + timedelta(days=days):%Y%m%d}," in text
    assert ",2026-02-30," in text


def test_it_is_laid_down_once_and_stays_what_was_handed_over(tmp_path: Path) -> None:
    first = fresh_sheet.lay_down(tmp_path, date(2027, 1, 4))
    assert first.read_bytes() == fresh_sheet.as_of(date(2027, 1, 4))
    assert fresh_sheet.lay_down(tmp_path, date(2028, 2, 29)) == first
    assert first.read_bytes() == fresh_sheet.as_of(date(2027, 1, 4))
    assert [one.name for one in first.parent.iterdir()] == [first.name]
