"""转告区信用办: a department hands the proof of a death to the window; two people there decide, then all of it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from records.models import Attachment, CreditRecord, IdentityCase
from records.workflows import identity_handing
from tests import make, make_ends, make_identity
from tests.cast import Cast, browser, identity

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FORM = "/desk/ends/handed/new/"


def typed(record: CreditRecord, **more: object) -> dict[str, Any]:
    day = clock.today() - timedelta(days=3)
    return {
        "number": record.number,
        "kind": "death",
        "reason": "家属到本单位交来证明",
        "paper": "居民死亡医学证明",
        "paper_number": "哈死医证〔2026〕11号",
        "paper_on": day.isoformat(),
        "scan": SimpleUploadedFile("林秀云 死亡证明.pdf", PDF),
        **more,
    }


def handed(cast: Cast, record: CreditRecord) -> IdentityCase:
    assert browser(cast.clerk).post(FORM, typed(record)).status_code == 302
    return IdentityCase.objects.get()


def test_the_department_hands_it_over_the_window_proposes_and_another_decides(cast: Cast) -> None:
    record, elsewhere = make.effective(cast), make.effective(cast, serial=2)
    case = handed(cast, record)
    assert (case.kind, case.status, case.asked_by, case.proposed_by) == ("death", "asked", cast.clerk, None)
    assert case.attachments.get().added_by == cast.clerk
    window, head = browser(cast.counter), browser(cast.supervisor)
    assert "区市场监管局转告" in window.get("/desk/identities/").content.decode()
    page = window.get(f"/desk/identities/{case.number}/").content.decode()
    for words in ("部门转告，等窗口核对", "居民死亡医学证明", "哈死医证〔2026〕11号", "家属到本单位交来证明"):
        assert words in page
    paper = window.post(f"/desk/identities/{case.number}/papers/{case.attachments.get().token}/")
    assert paper.content == PDF
    facts = {key: value for key, value in typed(record).items() if key not in {"number", "kind", "scan"}}
    assert window.post(f"/desk/identities/{case.number}/propose/", {"seen": 1, **facts}).status_code == 302
    assert CreditRecord.objects.get(pk=record.pk).status == "effective", (
        "nothing changes before two people have decided"
    )
    assert head.post(f"/desk/identities/{case.number}/settle/", {"seen": 2}).status_code == 302
    ended = CreditRecord.objects.filter(pk__in=[record.pk, elsewhere.pk]).values_list("status", "end_kind")
    assert set(ended) == {("ended", "deceased")}
    said = messages.text(Message.objects.get(user=cast.clerk, title="身份核对有了结果"))
    assert "不利信息当日全部终止" in said
    assert "姓名" not in said
    assert next(event.act for event in history("identitycase", case.pk)) == "identity.handed"


def test_the_record_says_that_it_is_being_checked_and_the_ends_page_how_far_it_is(cast: Cast) -> None:
    record = make.effective(cast)
    clerk, there = browser(cast.clerk), f"/desk/records/{record.number}/"
    assert f"{FORM}?record={record.number}" in clerk.get(there).content.decode()
    assert f'value="{record.number}"' in clerk.get(f"{FORM}?record={record.number}").content.decode()
    case = handed(cast, record)
    page = clerk.get(there).content.decode()
    assert "正在核定当事人是不是已经去世" in page
    assert FORM not in page
    ends = clerk.get("/desk/ends/").content.decode()
    assert "转告区信用办的" in ends
    assert case.number in ends
    assert "待核对" in ends
    assert case.number not in browser(cast.other_clerk).get("/desk/ends/").content.decode()
    assert clerk.get(f"/desk/identities/{case.number}/").status_code == 403
    assert LookUp.objects.filter(case_number=case.number, actor_id=cast.clerk.audit_id).count() == 1


def test_what_is_not_proved_goes_back_with_what_is_missing_and_may_come_again(cast: Cast) -> None:
    record = make.effective(cast)
    case = handed(cast, record)
    body = {"seen": 1, "keep-opinion": "证明上没有医疗机构的章"}
    assert browser(cast.counter).post(f"/desk/identities/{case.number}/keep/", body).status_code == 302
    said = messages.text(Message.objects.get(user=cast.clerk))
    assert "没有提出核定：证明上没有医疗机构的章" in said
    assert CreditRecord.objects.get(pk=record.pk).status == "effective"
    assert "证明上没有医疗机构的章" in browser(cast.clerk).get("/desk/ends/").content.decode()
    assert "1 条新消息" in browser(cast.clerk).get("/desk/").content.decode()
    browser(cast.clerk).get("/account/")
    assert "条新消息" not in browser(cast.clerk).get("/desk/").content.decode()
    assert browser(cast.clerk).post(FORM, typed(record)).status_code == 302
    assert IdentityCase.objects.filter(status="asked").count() == 1


def test_a_second_click_and_a_second_department_make_no_second_case(cast: Cast) -> None:
    record = make.effective(cast)
    handed(cast, record)
    again = browser(cast.clerk).post(FORM, typed(record), follow=True)
    assert "正在核定，不用重复提出" in again.content.decode()
    assert (IdentityCase.objects.count(), Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": ""}, "请填写记录编号"),
        ({"number": "DL1999-000001"}, "没有这一条在效的记录"),
        ({"kind": ""}, "请选择发生了什么"),
        ({"kind": "same"}, "请从所列的里选择"),
        ({"reason": ""}, "请写明怎样知道的"),
        ({"reason": "林秀云已经去世"}, "不要写姓名"),
        ({"reason": "见 999999198803120028"}, "不要写证件号码"),
        ({"paper": ""}, "请写明材料的名称"),
        ({"paper_on": "去年"}, "日期请写成"),
        ({"paper_on": "2099-01-01"}, "还没有到"),
        ({"scan": ""}, "请附上材料的扫描件"),
        ({"scan": SimpleUploadedFile("a.pdf", b"MZ\x90")}, "只收 PDF"),
        ({"scan": SimpleUploadedFile("a.pdf", b"")}, "0 字节"),
    ],
)
def test_every_wrong_form_comes_back_whole_and_nothing_is_kept(
    cast: Cast, changes: dict[str, object], says: str
) -> None:
    answer = browser(cast.clerk).post(FORM, typed(make.effective(cast), **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    for name, value in typed(make.effective(cast, serial=2)).items():
        if name not in {*changes, "scan", "kind", "number"}:
            assert str(value) in page, name
    assert not IdentityCase.objects.exists()
    assert not Attachment.objects.exists()


def test_another_departments_record_an_ended_one_and_who_has_no_duty(cast: Cast) -> None:
    record = make.effective(cast)
    answer = browser(cast.other_clerk).post(FORM, typed(record))
    assert answer.status_code == 422
    assert "没有这一条在效的记录" in answer.content.decode()
    for user in (cast.reviewer, cast.counter, cast.supervisor, cast.citizen):
        assert browser(user).post(FORM, typed(record)).status_code == 403
    grounds = make_identity.grounds()
    with pytest.raises(PermissionDenied):
        identity_handing.hand(record=record, kind="death", grounds=grounds, papers=[], actor=cast.other_clerk)
    with pytest.raises(RuleBroken, match="扫描件"):
        identity_handing.hand(record=record, kind="death", grounds=grounds, papers=[], actor=cast.clerk)
    with pytest.raises(RuleBroken, match="请选择"):
        identity_handing.hand(record=record, kind="same", grounds=grounds, papers=[], actor=cast.clerk)
    ended = make_ends.noticed(cast, record)
    with pytest.raises(RuleBroken, match="已经终止"):
        identity_handing.hand(record=ended, kind="death", grounds=grounds, papers=[], actor=cast.clerk)


def test_whoever_handed_it_over_does_not_decide_and_a_name_is_nowhere(cast: Cast) -> None:
    case = handed(cast, make.effective(cast))
    told = " ".join(event.opinion for event in history("identitycase", case.pk))
    page = browser(cast.counter).get(f"/desk/identities/{case.number}/").content.decode()
    for words in (identity("linxiuyun").name, identity("linxiuyun").id_number):
        assert words not in told
        assert words not in page
