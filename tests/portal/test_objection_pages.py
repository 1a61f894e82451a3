"""异议的页面: what comes back filled in, what is shown to whom, and what a wrong hand gets."""

import pytest
from django.urls import reverse

from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import LookUp
from records.models import CreditRecord, Objection
from records.workflows import objection as acts
from records.workflows.settling import Answer
from tests import make, make_objections
from tests.cast import Cast, browser


def test_a_form_without_a_point_comes_back_with_what_was_written(cast: Cast) -> None:
    record = make.effective(cast)
    page = browser(cast.citizen).post(reverse("me-object", args=[record.number]), {"words": "罚款不对"})
    assert page.status_code == 422
    assert "请勾选有误的项目" in page.content.decode()
    assert "罚款不对" in page.content.decode()
    assert not Objection.objects.exists()


def test_a_number_in_the_words_is_refused_and_nothing_is_marked(cast: Cast) -> None:
    record = make.effective(cast)
    form = {"wrong-fine": "on", "words": "请打 13800001234"}
    page = browser(cast.citizen).post(reverse("me-object", args=[record.number]), form)
    assert page.status_code == 422
    assert "不要写证件号码或电话" in page.content.decode()
    assert CreditRecord.objects.get().disputed_on is None


def test_the_mark_is_on_every_page_of_the_record_and_leads_to_the_case(cast: Cast) -> None:
    record = make.effective(cast)
    her, address = browser(cast.citizen), reverse("me-record", args=[record.number])
    assert "我认为有误" in her.get(address).content.decode()
    made = her.post(reverse("me-object", args=[record.number]), {"wrong-fine": "on", "words": "罚款不对"})
    objection = Objection.objects.get()
    assert made["Location"] == reverse("me-objection", args=[objection.number])
    page = her.get(address).content.decode()
    assert "本人有异议，正在核实" in page
    assert reverse("me-object", args=[record.number]) not in page
    desk = browser(cast.clerk)
    assert "本人有异议，正在核实" in desk.get(reverse("record", args=[record.number])).content.decode()
    assert "本人有异议" in desk.get(reverse("record-list")).content.decode()
    assert objection.number in her.get(reverse("me-cases")).content.decode()


def test_reading_her_words_is_a_look_that_she_sees(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    page = browser(cast.reviewer).get(reverse("objection", args=[objection.number])).content.decode()
    assert "罚款是一千元" in page
    assert "林*云" in page
    assert "林秀云" not in page
    look = LookUp.objects.get(kind="look", actor_id=cast.reviewer.audit_id, matter="objection-handling")
    assert look.case_number == objection.number
    assert objection.number in browser(cast.citizen).get(reverse("me-looks")).content.decode()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"number": "异1"}, "每一项都要答复"),
        ({"stands-fine": "no", "number": "异1"}, "写明理由"),
        ({"stands-fine": "yes", "now-fine": "", "number": "异1"}, "应当是什么"),
        ({"stands-fine": "yes", "now-fine": "0.1"}, "答复书的文号"),
        ({"stands-fine": "yes", "now-fine": "一千", "number": "异1"}, "更正后的内容不合规则"),
        ({"stands-fine": "no", "reason-fine": "见 13800001234", "number": "异1"}, "不要写证件号码或电话"),
    ],
)
def test_half_an_answer_comes_back_and_nothing_changes(cast: Cast, form: dict[str, str], says: str) -> None:
    objection = make_objections.raised(cast)
    address = reverse("objection-answer", args=[objection.number])
    page = browser(cast.reviewer).post(address, {"seen": "1", **form})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert Objection.objects.get().status == "raised"


def test_an_answer_leads_back_to_the_list_and_a_second_click_is_a_success(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    address = reverse("objection-answer", args=[objection.number])
    form = {"seen": "1", "stands-fine": "yes", "now-fine": "0.1", "number": "哈里市监异〔2026〕1号"}
    for _ in range(2):
        assert browser(cast.reviewer).post(address, form)["Location"] == reverse("objection-list")
    assert CreditRecord.objects.get().content["fine"] == "0.1"
    led = LookUp.objects.get(kind="outcome", actor_id=cast.reviewer.audit_id)
    assert (led.case_number, led.result) == (objection.number, "objection.upheld")
    page = browser(cast.citizen).get(reverse("me-objection", args=[objection.number])).content.decode()
    assert "更正为：0.1" in page
    assert "哈里市监异〔2026〕1号" in page


def test_a_withdrawn_record_leaves_the_desk_and_she_keeps_her_case(cast: Cast) -> None:
    objection = make_objections.raised(cast, points={"whole": ""})
    form = {"seen": "1", "stands-whole": "yes", "number": "异2"}
    browser(cast.reviewer).post(reverse("objection-answer", args=[objection.number]), form)
    assert browser(cast.reviewer).get(reverse("objection", args=[objection.number])).status_code == 404
    assert browser(cast.reviewer).get(reverse("record", args=[objection.record.number])).status_code == 404
    her = browser(cast.citizen)
    assert her.get(reverse("me-objection", args=[objection.number])).status_code == 200
    assert her.get(reverse("me-record", args=[objection.record.number])).status_code == 404


def test_the_list_says_whose_turn_it_is_and_the_page_has_the_letters_and_the_ways_of_appeal(
    cast: Cast,
) -> None:
    objection, her = make_objections.raised(cast), browser(cast.citizen)
    address = reverse("me-objection", args=[objection.number])
    assert f"最晚 {objection.due_on} 答复" in her.get(reverse("me-cases")).content.decode()
    acts.ask(objection_id=objection.pk, actor=cast.reviewer, opinion="请说明缴款的银行", seen=1)
    listed = her.get(reverse("me-cases")).content.decode()
    assert "等您补充，期限停止计算" in listed
    assert "最晚" not in listed.split("异议申诉")[1].split("没有的")[0]
    assert "请说明缴款的银行" in her.get(address).content.decode()
    acts.supply(objection_id=objection.pk, actor=cast.citizen, words="工商银行")
    objection.refresh_from_db()
    make_objections.answer(cast, objection, Answer("fine", upheld=False, reason="决定书写明两千元"))
    page = her.get(address).content.decode()
    for words in ("已收到异议申诉", "请补充异议有关情况", "已收到您的补充", "异议申诉答复（不成立）"):
        assert words in page
    for words in ("申请行政复议", "提起行政诉讼", "60 日内"):
        assert words in page
    assert "等待确认撤下" not in page  # nobody is asked to take down what stands
    letters = Message.objects.filter(noun="objection", object_id=objection.number, title="异议申诉答复（不成立）")
    assert her.get(reverse("me-paper", args=[letters.get().token]))["Content-Type"] == "application/pdf"
