"""内容不同的行 are kept as they were judged: a late page costs what an early one does, and says what the sheet says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.accounts.models import User
from daoli_credit.law import pack
from daoli_credit.workflow import RuleBroken
from records import sealed_sheets
from records.models import CreditRecord, ImportBatch, SealedSheet
from records.rules import ready
from records.workflows import differing, importing, judging, opening
from records.workflows import record as acts
from tests import make_importing as sheets
from tests.cast import Cast, browser

FINE = "罚款金额（万元）"
ROWS = 9


@pytest.fixture
def batch(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> ImportBatch:
    """Nine records in force, and the same sheet again with other fines, judged two rows at a time."""
    first = sheets.committed(cast, ROWS)
    records = list(CreditRecord.objects.filter(row__batch=first).order_by("pk"))
    opening.note(records, cast.reviewer)
    for one in records:
        acts.approve(record_id=one.pk, actor=cast.reviewer, opinion="", seen=one.revision)
    monkeypatch.setattr(judging, "STRIDE", 2)
    again = [sheets.row(n, **{FINE: f"0.{n}8", "处罚内容": f"罚款\\第{n}次"}) for n in range(1, ROWS + 1)]
    return sheets.checked(cast, sheets.sheet(again))


def _lines(batch: ImportBatch) -> list[int]:
    return list(batch.rows.filter(cause="differs").order_by("line").values_list("line", flat=True))


def test_a_kept_row_says_what_the_sheet_says(batch: ImportBatch) -> None:
    lines = _lines(batch)
    assert len(lines) == ROWS
    kept = differing.rows(batch, lines)
    SealedSheet.objects.filter(batch=batch, part__gte=sealed_sheets.DIFFERING).delete()
    assert kept == differing.rows(batch, lines)
    assert kept[4].changes["fine"] == "0.58"
    assert kept[4].changes["penalty_content"] == "罚款\\第5次"


def test_any_row_is_opened_from_its_own_part_without_reading_the_sheet(batch: ImportBatch) -> None:
    SealedSheet.objects.filter(batch=batch, part=0).delete()  # nobody can read it any more
    for line, fine in ((_lines(batch)[0], "0.18"), (_lines(batch)[4], "0.58"), (_lines(batch)[-1], "0.98")):
        with CaptureQueriesContext(connection) as asked:
            (one,) = differing.rows(batch, [line])
        assert one.changes["fine"] == fine
        envelopes = [query for query in asked if query["sql"].startswith('SELECT "records_sealedsheet"."envelope"')]
        assert len(envelopes) == 1


def test_lines_of_several_parts_are_found_and_a_line_that_is_none_is_left_out(batch: ImportBatch) -> None:
    lines = _lines(batch)
    wanted = [lines[0], lines[3], lines[-1]]
    assert sorted(sealed_sheets.differing(batch, {*wanted, 4000})) == wanted
    assert sealed_sheets.differing(batch, {1}) == {}


def test_when_the_rules_have_moved_the_sheet_itself_is_read(batch: ImportBatch) -> None:
    lines = _lines(batch)
    kept = differing.rows(batch, lines)
    ImportBatch.objects.filter(pk=batch.pk).update(checked_under="0" * 64)
    batch.refresh_from_db()
    assert batch.checked_under != pack.current().digest
    assert differing.rows(batch, lines) == kept
    SealedSheet.objects.filter(batch=batch, part=0).delete()
    with pytest.raises(RuleBroken, match="不再保存"):
        differing.rows(batch, lines)


def test_they_outlive_entering_and_go_with_the_sheet_and_with_a_new_judgement(cast: Cast, batch: ImportBatch) -> None:
    kept = SealedSheet.objects.filter(batch=batch, part__gte=sealed_sheets.DIFFERING)
    before = kept.count()
    assert before > 1
    batch = importing.recheck(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    assert kept.count() == before
    batch = ImportBatch.objects.get(pk=batch.pk)
    importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert not SealedSheet.objects.filter(batch=batch).exists()
    assert differing.rows(batch, [2]) == []


def test_nothing_of_it_is_plain_and_the_original_is_still_whole(batch: ImportBatch) -> None:
    for one in SealedSheet.objects.filter(batch=batch):
        assert "罚款".encode() not in bytes(one.envelope)
        assert sheets.GOOD[1].encode() not in bytes(one.envelope)
    assert "罚款".encode() in b"".join(sealed_sheets.original(batch))


def test_the_page_of_the_last_rows_is_the_page_of_any_rows(cast: Cast, batch: ImportBatch) -> None:
    page = browser(cast.clerk).get(f"/desk/imports/{batch.number}/changed/").content.decode()
    assert "0.98" in page
    assert "罚款\\第9次" in page


def test_a_ready_row_gives_its_content_back() -> None:
    line = "\t".join(
        [
            "7",
            "甲",
            "居民身份证",
            "1",
            "文\\\\号",
            "2026-01-01",
            "x",
            "\\N",
            '{"a": "b\\\\\\\\c\\\\td"}',
            "[]",
            "general",
        ]
    )
    one = ready.opened(line)
    assert one.content == {"a": "b\\c\td"}
    assert one.severity == "general"
    assert one.plain_document == "文\\号"
