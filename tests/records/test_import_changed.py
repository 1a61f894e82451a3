"""内容不同的行: what a sheet says otherwise becomes a proposal for another person, and is never written by itself."""

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale
from records import amendments
from records.models import Amendment, CreditRecord, ImportBatch
from records.workflows import differing, importing, opening
from records.workflows import record as acts
from tests import make, make_amendments, make_objections
from tests import make_importing as sheets
from tests.cast import Cast, browser

WHY = "按决定书原件核对，表里的是对的。"
FINE = "罚款金额（万元）"


def _in_force(cast: Cast, rows: int = 2) -> list[CreditRecord]:
    batch = sheets.committed(cast, rows)
    records = list(CreditRecord.objects.filter(row__batch=batch).order_by("pk"))
    opening.note(records, cast.reviewer)
    return [acts.approve(record_id=one.pk, actor=cast.reviewer, opinion="", seen=one.revision) for one in records]


def _again(cast: Cast, *more: dict[str, str]) -> ImportBatch:
    """The first document again with another fine, and a new one."""
    rows = [sheets.row(1, **{FINE: "0.08", "处罚内容": "罚款800元"}), *more, sheets.row(9)]
    return sheets.checked(cast, sheets.sheet(rows))


def _address(batch: ImportBatch) -> str:
    return f"/desk/imports/{batch.number}/changed/"


def _propose(batch: ImportBatch, cast: Cast, **more: object) -> list[Amendment]:
    facts = {"chosen": {2: 1}, "actor": cast.clerk, "document": "", "reason": WHY, **more}
    return differing.propose(batch=batch, **facts)  # type: ignore[arg-type]


def test_the_page_shows_old_and_new_and_every_look_is_the_persons_to_read(cast: Cast) -> None:
    record, _ = _in_force(cast)
    batch, client = _again(cast), browser(cast.clerk)
    assert sheets.counts(batch) == {"changed": 1, "new": 1}
    assert _address(batch) in client.get(f"/desk/imports/{batch.number}/?tab=changed").content.decode()
    page = client.get(_address(batch)).content.decode()
    for said in (record.number, "罚款金额（万元）", "0.05", "0.08", "罚款800元", f'value="2:{record.revision}"'):
        assert said in page
    assert sheets.GOOD[1] not in page
    assert LookUp.objects.filter(matter=amendments.HANDLING, case_number=record.number).count() == 1


def test_what_is_chosen_waits_for_another_person_and_then_stands(cast: Cast) -> None:
    record, _ = _in_force(cast)
    batch = _again(cast)
    body = {"row": f"2:{record.revision}", "reason": WHY, "document": ""}
    answer = browser(cast.clerk).post(_address(batch), body)
    assert answer.status_code == 302
    waiting = Amendment.objects.get()
    assert (waiting.record, waiting.status, waiting.proposed_by) == (record, "proposed", cast.clerk)
    assert set(waiting.changes.values()) == {"0.08", "罚款800元"}
    assert waiting.document_number == record.document_number
    assert CreditRecord.objects.get(pk=record.pk).content == record.content
    make_amendments.agreed(cast, waiting)
    assert "0.08" in str(CreditRecord.objects.get(pk=record.pk).content)
    again = sheets.checked(cast, sheets.sheet([sheets.row(1, **{FINE: "0.08", "处罚内容": "罚款800元"})]))
    assert sheets.counts(again) == {"same": 1}


def test_good_rows_are_entered_before_or_after_and_the_proposals_are_not_touched(cast: Cast) -> None:
    _in_force(cast)
    batch = _again(cast)
    _propose(batch, cast)
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert CreditRecord.objects.count() == 3
    assert Amendment.objects.get().status == "proposed"
    later = _again(cast, sheets.row(2, **{FINE: "0.09"}))
    assert sheets.counts(later)["changed"] == 2
    assert len(_propose(later, cast, chosen={3: 1})) == 1


def test_a_second_click_is_a_success_and_a_stale_page_is_told(cast: Cast) -> None:
    _, other = _in_force(cast)
    batch = _again(cast, sheets.row(2, **{FINE: "0.09"}))
    _propose(batch, cast)
    with pytest.raises(AlreadyDone):
        _propose(batch, cast)
    with pytest.raises(Stale):
        _propose(batch, cast, chosen={3: other.revision + 1})
    assert Amendment.objects.count() == 1
    assert "等待另一人复核" in browser(cast.clerk).get(_address(batch)).content.decode()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"reason": WHY}, "没有勾选要提出更正的行"),
        ({"row": "2:1", "reason": ""}, "请写明理由"),
        ({"row": "3:1", "reason": WHY}, "第 3 行现在不能提出更正"),
        ({"row": ["2:1", "x", "9:9:9"], "reason": "身份证999999198803120028写错了"}, "证件号码"),
    ],
)
def test_what_is_wrong_is_said_and_the_form_comes_back_filled_in(
    cast: Cast, body: dict[str, object], said: str
) -> None:
    _in_force(cast)
    batch = _again(cast)
    answer = browser(cast.clerk).post(_address(batch), {"document": "哈里市监更〔2026〕7号", **body})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "哈里市监更〔2026〕7号" in page
    assert ("checked" in page) == ("2:1" in str(body.get("row")))
    assert not Amendment.objects.exists()


def test_one_that_may_not_be_proposed_stops_all_of_them(cast: Cast) -> None:
    _, other = _in_force(cast)
    batch = _again(cast, sheets.row(2, **{FINE: "0.09"}))
    make_objections.raised(cast, other)
    with pytest.raises(RuleBroken, match="第 3 行现在不能提出更正：本人已经对这条信息提出异议"):
        _propose(batch, cast, chosen={2: 1, 3: 1})
    assert not Amendment.objects.exists()


def test_what_only_the_sheet_states_is_no_change_and_what_is_not_in_force_says_so(cast: Cast) -> None:
    _in_force(cast, rows=1)
    waiting = make.submitted(cast, item=sheets.ITEM, serial=3)
    other = sheets.row(2) | {"行政处罚决定书文号": waiting.document_number}
    sheet = sheets.sheet([sheets.row(1), other])
    batch = sheets.uploaded(cast, sheet, severity_basis="另一份裁量基准（示例）")
    importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert sheets.counts(batch) == {"changed": 2}
    page = browser(cast.clerk).get(_address(batch)).content.decode()
    assert "没有可以提出的更正" in page
    assert "没有生效的，请退回修改" in page
    assert 'type="checkbox"' not in page


def test_only_the_departments_own_clerks(cast: Cast) -> None:
    _in_force(cast)
    batch = _again(cast)
    with pytest.raises(PermissionDenied):
        _propose(batch, cast, actor=cast.reviewer)
    assert browser(cast.reviewer).get(_address(batch)).status_code == 403
    assert browser(cast.other_clerk).get(_address(batch)).status_code == 404
