"""接口报送: the same rules and the same answers as the page; what it leads to is confirmed by a clerk."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from records import tasks
from records.models import CreditRecord, ImportBatch
from records.workflows import importing
from tests import make_importing as sheets
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser

AT = "/api/v1/imports/"
FACTS = {"item": sheets.ITEM, **sheets.STATED}


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sheet() -> Iterator[None]:
    with sheets.on_its_day():
        yield


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


def _send(text: str, body: object, request_id: str = "request-0001", kind: str = "application/json") -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    query = "?" + "&".join(f"{name}={value}" for name, value in FACTS.items()) if isinstance(body, bytes) else ""
    headers = {"Authorization": f"Daoli {text}", "Idempotency-Key": request_id}
    return Client().post(AT + query, data, content_type=kind, headers=headers)


def _rows(*serials: int, **changes: str) -> dict[str, object]:
    return {**FACTS, "rows": [sheets.row(serial) | changes for serial in serials]}


def _read(number: str) -> ImportBatch:
    batch = ImportBatch.objects.get(number=number)
    tasks.read_sheet(batch.pk)
    batch.refresh_from_db()
    return batch


def test_rows_and_files_lead_where_the_page_leads(cast: Cast) -> None:
    text, data = working(cast, "records"), sheets.sample()
    by_page = sheets.checked(cast, data)
    by_file = _read(_send(text, data, kind="application/octet-stream").json()["number"])
    by_csv = _read(_send(text, data, "request-0002", "text/csv").json()["number"])
    assert sheets.counts(by_page) == sheets.counts(by_file) == sheets.counts(by_csv)
    first = _send(text, {**FACTS, "rows": [sheets.row(1), sheets.row(2, name="")]}, "request-0003")
    assert first.status_code == 202
    batch = _read(first.json()["number"])
    said = Client().get(first.json()["address"], headers={"Authorization": f"Daoli {text}"}).json()
    assert (said["status"], said["counts"]["new"], said["counts"]["wrong"]) == ("checked", 1, 1)
    assert [problem["message"] for problem in said["shown"][0]["problems"]] == ["没有填写姓名"]
    assert sheets.GOOD[1] not in json.dumps(said, ensure_ascii=False)
    assert (batch.uploaded_by, batch.sender) == (None, "市场监管案件系统（接口）")


def test_a_clerk_confirms_what_a_system_has_sent(cast: Cast) -> None:
    batch = _read(_send(working(cast, "records"), _rows(1, 2)).json()["number"])
    assert not CreditRecord.objects.exists()
    page = browser(cast.clerk).get(f"/desk/imports/{batch.number}/").content.decode()
    assert "市场监管案件系统（接口）" in page
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert set(CreditRecord.objects.values_list("entered_by", "submitted_by")) == {(cast.clerk.pk, cast.clerk.pk)}


def test_the_same_request_again_is_answered_alike_and_other_content_is_a_conflict(cast: Cast) -> None:
    text = working(cast, "records")
    first, again = _send(text, _rows(1)), _send(text, _rows(1))
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["number"] == again.json()["number"]
    other = _send(text, _rows(2))
    assert (other.status_code, ImportBatch.objects.count()) == (409, 1)
    assert "请换一个编号" in other.json()["says"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({**FACTS, "rows": []}, "rows 至少一条"),
        ({**FACTS, "rows": ["x"]}, "rows 至少一条"),
        ([], "rows 至少一条"),
        ({**FACTS, "item": "nothing", "rows": [{}]}, "没有“nothing”这个目录事项"),
        ({**FACTS, "severity": "", "rows": [{"party_name": "x"}]}, "没有选择轻微、一般或者严重"),
        ({**FACTS, "item": "penalty-health", "rows": [{"party_name": "x"}]}, "归集"),
        ({**FACTS, "rows": [{"party_name": ["x"]}]}, "应当是文字或者数字"),
        ({**FACTS, "rows": [{"party_name": "林\ud800"}]}, "用 UTF-8 报送"),
        ({**FACTS, "rows": [{"party_name": "甲", "行政相对人名称": "乙"}]}, "同一项写了两次"),
        ({**FACTS, "item": "\ud800x", "rows": [{}]}, "没有“x”这个目录事项"),
        ({**FACTS, "service": "pigeon", "rows": [{"party_name": "x"}]}, "不认识的送达方式"),
        ({**FACTS, "severity_basis": "长" * 201, "rows": [{"party_name": "x"}]}, "最多 200 个字"),
    ],
)
def test_a_wrong_body_is_refused_in_words_and_nothing_is_kept(cast: Cast, body: object, said: str) -> None:
    answer = _send(working(cast, "records"), body)
    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)
    assert said in answer.json()["says"]


def test_an_unknown_field_is_refused_like_an_unknown_column(cast: Cast) -> None:
    batch = _read(_send(working(cast, "records"), _rows(1, 家庭住址="示例路1号")).json()["number"])
    assert batch.status == "failed"
    assert "家庭住址" in batch.failure


def test_controls_in_what_is_said_of_the_whole_sheet_are_dropped(cast: Cast) -> None:
    body = {**_rows(1), "severity_basis": "裁量\x00基准\ud800"}
    batch = _read(_send(working(cast, "records"), body).json()["number"])
    assert (batch.stated["severity_basis"], sheets.counts(batch)) == ("裁量基准", {"new": 1})


def test_scope_request_number_and_foreign_batches(cast: Cast) -> None:
    assert _send(working(cast, "connect"), _rows(1)).status_code == 403
    text = working(cast, "records")
    assert _send(text, _rows(1), "x").status_code == 422
    own = sheets.checked(cast, sheets.sheet([sheets.row(1)]))
    answer = Client().get(f"{AT}{own.number}/", headers={"Authorization": f"Daoli {text}"})
    assert answer.status_code == 404
    assert not ImportBatch.objects.exclude(pk=own.pk).exists()


def test_a_clerk_of_another_department_sees_nothing_of_it(cast: Cast) -> None:
    batch = _read(_send(working(cast, "records"), _rows(1)).json()["number"])
    assert browser(cast.other_clerk).get(f"/desk/imports/{batch.number}/").status_code == 404
