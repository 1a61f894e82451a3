"""修复的页面: what each person sees and may press, tried by POST; and every exit after the repair."""

from datetime import timedelta

import pytest

from daoli_credit.accounts import messages
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from records.models import CreditRecord, Repair
from records.workflows import holding
from records.workflows import repair as acts
from tests import make, make_repairs
from tests.cast import Cast, browser

ALL_TICKED = {"paid": "on", "corrected": "on", "promised": "on"}


def _text(cast: Cast, who: str, address: str, expect: int = 200) -> str:
    answer = browser(getattr(cast, who)).get(address)
    assert answer.status_code == expect
    return answer.content.decode()


def test_before_the_day_the_day_is_there_and_the_button_is_not(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.repair_from is not None
    page = _text(cast, "citizen", f"/me/records/{record.number}/")
    day = f"{record.repair_from.year}年{record.repair_from.month}月{record.repair_from.day}日"
    assert day in page
    assert "/repair/" not in page
    assert day in _text(cast, "citizen", f"/me/records/{record.number}/repair/")
    answer = browser(cast.citizen).post(f"/me/records/{record.number}/repair/", ALL_TICKED)
    assert answer.status_code == 422
    assert "还没有到最早可以申请的日期" in answer.content.decode()
    with clock.at(record.repair_from):
        assert "/repair/" in _text(cast, "citizen", f"/me/records/{record.number}/")
    assert not Repair.objects.exists()


def test_a_record_that_needs_no_repair_says_so(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.repair_from is not None
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)):
        assert browser(cast.citizen).get(f"/me/records/{record.number}/repair/").status_code == 404


def test_the_person_applies_and_follows_the_case(cast: Cast) -> None:
    record = make_repairs.old(cast)
    answer = browser(cast.citizen).post(f"/me/records/{record.number}/repair/", {**ALL_TICKED, "statement": "已整改"})
    repair = Repair.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/me/cases/")
    assert repair.number in _text(cast, "citizen", "/me/cases/")
    page = _text(cast, "citizen", f"/me/repairs/{repair.number}/")
    for shown in ("待受理", "最晚答复是否受理", "已整改", "撤回申请"):
        assert shown in page
    assert repair.number in _text(cast, "citizen", f"/me/records/{record.number}/")


def test_a_double_click_goes_on_to_the_case(cast: Cast) -> None:
    record = make_repairs.old(cast)
    for _ in range(2):
        answer = browser(cast.citizen).post(f"/me/records/{record.number}/repair/", ALL_TICKED)
        assert answer["Location"] == "/me/cases/"
    assert Repair.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"paid": ""}, "请先缴清"),
        ({"corrected": ""}, "请先纠正"),
        ({"promised": ""}, "请阅读信用承诺"),
        ({"statement": "电话 13912345678"}, "不要写证件号码或电话"),
        ({"statement": "字" * 501}, "最多 500 字"),
    ],
)
def test_a_wrong_form_comes_back_whole(cast: Cast, changes: dict[str, str], said: str) -> None:
    record = make_repairs.old(cast)
    typed = {**ALL_TICKED, "statement": "我已整改完毕", **changes}
    answer = browser(cast.citizen).post(f"/me/records/{record.number}/repair/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert typed["statement"] in answer.content.decode()
    assert not Repair.objects.exists()


def test_what_is_published_names_the_other_window_and_keeps_its_number(cast: Cast) -> None:
    record = make_repairs.public(cast)
    address = f"/me/records/{record.number}/repair/"
    assert (
        "creditchina.gov.cn" in browser(cast.guide).get(address).content.decode().split("<main")[1].split("</main")[0]
    )
    browser(cast.guide).post(address, {**ALL_TICKED, "credit_china_number": "XYXF20260001"})
    assert Repair.objects.get().credit_china_number == "XYXF20260001"


def test_what_is_only_shared_is_applied_for_here(cast: Cast) -> None:
    record = make_repairs.old(cast)
    page = _text(cast, "citizen", f"/me/records/{record.number}/repair/")
    assert "在这里直接申请" in page
    assert "credit_china_number" not in page


def test_another_citizen_finds_none_of_it(cast: Cast) -> None:
    record = make_repairs.old(cast)
    repair = make_repairs.unmet(cast, record)
    other = browser(cast.namesake)
    assert other.get(f"/me/records/{record.number}/repair/").status_code == 404
    assert other.post(f"/me/records/{record.number}/repair/", ALL_TICKED).status_code == 404
    assert other.get(f"/me/repairs/{repair.number}/").status_code == 404
    for act in ("supply", "withdraw"):
        assert other.post(f"/me/repairs/{repair.number}/{act}/", {"statement": "已缴", "seen": "1"}).status_code == 404
    assert repair.number not in other.get("/me/cases/").content.decode()
    assert Repair.objects.get().status == "unmet"


def test_the_desk_sees_what_waits_with_the_buttons_of_each(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    address = f"/desk/repairs/{repair.number}/"
    assert repair.number in _text(cast, "clerk", "/desk/")
    assert repair.number not in _text(cast, "reviewer", "/desk/")
    assert "accept/" in _text(cast, "clerk", address)
    assert "accept/" not in _text(cast, "reviewer", address)
    assert browser(cast.clerk).post(address + "accept/", {"seen": "1"}).status_code == 302
    assert repair.number in _text(cast, "reviewer", "/desk/")
    assert "decide/" in _text(cast, "reviewer", address)
    assert "decide/" not in _text(cast, "clerk", address)
    assert repair.number not in _text(cast, "other_clerk", "/desk/repairs/")
    _text(cast, "other_reviewer", address, 404)


def test_refusals_of_the_desk_by_post(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    address = f"/desk/repairs/{repair.number}/"
    assert browser(cast.reviewer).post(address + "accept/", {"seen": "1"}).status_code == 403
    assert browser(cast.other_clerk).post(address + "accept/", {"seen": "1"}).status_code == 404
    assert browser(cast.reviewer).post(address + "decide/", {"seen": "1"}).status_code == 409
    assert browser(cast.clerk).post(address + "accept/", {"seen": "7"}).status_code == 409
    assert browser(cast.clerk).post(address + "unmet/", {"seen": "1", "detail": "请补"}).status_code == 422
    assert (
        browser(cast.clerk).post(address + "unmet/", {"seen": "1", "conditions": "no", "detail": "补"}).status_code
        == 422
    )
    assert Repair.objects.get().status == "applied"


def test_whoever_accepted_is_told_to_leave_the_decision_to_another(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    both, address = browser(cast.both), f"/desk/repairs/{repair.number}/"
    both.post(address + "accept/", {"seen": "1"})
    assert "请由另一人决定" in both.get(address).content.decode()
    assert "请由另一人决定" in both.post(address + "decide/", {"seen": "1"}, follow=True).content.decode()
    assert Repair.objects.get().status == "accepted"


def test_unmet_conditions_and_supplying_by_post(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    body = {"seen": "1", "conditions": ["unpaid", "duty"], "detail": "请到银行缴清"}
    assert browser(cast.clerk).post(f"/desk/repairs/{repair.number}/unmet/", body).status_code == 302
    page = _text(cast, "citizen", f"/me/repairs/{repair.number}/")
    assert "请到银行缴清" in page
    assert "还有条件没有满足" in _text(cast, "citizen", "/me/cases/")
    me = browser(cast.citizen)
    assert me.post(f"/me/repairs/{repair.number}/supply/", {"seen": "1", "statement": ""}).status_code == 422
    assert me.post(f"/me/repairs/{repair.number}/supply/", {"seen": "1", "statement": "已缴清"}).status_code == 302
    assert Repair.objects.get().status == "applied"


def test_every_look_at_a_repair_is_logged_and_told_in_words(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    browser(cast.clerk).get(f"/desk/repairs/{repair.number}/")
    look = LookUp.objects.get(matter="repair-handling")
    assert (look.case_number, look.shown) == (repair.number, ["record", "repair", "identity-masked"])
    page = _text(cast, "citizen", "/me/looks/")
    for shown in ("信用修复办理", repair.number, "修复申请", "赵敏"):
        assert shown in page
    assert repair.number in _text(cast, "citizen", f"/me/records/{repair.record.number}/")


def test_an_overdue_clock_shows_on_the_desk(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    assert "逾期" not in _text(cast, "clerk", "/desk/repairs/")
    with clock.at(clock.today() + timedelta(days=20)):
        assert "逾期" in _text(cast, "clerk", "/desk/repairs/")
        assert "逾期" in _text(cast, "clerk", f"/desk/repairs/{repair.number}/")


def _exits(record: CreditRecord) -> list[tuple[str, str]]:
    number = record.number
    return [
        ("clerk", f"/desk/records/{number}/"),
        ("clerk", f"/desk/records/{number}/edit/"),
        ("reviewer", f"/desk/records/{number}/"),
        ("citizen", f"/me/records/{number}/"),
        ("citizen", f"/me/records/{number}/repair/"),
    ]


LISTS = (
    ("clerk", "/desk/"),
    ("clerk", "/desk/records/"),
    ("clerk", "/desk/records/?status=ended"),
    ("clerk", "/desk/repairs/"),
    ("reviewer", "/desk/"),
    ("reviewer", "/desk/records/queue/"),
    ("reviewer", "/desk/repairs/"),
    ("citizen", "/me/"),
    ("citizen", "/me/cases/"),
)


def _is_over(cast: Cast, who: str, number: str, hidden: tuple[str, ...]) -> None:
    """A page left open leads to 办完的修复, which says how it was dealt with and nothing of the person."""
    _text(cast, who, f"/desk/repairs/{number}/", 302)
    page = _text(cast, who, f"/desk/repairs/over/{number}/")
    for words in hidden:
        assert words not in page


@pytest.mark.parametrize("held", [True, False])
def test_after_the_repair_every_exit_answers_as_if_it_never_was(cast: Cast, held: bool) -> None:
    record = make_repairs.old(cast)
    for who, address in _exits(record):
        if "edit" not in address:
            _text(cast, who, address)
    if held:
        holding.taken(record_id=record.pk, recipient="city", title="市平台", revision=1)
    repair = make_repairs.decided(cast, record)
    for who, address in _exits(record):
        assert record.document_number not in _text(cast, who, address, 404)
    assert browser(cast.reviewer).post(f"/desk/records/{record.number}/reveal/").status_code == 404
    for who, address in LISTS:
        page = _text(cast, who, address)
        assert record.document_number not in page
        # the looks that were made stay in the person's own log, by number and without content
        assert record.number not in page or who == "citizen"
    case = f"/desk/repairs/{repair.number}/"
    if held:
        page = _text(cast, "reviewer", case)
        assert "等待确认撤下" in page
        for hidden in ("林*云", record.document_number, record.number):
            assert hidden not in page
    else:
        _is_over(cast, "reviewer", repair.number, ("林*云", record.document_number, record.number))
    # what is left is the person's own: the case, and the letters as they were sent
    page = _text(cast, "citizen", f"/me/repairs/{repair.number}/")
    assert "终止公示和共享使用" in page
    assert record.document_number not in page
    letters = [messages.text(one) for one in messages.of(cast.citizen)]
    assert any(record.document_number in letter for letter in letters)


def test_the_second_click_of_the_decider_goes_back_to_the_list(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    for said in ("已同意修复", "已经办好了"):
        holding.taken(record_id=repair.record_id, recipient="city", title="市平台", revision=1)
        page = browser(cast.reviewer).post(f"/desk/repairs/{repair.number}/decide/", {"seen": "1"}, follow=True)
        assert said in page.content.decode()


def test_a_withdrawn_application_is_off_the_desk_and_in_the_persons_history(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    browser(cast.citizen).post(f"/me/repairs/{repair.number}/withdraw/")
    assert acts.STEPS["withdraw"].target == Repair.objects.get().status
    _is_over(cast, "clerk", repair.number, ("林*云", repair.record.document_number))
    assert "已撤回申请" in _text(cast, "citizen", "/me/cases/")
