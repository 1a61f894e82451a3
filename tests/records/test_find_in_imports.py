"""在批次里找: by line or document, page after page, sheet after sheet; what goes back in files; never by a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.workflow import RuleBroken
from records import batch_rows, batches
from records.models import ImportBatch
from records.reading.sheet import read
from records.workflows import importing, wrong_rows
from tests import make_importing as sheets
from tests import make_rules
from tests.cast import Cast, browser

APART = {"行政相对人类别": "个体工商户", "行政相对人名称": "道里区某某面包店", "证件号码": ""}


def _mixed(cast: Cast) -> ImportBatch:
    """Six good rows, two wrong ones for two causes, one about no person."""
    rows = [sheets.row(serial) for serial in range(1, 7)]
    rows += [sheets.row(7) | {"处罚决定日期": "2026-13-02"}, sheets.row(8) | {"行政相对人名称": ""}]
    return sheets.checked(cast, sheets.sheet([*rows, sheets.row(9) | APART]))


def _page(cast: Cast, batch: ImportBatch, query: str = "") -> str:
    return browser(cast.clerk).get(f"/desk/imports/{batch.number}/{query}").content.decode()


def _lines(page: str) -> list[int]:
    return [int(part.split("<")[0]) for part in page.split('class="code">')[1:] if part.split("<")[0].isdecimal()]


def test_the_pages_of_a_class_are_turned_by_line_and_show_each_row_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.views.importing.PER_PAGE", 2)
    batch = _mixed(cast)
    rows = batch_rows.rows(batch, "new")
    first = batch_rows.turned(rows, at="", before="", size=4)
    assert ([row.line for row in first.rows], first.earlier, first.later) == ([2, 3, 4, 5], None, 6)
    last = batch_rows.turned(rows, at="6", before="", size=4)
    assert ([row.line for row in last.rows], last.earlier, last.later) == ([6, 7], 6, None)
    back = batch_rows.turned(rows, at="", before="6", size=3)
    assert ([row.line for row in back.rows], back.earlier, back.later) == ([3, 4, 5], 3, 6)
    assert [row.line for row in batch_rows.turned(rows, at="垃圾", before="-1", size=2).rows] == [2, 3]
    page = _page(cast, batch, "?tab=new")
    assert _lines(page) == [2, 3]
    assert "本页 2 行，这一类共 6 行" in page
    assert _lines(_page(cast, batch, "?tab=new&at=4")) == [4, 5]
    assert _lines(_page(cast, batch, "?tab=new&before=4")) == [2, 3]


def test_a_row_is_found_by_its_line_or_its_document_in_whatever_class_it_is(cast: Cast) -> None:
    batch = _mixed(cast)
    page = _page(cast, batch, "?q=8")
    assert _lines(page) == [8]
    assert "没有“2026-13-02”这一天" in page or "2026-13-02" in page
    page = _page(cast, batch, "?q=哈里市监罚[2026]3号")
    assert (_lines(page), "本页 1 行，这一类共 1 行" in page) == ([4], True)
    assert "这一批里没有这个行号或者文书号的行" in _page(cast, batch, "?q=9999")
    assert _lines(_page(cast, batch, f"?q={sheets.GOOD[0]}")) == []
    assert _lines(_page(cast, batch, f"?q={sheets.GOOD[1]}")) == []


def test_what_is_counted_of_a_preview_is_what_counting_every_row_says(cast: Cast) -> None:
    batch = _mixed(cast)
    assert batch_rows.preview(batch).counts == sheets.counts(batch)
    done = sheets.committed(cast, rows=2)
    assert batch_rows.preview(done).counts == sheets.counts(done)


def test_the_page_of_an_entered_sheet_asks_for_its_records_once(cast: Cast) -> None:
    batch, client = sheets.committed(cast, rows=3), browser(cast.clerk)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/desk/imports/{batch.number}/").content.decode()
    assert "3 条已入库，3 条等待逐件复核" in page
    counting = [one["sql"] for one in asked.captured_queries if "COUNT(" in one["sql"]]
    assert sum("records_creditrecord" in sql and "batch_id" in sql for sql in counting) == 1


def test_many_wrong_rows_come_back_in_several_files(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_rows, "MOST", 2)
    rows = [sheets.row(serial) | {"处罚决定日期": "2026-13-02"} for serial in range(1, 6)]
    batch = sheets.checked(cast, sheets.sheet(rows))
    client, address = browser(cast.clerk), f"/desk/imports/{batch.number}/wrong/"
    assert "分成 3 份下载" in _page(cast, batch)
    documents = []
    for part in (1, 2, 3):
        answer = client.get(f"{address}?part={part}")
        documents += [cells[4] for _, cells in list(read(answer.content).rows)[1:]]
    assert documents == [f"哈里市监罚〔2026〕{serial}号" for serial in range(1, 6)]
    assert client.get(f"{address}?part=4").status_code == 302
    with pytest.raises(RuleBroken, match="一共 3 份，没有第 4 份"):
        wrong_rows.take(batch=batch, actor=cast.clerk, part=4)


def test_rows_about_no_person_can_be_taken_along_to_where_they_belong(cast: Cast) -> None:
    batch = _mixed(cast)
    assert "下载单位和个体工商户的行" in _page(cast, batch, "?tab=apart")
    answer = browser(cast.clerk).get(f"/desk/imports/{batch.number}/wrong/?what=apart")
    title, row = [cells for _, cells in read(answer.content).rows]
    assert (title[0], row[0]) == ("行政相对人名称", "道里区某某面包店")
    assert title[-1] == "未入库的原因"
    assert row[-1]


def test_what_was_put_right_is_sent_again_as_the_batch_before_stated_it(cast: Cast) -> None:
    batch = _mixed(cast)
    assert f"/desk/imports/new/?again={batch.number}" in _page(cast, batch)
    form = browser(cast.clerk).get(f"/desk/imports/new/?again={batch.number}").context["form"]
    assert form["what"].value() == f"market-regulation/{sheets.ITEM}"
    assert (form["severity"].value(), form["severity_basis"].value()) == tuple(sheets.STATED.values())
    # a batch of another department says nothing
    assert browser(cast.other_clerk).get(f"/desk/imports/new/?again={batch.number}").context["form"].initial == {}


def test_sheets_are_found_by_number_file_item_and_status(cast: Cast) -> None:
    first = sheets.checked(cast, sheets.sheet([sheets.row(1)]), "十一月处罚.csv")
    second = sheets.committed(cast)
    client = browser(cast.clerk)

    def found(query: str) -> set[str]:
        page = client.get(f"/desk/imports/{query}").content.decode()
        return {one.number for one in (first, second) if one.number in page}

    assert found("") == {first.number, second.number}
    assert found("?status=committed") == {second.number}
    assert found("?q=十一月") == {first.number}
    assert found(f"?q={second.number}") == {second.number}
    assert found("?q=十一月&status=committed") == set()
    assert "没有这样的批次" in client.get("/desk/imports/?q=没有的").content.decode()
    assert found("?status=垃圾") == {first.number, second.number}


def test_a_sheet_that_waits_to_be_confirmed_is_counted_for_whoever_may_confirm_it(cast: Cast) -> None:
    batch = _mixed(cast)
    assert list(batches.waiting_for(cast.clerk)) == [batch]
    assert not batches.waiting_for(cast.reviewer).exists()
    assert not batches.waiting_for(cast.other_clerk).exists()
    assert "批量导入" in browser(cast.clerk).get("/desk/").content.decode().split("还有这些等您办")[1]
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert not batches.waiting_for(cast.clerk).exists()


def test_a_sheet_of_an_item_whose_rule_is_suspended_says_beforehand_that_it_cannot_go_in(cast: Cast) -> None:
    batch = _mixed(cast)
    assert "确认入库 6 行" in _page(cast, batch)
    make_rules.agreed(cast, "suspend", "items", sheets.ITEM)
    page = _page(cast, batch)
    assert "现在还不能入库" in page
    assert f'href="/rules/items/{sheets.ITEM}/"' in page
    assert "确认入库 6 行" not in page
