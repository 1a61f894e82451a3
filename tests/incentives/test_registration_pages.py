"""名单登记的页面和 POST: the liaison registers, another sees the document and confirms, the person reads it all."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Registration
from incentives.workflows import registering
from records.workflows import contest
from tests import make_assessments, make_listing, make_registration
from tests.cast import Cast, browser, identity

NEW = "/desk/listings/register/new/court/court-dishonest/"


@pytest.fixture
def desk(cast: Cast) -> tuple[User, User, User]:
    make_assessments.list_type("court-dishonest")
    return make_listing.desk(make_registration.court())


def _typed(**changes: Any) -> dict[str, Any]:
    who, facts = identity("linxiuyun"), make_registration.facts()
    typed = {name: value for name, value in vars(facts).items() if name not in {"particulars", "term_end"}}
    scan = SimpleUploadedFile("x.pdf", make_registration.PDF)
    person = {"party_name": who.name, "id_type": who.id_type, "id_number": who.id_number}
    return {**person, **typed, **make_registration.COURT, "file": scan, **changes}


def _post(user: User, made: Registration, act: str, **body: Any) -> Any:
    return browser(user).post(reverse("registration-act", args=[made.number, act]), {"seen": made.revision, **body})


def test_the_liaison_registers_another_sees_and_confirms_and_the_person_reads_it(
    cast: Cast, desk: tuple[User, User, User]
) -> None:
    clerk, _, decider = desk
    page = browser(clerk).get(NEW).content.decode()
    for words in ("执行依据文号", "具体情形", "执行通知书载明", "文书附件", "向执行法院申请纠正"):
        assert words in page
    shown = browser(clerk).post(NEW, _typed(), follow=True).content.decode()
    assert "另一人看过文书、确认以后才生效" in shown
    made = Registration.objects.get()
    assert (
        "登记人不能确认自己的登记" in browser(clerk).get(reverse("registration", args=[made.number])).content.decode()
    )
    assert made.number in browser(decider).get("/desk/listings/register/").content.decode()
    early = browser(decider).post(
        reverse("registration-act", args=[made.number, "confirm"]), {"seen": "1"}, follow=True
    )
    assert "请先打开登记的文书看过" in early.content.decode()
    scan = browser(decider).post(reverse("registration-document", args=[made.number]))
    assert (scan.content, scan["Content-Type"]) == (make_registration.PDF, "application/pdf")
    assert _post(decider, made, "confirm").status_code == 302
    made.refresh_from_db()
    assert made.status == "effective"
    me = browser(cast.citizen)
    assert made.number in me.get("/me/cases/").content.decode()
    page = me.get(f"/me/registrations/{made.number}/").content.decode()
    for words in (
        "哈尔滨市道里区人民法院",
        make_registration.REMEDY,
        "履行完毕后三个工作日内删除",
        "执行通知书载明",
        "我认为有误",
    ):
        assert words in page
    looks = LookUp.objects.filter(case_number=made.number)
    assert "打开登记的文书，逐项对照" in {one.purpose for one in looks}


def test_a_double_click_on_confirm_is_a_success_and_what_was_changed_is_stale(
    cast: Cast, desk: tuple[User, User, User]
) -> None:
    made = make_registration.registered(desk[0])
    registering.see(registration_id=made.pk, actor=desk[2])
    assert _post(desk[2], made, "confirm", seen="9").status_code == 409
    assert _post(desk[2], made, "confirm").status_code == 302
    again = browser(desk[2]).post(
        reverse("registration-act", args=[made.number, "confirm"]), {"seen": "1"}, follow=True
    )
    assert "已经办好了" in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"file": ""}, "请选择文件"),
        ({"file": SimpleUploadedFile("x.pdf", b"MZ hello")}, "只收 PDF"),
        ({"told_how": ""}, "没有告知的不能登记"),
        ({"conduct": ""}, "具体情形"),
        ({"decided_on": "2099-01-01"}, "还没有到"),
        ({"told_on": "昨天"}, "请写成 2026-03-05 这样的日期"),
        ({"id_number": "999999198803120029"}, "校验位不符"),
        ({"reason": "电话 13800001234"}, "不要写证件号码或电话"),
        ({"authority_code": "12"}, "统一社会信用代码"),
    ],
)
def test_a_wrong_form_comes_back_whole_and_keeps_nothing(
    cast: Cast, desk: tuple[User, User, User], changes: dict[str, Any], says: str
) -> None:
    answer = browser(desk[0]).post(NEW, _typed(**changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "履行完毕后三个工作日内删除" in page
    assert not Registration.objects.exists()


def test_other_departments_get_404_and_whoever_lacks_the_duty_403(cast: Cast, desk: tuple[User, User, User]) -> None:
    made = make_registration.registered(desk[0])
    here = reverse("registration", args=[made.number])
    for user in (cast.wage_clerk, cast.legal, cast.decider):
        assert browser(user).get(here).status_code == 404
        assert _post(user, made, "confirm").status_code == 404
        assert browser(user).post(reverse("registration-document", args=[made.number])).status_code == 404
    for user in (cast.supervisor, cast.audit_officer, cast.citizen):
        assert browser(user).get(here).status_code == 403
    assert _post(desk[0], made, "confirm").status_code == 403
    assert _post(desk[2], made, "withdraw", opinion="x").status_code == 403
    assert _post(desk[2], made, "nonsense").status_code == 404
    assert browser(cast.citizen).get(f"/me/registrations/{made.number}/").status_code == 404
    assert browser(cast.wage_clerk).get("/desk/listings/register/new/court/court-dishonest/").status_code == 403
    assert Registration.objects.get().status == "registered"


def test_send_back_and_cancel_need_their_words(cast: Cast, desk: tuple[User, User, User]) -> None:
    made = make_registration.registered(desk[0])
    assert _post(desk[2], made, "return", opinion="").status_code == 422
    assert _post(desk[2], made, "return", opinion="案号不符").status_code == 302
    made = make_registration.confirmed(desk[0], desk[2])
    answer = _post(desk[2], made, "cancel", opinion="", document="撤1")
    assert answer.status_code == 422
    assert "撤1" in answer.content.decode()
    assert _post(desk[2], made, "cancel", opinion="见 13800001234", document="撤1").status_code == 422
    assert _post(desk[2], made, "cancel", opinion="决定已被纠正", document="撤1").status_code == 302
    page = browser(cast.citizen).get(f"/me/registrations/{made.number}/").content.decode()
    for words in ("决定已撤销或者更正，登记撤销", "撤1", "《中华人民共和国行政处罚法》"):
        assert words in page
    assert browser(desk[0]).get(reverse("registration", args=[made.number])).status_code == 404


def test_a_suit_and_an_objection_stand_on_the_page_as_marks(cast: Cast, desk: tuple[User, User, User]) -> None:
    made = make_registration.confirmed(desk[0], desk[2])
    assert made.record is not None
    case = contest.Case(
        "reconsideration", "市中级人民法院", "（2026）黑01执复7号", "受理通知", clock.today() - timedelta(days=1)
    )
    contest.register(record_id=made.record.pk, actor=cast.citizen, case=case)
    page = browser(desk[0]).get(reverse("registration", args=[made.number])).content.decode()
    for words in ("行政复议中", "市中级人民法院", "（2026）黑01执复7号"):
        assert words in page
