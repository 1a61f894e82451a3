"""页面和 POST: who sees a case, what the buttons say, and that a refusal by POST says the same."""

import pytest

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Defence, Listing
from incentives.rules import contents
from incentives.rules.steps import STEPS
from incentives.views.acting import DOORS
from incentives.workflows import proposing
from tests import make_listing
from tests.cast import Cast, browser, identity

BODY = {
    "opinion": "核对", "document": "文〔2026〕1号", "outcome": "核实", "text": "意见",
    "outcome-1": "not-adopted", "reason-1": "一、",
}  # fmt: skip


def _url(listing: Listing, act: str = "") -> str:
    return f"/desk/listings/{listing.number}/" + (f"{act}/" if act else "")


@pytest.mark.parametrize("act", list(DOORS))
def test_each_act_answers_each_member_of_staff_as_the_table_says(cast: Cast, act: str) -> None:
    listing = make_listing.notified(cast)
    verb = STEPS["legal-review" if act == "object" else act].by.verb
    for user in (cast.wage_clerk, cast.legal, cast.decider, cast.clerk, cast.reviewer, cast.supervisor, cast.citizen):
        answer = browser(user).post(_url(listing, act), {})
        if not user.may_anywhere("view_listings"):
            assert answer.status_code == 403
        elif user in {cast.clerk, cast.reviewer}:
            assert answer.status_code == 404
        elif not user.may(verb, cast.wages.pk):
            assert answer.status_code == 403
        else:
            assert answer.status_code in {409, 422}
    assert Listing.objects.get().status == "notified"


@pytest.mark.parametrize("act", ["legal-review", "decide"])
def test_the_locked_step_pressed_all_the_same_refuses_with_day_and_article(cast: Cast, act: str) -> None:
    listing = make_listing.notified(cast)
    user = cast.legal if act == "legal-review" else cast.decider
    for answer in (browser(user).post(_url(listing, act), BODY), browser(user).get(_url(listing, act))):
        page = answer.content.decode()
        assert f"{listing.answer_due_on} 24 时" in page
        assert "《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》" in page
        assert "<textarea" not in page
    assert answer.status_code == 200
    assert Listing.objects.get().status == "notified"


@pytest.mark.parametrize("act", ["answer", "waive", "state", "take-back", "nonsense"])
def test_staff_have_no_address_for_the_persons_own_acts(cast: Cast, act: str) -> None:
    listing = make_listing.notified(cast)
    for user in (cast.wage_clerk, cast.decider):
        assert browser(user).post(_url(listing, act), BODY).status_code == 404


def test_the_page_shows_the_steps_the_lock_and_the_countdown(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    page = browser(cast.wage_clerk).get(_url(listing)).content.decode()
    for words in ("现在：等待当事人陈述、申辩", "在途核对", "法制审核", "还剩", "个工作日", 'aria-disabled="true"'):
        assert words in page
    assert "放弃陈述申辩</button>" not in page
    assert "林秀云" not in page
    assert identity("linxiuyun").id_number not in page
    with clock.at(make_listing.after_transit(listing)):
        page = browser(cast.wage_clerk).get(_url(listing)).content.decode()
    assert _url(listing, "lapse") in page


def test_every_look_at_a_case_is_written_and_shown_to_the_person(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    browser(cast.legal).get(_url(listing))
    browser(cast.wage_clerk).post(_url(listing, "reveal"), {"purpose": "制作和送达文书"})
    looks = LookUp.objects.filter(case_number=listing.number)
    assert {look.matter for look in looks} == {"listing-handling"}
    assert looks.count() == 2
    page = browser(cast.citizen).get("/me/looks/").content.decode()
    for words in ("列入案件办理", "高远", "制作和送达文书", "完整姓名和证件号码", listing.number):
        assert words in page


def test_the_identity_is_shown_for_a_purpose_only(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    answer = browser(cast.decider).post(_url(listing, "reveal"), {"purpose": ""})
    assert answer.status_code == 422
    assert "林秀云" not in answer.content.decode()
    shown = browser(cast.decider).post(_url(listing, "reveal"), {"purpose": "对照决定书核对当事人"})
    assert "林秀云" in shown.content.decode()


def test_a_wrong_form_comes_back_whole_and_nothing_is_kept(cast: Cast) -> None:
    listing = make_listing.noticed(cast)
    typed = {"service": "direct", "day": "2099-01-01", "proof": "回证第9号"}
    answer = browser(cast.wage_clerk).post(_url(listing, "serve-notice"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "还没有到" in page
    assert "回证第9号" in page
    assert Listing.objects.get().notice_served_on is None


def test_an_opinion_with_a_number_in_it_is_refused(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    covers = contents.required(listing, "decision")
    body = {"opinion": "见 13800001234", "document": "列1", "covers": covers}
    answer = browser(cast.decider).post(_url(listing, "decide"), body)
    assert answer.status_code == 422
    assert "不要写证件号码或电话" in answer.content.decode()


def test_what_was_on_screen_before_somebody_else_acted_is_stale(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "reviewed")
    answer = browser(cast.legal).post(_url(listing, "legal-review"), {**BODY, "seen": "1"})
    assert answer.status_code == 409
    assert "内容已变更" in answer.content.decode()


def test_the_list_filters_by_status_and_holds_one_department(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    page = browser(cast.decider).get("/desk/listings/?status=notified").content.decode()
    assert listing.number in page
    assert "林*云" in page
    assert listing.number not in browser(cast.decider).get("/desk/listings/?status=effective").content.decode()
    assert listing.number not in browser(cast.clerk).get("/desk/listings/").content.decode()


def test_the_desk_says_whose_turn_it_is(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "reviewed")
    assert listing.number in browser(cast.legal).get("/desk/").content.decode()
    assert listing.number not in browser(cast.decider).get("/desk/").content.decode()


def test_before_the_decision_nothing_is_public_or_another_departments(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    for user in (None, cast.clerk, cast.supervisor, cast.namesake):
        for address in ("/", "/lists/", "/desk/", "/supervision/", "/me/", "/me/cases/"):
            answer = browser(user).get(address)
            assert listing.number not in answer.content.decode()
    assert Defence.objects.count() == 1


def test_the_person_sees_nothing_before_the_notice_and_everything_after(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    me = browser(cast.citizen)
    assert me.get(f"/me/listings/{listing.number}/").status_code == 404
    assert "没有关于您的列入案件" in me.get("/me/cases/").content.decode()
    covers = contents.required(listing, "notice")
    proposing.notify(listing_id=listing.pk, actor=cast.wage_clerk, document="告1", covers=covers)
    assert listing.number in me.get("/me/cases/").content.decode()
    page = me.get(f"/me/listings/{listing.number}/").content.decode()
    for words in ("拟列入告知书", "《保障农民工工资支付条例》第四十八条", "行政复议", "还没有登记送达"):
        assert words in page


def test_another_person_gets_404_for_the_page_and_every_act(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    other = browser(cast.namesake)
    assert other.get(f"/me/listings/{listing.number}/").status_code == 404
    for act in ("state", "waive", "take-back"):
        assert other.post(f"/me/listings/{listing.number}/{act}/", {"text": "x"}).status_code == 404


def test_a_refused_statement_comes_back_whole(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    address = f"/me/listings/{listing.number}/state/"
    for text, says in (("我的电话 13800001234", "不要写证件号码"), ("话" * 2001, "最多 2000"), ("", "请写下意见")):
        answer = browser(cast.citizen).post(address, {"text": text})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert text in answer.content.decode()
    assert browser(cast.citizen).post(f"/me/listings/{listing.number}/nonsense/").status_code == 404


def test_the_person_states_then_says_that_this_is_all_without_writing_again(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    me, address = browser(cast.citizen), f"/me/listings/{listing.number}/state/"
    assert "期限内还可以补充" in me.post(address, {"text": "第一份"}, follow=True).content.decode()
    page = me.post(address, {"text": "", "that_is_all": "on"}, follow=True).content.decode()
    assert "您表示没有别的要补充" in page
    assert Listing.objects.get().answered_on == clock.today()
    assert me.post(address, {"text": "第二份"}).status_code == 409


def test_the_person_waives_and_takes_it_back_on_the_page(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    me, address = browser(cast.citizen), f"/me/listings/{listing.number}/"
    assert "没有意见要说" in me.get(address).content.decode()
    assert "撤回放弃" in me.post(f"{address}waive/", follow=True).content.decode()
    assert "提交意见" in me.post(f"{address}take-back/", follow=True).content.decode()
    assert Listing.objects.get().status == "notified"


def test_the_person_sees_decision_reply_and_record(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    page = browser(cast.citizen).get(f"/me/listings/{listing.number}/").content.decode()
    assert listing.record is not None
    for words in ("列入决定书", listing.decision_number, "一、部分补发不影响认定。", listing.record.number):
        assert words in page
