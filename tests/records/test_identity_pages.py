"""身份核定 by its pages: a mismatch goes to a person, and two people decide."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from records import identity
from records.models import CreditRecord, IdentityCase
from records.models.identity_case import K
from tests import make, make_identity
from tests.cast import Cast, browser
from tests.cast import identity as of

FORM = "/desk/records/new/market-regulation/penalty-food/"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def _wrong_name(cast: Cast, **more: str) -> dict[str, str]:
    return {**make.raw_penalty(department=cast.market, party_name="林秀芸", serial=8), **more}


def _grounds(**more: object) -> dict[str, object]:
    day = clock.today() - timedelta(days=3)
    return {"reason": "更名", "paper": "户口簿变更页", "paper_number": "", "paper_on": day.isoformat(), **more}


def test_a_mismatch_is_refused_and_handed_to_a_person_on_one_click(cast: Cast) -> None:
    make.effective(cast)
    clerk = browser(cast.clerk)
    answer = clerk.post(FORM, _wrong_name(cast))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "登记的是另一个姓名" in page
    assert "交区信用办核对" in page
    assert "林秀芸" in page
    assert "林秀云" not in page, "who the register knows is not told to the clerk"
    assert CreditRecord.objects.count() == 1
    asked = clerk.post(FORM, _wrong_name(cast, then="ask"))
    assert asked.status_code == 302
    case = IdentityCase.objects.get()
    assert (case.kind, case.status, case.asked_by) == (K.NAME, "asked", cast.clerk)
    assert b"\xe6\x9e\x97" not in bytes(case.claimed or b"")
    assert clerk.post(FORM, _wrong_name(cast, then="ask")).status_code == 302
    assert IdentityCase.objects.count() == 1


def test_the_window_keeps_the_register_and_the_clerk_is_told(cast: Cast) -> None:
    make.effective(cast)
    browser(cast.clerk).post(FORM, _wrong_name(cast, then="ask"))
    case = IdentityCase.objects.get()
    window = browser(cast.counter)
    assert "林*云" in window.get(f"/desk/identities/{case.number}/").content.decode()
    assert window.post(f"/desk/identities/{case.number}/keep/", {"seen": 1}).status_code == 422
    body = {"seen": 1, "keep-opinion": "证件上是“云”字"}
    assert window.post(f"/desk/identities/{case.number}/keep/", body).status_code == 302
    case.refresh_from_db()
    assert case.status == "kept"
    assert Message.objects.filter(user=cast.clerk, title="身份核对有了结果").exists()


def test_a_new_name_is_proposed_with_a_document_and_decided_by_another(cast: Cast) -> None:
    record = make.effective(cast)
    browser(cast.clerk).post(FORM, _wrong_name(cast, then="ask"))
    case = IdentityCase.objects.get()
    window, head = browser(cast.counter), browser(cast.supervisor)
    wrong = window.post(f"/desk/identities/{case.number}/propose/", {"seen": 1, "reason": "更名"})
    assert wrong.status_code == 422
    assert "请写明材料的名称" in wrong.content.decode()
    scan = SimpleUploadedFile("林秀芸 户口簿.pdf", PDF)
    told = window.post(f"/desk/identities/{case.number}/propose/", _grounds(seen=1, scan=scan))
    assert told.status_code == 302
    assert window.post(f"/desk/identities/{case.number}/settle/", {"seen": 2}).status_code == 403
    page = head.get(f"/desk/identities/{case.number}/").content.decode()
    assert "更名" in page
    assert "林*芸" in page
    assert "林秀芸" not in page
    whole = head.post(f"/desk/identities/{case.number}/reveal/", {"purpose": "对照材料核对后核定"}).content.decode()
    assert "林秀芸" in whole
    assert of("linxiuyun").id_number in whole
    assert LookUp.objects.filter(case_number=case.number, actor_id=cast.supervisor.audit_id).count() == 2
    paper = case.attachments.get()
    opened = head.post(f"/desk/identities/{case.number}/papers/{paper.token}/")
    assert opened.content == PDF
    assert "attachment" in opened["Content-Disposition"]
    assert head.post(f"/desk/identities/{case.number}/settle/", {"seen": 1}).status_code == 409
    assert head.post(f"/desk/identities/{case.number}/settle/", {"seen": 2}).status_code == 302
    record.refresh_from_db()
    assert identity.agrees(record.subject, "林秀芸")
    assert record.revisions.count() == 2
    assert browser(cast.clerk).post(FORM, _wrong_name(cast)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": ""}, "请选择核定什么"),
        ({"id_number": ""}, "请填写完整的证件号码"),
        ({"id_number": "999999190001010010"}, "没有登记这个证件号码"),
        ({"kind": "same"}, "请填写另一个号码"),
        ({"kind": "name"}, "请填写材料上的姓名"),
        ({"kind": "name", "name": "林秀云"}, "登记的就是这个姓名"),
        ({"kind": "back"}, "没有退出"),
        ({"paper_on": "去年"}, "日期请写成"),
        ({"paper_on": "2099-01-01"}, "还没有到"),
        ({"reason": ""}, "请写明理由"),
        ({"reason": "见 999999198803120028"}, "不要写证件号码"),
        ({"reason": "林 秀云已经去世"}, "不要写姓名"),
        ({"scan": SimpleUploadedFile("a.pdf", b"MZ\x90")}, "只收 PDF"),
    ],
)
def test_every_wrong_proposal_comes_back_whole_with_what_to_do(
    cast: Cast, changes: dict[str, object], says: str
) -> None:
    make.effective(cast)
    typed = _grounds(kind="death", id_number=of("linxiuyun").id_number, paper="死亡医学证明")
    answer = browser(cast.counter).post("/desk/identities/new/", {**typed, **changes})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not IdentityCase.objects.exists()


def test_a_wrong_join_is_undone_from_its_own_page(cast: Cast) -> None:
    make.effective(cast)
    old = make_identity.second_number()
    make.effective(cast, who=old, serial=2)
    window, head = browser(cast.counter), browser(cast.supervisor)
    typed = _grounds(kind="same", id_number=of("linxiuyun").id_number, other_number=old.id_number, paper="户籍证明")
    assert window.post("/desk/identities/new/", typed).status_code == 302
    case = IdentityCase.objects.get()
    assert head.post(f"/desk/identities/{case.number}/settle/", {"seen": 1}).status_code == 302
    assert "0002号" in browser(cast.citizen).get("/me/").content.decode()
    assert CreditRecord.objects.about(cast.citizen.person_keys()).count() == 2
    assert window.post(f"/desk/identities/{case.number}/undo/", {"reason": ""}).status_code == 422
    assert window.post(f"/desk/identities/{case.number}/undo/", _grounds(reason="认错了人")).status_code == 302
    apart = IdentityCase.objects.get(kind=K.APART)
    assert head.post(f"/desk/identities/{apart.number}/settle/", {"seen": 1}).status_code == 302
    assert CreditRecord.objects.about(cast.citizen.person_keys()).count() == 1
    assert "认错了人，提出撤销" not in window.get(f"/desk/identities/{case.number}/").content.decode()
