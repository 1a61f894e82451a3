"""批次页: what it says fits the sheet, and its numbers open their rows."""

import re

from records.models import ImportBatch
from records.models.record import S
from records.workflows import many
from tests import make_importing as sheets
from tests.cast import Cast, browser


def page(cast: Cast, batch: ImportBatch, query: str = "") -> str:
    return browser(cast.clerk).get(f"/desk/imports/{batch.number}/{query}").content.decode()


def test_a_sheet_that_was_not_read_leads_to_a_form_filled_in_as_before(cast: Cast) -> None:
    batch = sheets.checked(cast, b"\x00\x01", "x.xlsx")
    assert batch.status == "failed"
    shown = page(cast, batch)
    assert "没有读成" in shown.split("确认结果")[0]
    assert "怎样复核" not in shown
    assert f"/desk/imports/new/?again={batch.number}" in shown
    form = browser(cast.clerk).get(f"/desk/imports/new/?again={batch.number}").content.decode()
    assert f'value="market-regulation/{sheets.ITEM}" selected' in form
    assert sheets.STATED["severity_basis"] in form


def test_sampling_is_ruled_out_for_adverse_records_alone(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1)]))
    assert "不抽查" in page(cast, batch)
    batch.item.adverse = False
    batch.item.save(update_fields=["adverse"])
    shown = page(cast, batch)
    assert "不抽查" not in shown
    assert "可以抽查" in shown


def test_the_number_of_each_state_opens_as_many_rows(cast: Cast) -> None:
    batch = sheets.committed(cast, rows=5)
    some = dict(list(sheets.seen(batch).items())[:2])
    browser(cast.reviewer).get(f"/desk/imports/{batch.number}/review/")  # what is approved has been opened
    many.approve(batch=batch, seen=some, actor=cast.reviewer)
    shown = page(cast, batch)
    states = re.findall(r'href="\?tab=new&amp;state=(\w+)#rows"><b>(\d+)</b>', shown)
    assert sorted(states) == [("effective", "2"), ("submitted", "3")]
    for state, n in states:
        rows = page(cast, batch, f"?tab=new&state={state}")
        assert len(re.findall(r'href="/desk/records/DL', rows)) == int(n)
        assert f"这一类共 {n} 行" in rows
        assert S(state).label in rows
    assert "这一类共 5 行" in page(cast, batch, "?tab=new&state=nonsense")
