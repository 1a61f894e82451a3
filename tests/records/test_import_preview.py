"""预览: the bureau's sheet as the clerk sees it before anything is entered."""

from collections.abc import Iterator

import pytest
from django.db import connection

from daoli_credit.accounts.models import User
from daoli_credit.workflow import RuleBroken, WrongState
from records.models import BatchRow, CreditRecord, ImportBatch, SealedSheet, Subject
from records.reading.sheet import Row, read
from records.workflows import importing, wrong_rows
from tests import make_importing as sheets
from tests.cast import Cast, browser

FILES = ("penalties-gb18030.csv", "penalties.xlsx")
CAUSES = {
    "id-check-digit": 1,
    "prohibited:minor-person": 1,
    "id-scientific": 1,
    "date-impossible": 1,
    "date-future": 1,
    "prohibited:sealed-public-security": 1,
    "missing": 2,
    "formula": 1,
    "amount-form": 1,
}


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sheet() -> Iterator[None]:
    with sheets.on_its_day():
        yield


def _whole(data: bytes) -> list[Row]:
    return list(read(data).rows)


@pytest.mark.parametrize("name", FILES)
def test_both_files_divide_exactly_and_alike(cast: Cast, name: str) -> None:
    batch = sheets.checked(cast, sheets.sample(name), name)
    assert (batch.status, batch.failure, batch.total) == ("checked", "", 543)
    assert sheets.counts(batch) == {"new": 524, "person": 3, "changed": 2, "same": 2, "wrong": 10, "apart": 2}
    first = 2 if name.endswith("csv") else 3
    lines: dict[str, list[int]] = {}
    for verdict, line in batch.rows.exclude(verdict__in=["new", "wrong"]).values_list("verdict", "line"):
        lines.setdefault(verdict, []).append(line - first)
    assert lines == {"person": [4, 416, 535], "changed": [12, 522], "same": [520, 521], "apart": [533, 534]}
    found: dict[str, int] = {}
    for cause in batch.rows.filter(verdict="wrong").values_list("cause", flat=True):
        found[cause] = found.get(cause, 0) + 1
    assert found == CAUSES
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()


def test_every_bad_row_has_its_own_message_on_the_page(cast: Cast) -> None:
    batch = sheets.checked(cast)
    page = browser(cast.clerk).get(f"/desk/imports/{batch.number}/?tab=wrong").content.decode()
    for line in batch.rows.filter(verdict="wrong").values_list("line", flat=True):
        assert f'class="code">{line}</th>' in page
    said = {problem["message"] for row in batch.rows.filter(verdict="wrong") for problem in row.problems}
    assert len(said) == 11
    assert all(row.problems[0]["fix"] for row in batch.rows.filter(verdict="wrong"))


def test_no_name_and_no_number_stands_plain_in_the_database(cast: Cast) -> None:
    batch = sheets.checked(cast)
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    sheet = _whole(sheets.sample())
    numbers = {cells[3] for _, cells in sheet[1:] if len(cells[3]) > 15}
    names = {cells[0] for _, cells in sheet[1:] if len(cells[0]) > 2 and cells[1] == "自然人"}
    plain = ""
    with connection.cursor() as cursor:
        for table in (
            "records_batchrow",
            "records_importbatch",
            "records_sealedsheet",
            "audit_event",
            "records_subject",
        ):
            cursor.execute(f"SELECT string_agg(t::text, '|') FROM {table} t")  # noqa: S608  our own tables
            plain += cursor.fetchone()[0] or ""
    assert len(plain) > 50_000
    assert not [number for number in numbers if number in plain]
    assert not [name for name in names if name in plain]
    assert b"9999991" not in b"".join(bytes(part.envelope) for part in SealedSheet.objects.all())


def test_a_number_in_the_wrong_column_is_veiled_too(cast: Cast) -> None:
    number, name = sheets.GOOD[1], sheets.GOOD[0]
    rows = [
        sheets.row(1) | {"处罚决定日期": number, "罚款金额（万元）": number, "证件号码": name},
        sheets.row(2) | {"行政处罚决定书文号": number, "处罚类别": name},
    ]
    batch = sheets.checked(cast, sheets.sheet(rows))
    assert sheets.counts(batch) == {"wrong": 2}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '|') FROM records_batchrow t")
        (plain,) = cursor.fetchone()
    assert number not in plain
    assert name not in plain


def test_of_a_minor_nothing_is_kept_but_the_line(cast: Cast) -> None:
    batch = sheets.checked(cast)
    row = batch.rows.get(cause="prohibited:minor-person")
    assert (row.who, row.number_tail, row.document_number, row.line) == ("", "", "", 526)


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ([{}, {}], ["new", "same"]),
        ([{}, {"罚款金额（万元）": "0.06"}], ["changed", "changed"]),
        ([{}, {"处罚决定日期": "2026-11-09"}], ["changed", "changed"]),
        ([{}, {"行政相对人名称": "林秀芸"}], ["person", "person"]),
        ([{}, {"证件号码": "９９９９９９１９８８０３１２００２８"}], ["new", "same"]),
        ([{}, {"行政处罚决定书文号": "哈里市监罚[2026]1号"}], ["new", "same"]),
        ([{}, {"行政相对人类别": "个体工商户", "证件号码": ""}], ["new", "apart"]),
        ([{"违法事实": "#N/A"}, {"违法事实": "=1+1"}], ["wrong", "wrong"]),
        ([{"行政相对人名称": "=CMD()"}, {"行政相对人名称": ""}], ["wrong", "wrong"]),
    ],
)
def test_rows_are_compared_with_each_other(cast: Cast, rows: list[dict[str, str]], verdicts: list[str]) -> None:
    batch = sheets.checked(cast, sheets.sheet(sheets.row(1) | changes for changes in rows))
    assert list(batch.rows.order_by("line").values_list("verdict", flat=True)) == verdicts


def test_cells_right_of_the_last_title_are_a_mistake(cast: Cast) -> None:
    data = sheets.sheet([sheets.row(1)]).decode().rstrip() + ",多出来的\n"
    batch = sheets.checked(cast, data.encode())
    assert list(batch.rows.values_list("cause", flat=True)) == ["no-column"]


def test_the_wrong_rows_come_back_as_text_with_reasons_and_can_be_sent_again(cast: Cast) -> None:
    batch = sheets.checked(cast)
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    answer = browser(cast.clerk).get(f"/desk/imports/{batch.number}/wrong/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    sheet = _whole(answer.content)
    assert len(sheet) == 1 + 15
    titles, first = sheet[0][1], sheet[1][1]
    assert (titles[:4], titles[-1]) == (_whole(sheets.sample())[0][1][:4], "未入库的原因")
    assert first[3] == "999999198607239515"
    assert "=HYPERLINK" in "".join(cells[6] for _, cells in sheet)
    assert b"<f>" not in answer.content
    again = sheets.checked(cast, answer.content, "改后.xlsx")
    assert (again.status, sheets.counts(again)) == ("checked", {"person": 3, "wrong": 10, "changed": 2})


def test_a_download_leaves_its_trace_and_needs_wrong_rows(cast: Cast) -> None:
    from daoli_credit.audit.models import Event  # noqa: PLC0415

    batch = sheets.checked(cast, sheets.sheet([sheets.row(1), sheets.row(2, name="")]))
    browser(cast.clerk).get(f"/desk/imports/{batch.number}/wrong/")
    event = Event.objects.get(act="import.wrong-rows-taken")
    assert (event.object_id, event.count, event.actor_label) == (str(batch.pk), 1, "赵敏")
    good = sheets.checked(cast, sheets.sheet([sheets.row(3)]))
    with pytest.raises(RuleBroken, match="没有需要修改的行"):
        wrong_rows.take(batch=good, actor=cast.clerk)


def test_a_cancelled_batch_keeps_nothing_of_the_sheet(cast: Cast) -> None:
    batch = sheets.checked(cast)
    importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert not BatchRow.objects.exists()
    assert not SealedSheet.objects.exists()
    assert ImportBatch.objects.get().status == "cancelled"
    page = browser(cast.clerk).get(f"/desk/imports/{batch.number}/").content.decode()
    assert "本批已作废" in page


def test_a_batch_cancelled_while_it_is_read_stays_cancelled(cast: Cast) -> None:
    batch = sheets.uploaded(cast)
    importing.begin(batch_id=batch.pk, actor=User.objects.system())
    importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    with pytest.raises(WrongState):
        importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    assert not BatchRow.objects.exists()


def test_only_one_sheet_is_read_at_a_time(cast: Cast) -> None:
    first, second = sheets.uploaded(cast), sheets.uploaded(cast)
    importing.begin(batch_id=first.pk, actor=User.objects.system())
    with pytest.raises(importing.Busy):
        importing.begin(batch_id=second.pk, actor=User.objects.system())
    ImportBatch.objects.filter(pk=first.pk).update(reading_since=first.uploaded_at - importing.LEASE)
    assert importing.begin(batch_id=second.pk, actor=User.objects.system()).status == "reading"
