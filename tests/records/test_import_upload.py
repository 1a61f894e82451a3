"""上传: the form, what it refuses, and that nothing of a refused file is kept."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from daoli_credit.accounts.models import User
from daoli_credit.workflow import RuleBroken
from records import sealed_sheets, tasks
from records.models import ImportBatch, SealedSheet
from records.workflows import importing, uploading, wrong_rows
from tests import make_importing as sheets
from tests.cast import Cast, browser

WHAT = "market-regulation/penalty-market-other"


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sheet() -> Iterator[None]:
    with sheets.on_its_day():
        yield


def _send(client: Client, data: bytes | None = b"x", name: str = "处罚.csv", **fields: str) -> "tuple[int, str]":
    body: dict[str, object] = {"what": WHAT, **sheets.STATED, **fields}
    if data is not None:
        body["file"] = SimpleUploadedFile(name, data)
    answer = client.post("/desk/imports/new/", body)
    return answer.status_code, answer.content.decode()


def test_an_upload_answers_at_once_and_waits_for_the_worker(cast: Cast) -> None:
    client = browser(cast.clerk)
    status, _ = _send(client, sheets.sample())
    batch = ImportBatch.objects.get()
    assert (status, batch.status, batch.file_size) == (302, "uploaded", len(sheets.sample()))
    page = client.get(f"/desk/imports/{batch.number}/").content.decode()
    assert "正在读取和核对" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    tasks.read_sheet(batch.pk)
    assert "15 行需要修改或者核对" in client.get(f"/desk/imports/{batch.number}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"severity": ""}, "没有选择轻微、一般或者严重"),
        ({"severity_basis": " "}, "没有写明分类依据"),
        ({"what": "market-regulation/list-food"}, "没有可以导入的这个目录事项"),
        ({"what": "health/penalty-health"}, "没有可以导入的这个目录事项"),
        ({"what": ""}, "请选择目录事项"),
        ({"served_on": "2026-11-01"}, "没有选送达方式"),
        ({"service": "post", "served_on": "2099-01-01"}, "还没有到"),
        ({"service": "post", "served_on": "去年"}, "不像日期"),
    ],
)
def test_a_wrong_statement_is_said_at_its_field_and_nothing_is_kept(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    status, page = _send(browser(cast.clerk), sheets.sample(), **fields)
    assert status == 422
    assert said in page
    assert not ImportBatch.objects.exists()
    assert not SealedSheet.objects.exists()


def test_no_file_and_an_empty_file_are_said_apart(cast: Cast) -> None:
    client = browser(cast.clerk)
    assert "请选择文件" in _send(client, None)[1]
    assert "0 字节" in _send(client, b"")[1]
    with pytest.raises(RuleBroken, match="0 字节"):
        sheets.uploaded(cast, b"")


def test_a_file_over_the_cap_is_refused_before_anything_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    status, page = _send(browser(cast.clerk), b"PK\x03\x04" + b"x" * (61 << 20), "大表.xlsx")
    assert status == 422
    assert "超过 60 MB" in page
    monkeypatch.setattr(uploading, "LONGEST_CSV", 1000)
    assert "超过" in _send(browser(cast.clerk), sheets.sample())[1]
    assert not ImportBatch.objects.exists()


def test_a_text_longer_than_memory_allows_is_sealed_on_its_way_in_and_read_whole(cast: Cast) -> None:
    line = sheets.sheet([sheets.row(1)]).splitlines(keepends=True)
    data = line[0] + line[1] + b",,,,,,,,,,,,,,,\r\n" * (22 << 20 >> 4) + sheets.sheet([sheets.row(2)]).splitlines()[1]
    assert len(data) > 22 << 20
    client = browser(cast.clerk)
    assert _send(client, data)[0] == 302
    batch = ImportBatch.objects.get()
    assert (batch.file_size, SealedSheet.objects.count()) == (len(data), 6)
    assert b"".join(sealed_sheets.original(batch)) == data
    tasks.read_sheet(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.failure, sheets.counts(batch)) == ("checked", "", {"new": 2})


def test_a_long_file_of_somebody_who_sends_no_sheets_is_taken_by_nobody(cast: Cast) -> None:
    assert _send(browser(cast.reviewer), b"x" * (22 << 20))[0] == 403


def test_an_upload_that_no_worker_heard_of_is_found_by_the_timetable(cast: Cast) -> None:
    batch = sheets.uploaded(cast, sheets.sheet([sheets.row(1)]))
    assert tasks.read_waiting() == 0
    ImportBatch.objects.update(uploaded_at=batch.uploaded_at - importing.LEASE)
    assert tasks.read_waiting() == 1
    assert ImportBatch.objects.get().status == "checked"
    assert tasks.read_waiting() == 0


def test_a_sheet_over_which_a_worker_died_is_read_again(cast: Cast) -> None:
    batch = sheets.uploaded(cast, sheets.sheet([sheets.row(1)]))
    importing.begin(batch_id=batch.pk, actor=User.objects.system())
    ImportBatch.objects.update(reading_since=batch.uploaded_at - 2 * importing.LEASE)
    assert tasks.read_waiting() == 1
    assert ImportBatch.objects.get().status == "checked"


def test_the_stored_sheet_goes_after_thirty_days(cast: Cast) -> None:
    batch = sheets.committed(cast)
    assert tasks.forget_old_sheets() == 0
    ImportBatch.objects.update(uploaded_at=batch.uploaded_at - importing.KEPT - importing.LEASE)
    assert tasks.forget_old_sheets() == 1
    assert not SealedSheet.objects.exists()
    with pytest.raises(RuleBroken):
        wrong_rows.take(batch=batch, actor=cast.clerk)


def test_what_is_stated_once_holds_for_every_row(cast: Cast) -> None:
    batch = sheets.uploaded(cast, sheets.sheet([sheets.row(1)]), service="post", served_on="2026-11-12")
    batch = importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    record = batch.rows.get().record
    assert record is not None
    assert (record.service, str(record.served_on), record.severity) == ("post", "2026-11-12", "general")


def test_pages_of_a_batch_are_its_departments_own(cast: Cast) -> None:
    batch = sheets.committed(cast)
    for user, expected in ((cast.both, 200), (cast.other_clerk, 404), (cast.wage_clerk, 404), (cast.supervisor, 403)):
        assert browser(user).get(f"/desk/imports/{batch.number}/").status_code == expected
    assert batch.number not in browser(cast.other_clerk).get("/desk/imports/").content.decode()
    assert browser(cast.clerk).get("/desk/imports/PC1999-000001/").status_code == 404
