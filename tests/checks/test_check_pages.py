"""核查的页面: one tap from the case, one typed field, the answer, the feedback; every bad twin answers in words."""

import re

import pytest
from django.urls import reverse

from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from incentives.models import Check, Feedback, MatterCase
from incentives.workflows import matter_case
from tests import make_checks
from tests.cast import Cast, browser

BAN = "m-food-ban-5y"


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _asked(cast: Cast, opened: MatterCase, **more: str) -> Check:
    page = browser(cast.clerk).post(
        reverse("check-new", args=[opened.pk]), {"number": make_checks.number_of("linxiuyun"), **more}
    )
    assert page.status_code == 302, page.content.decode()
    return Check.objects.get()


def test_one_field_is_typed_and_the_answer_is_on_the_next_page(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast, severity="minor")  # which does not count against 连续无不良记录
    officer = browser(cast.clerk)
    form = officer.get(reverse("check-new", args=[opened.pk])).content.decode()
    assert opened.case_number in form
    assert "办理食品经营许可" in form
    assert len(re.findall(r'<input[^>]+type="text"', form)) == 2, "号码，和可以不填的姓名"
    answer = officer.post(
        reverse("check-new", args=[opened.pk]), {"number": make_checks.number_of("linxiuyun")}, follow=True
    ).content.decode()
    assert "第一百三十五条" in answer
    assert "应当" in answer
    assert answer.index("许可重点服务") < answer.index("五年内不得申请")
    assert "不得作为无失信证明" in answer
    assert make_checks.number_of("linxiuyun") not in answer


def test_asking_twice_by_a_double_click_is_one_check(cast: Cast, opened: MatterCase) -> None:
    officer, address = browser(cast.clerk), reverse("check-new", args=[opened.pk])
    sent = {"number": make_checks.number_of("linxiuyun"), "request_id": "0f3a6f3a6f"}
    assert officer.post(address, sent)["Location"] == officer.post(address, sent)["Location"]
    assert Check.objects.count() == 1


@pytest.mark.parametrize("number", ["", "123", "99999919900101001X", "李四", "6" * 40, "E12345678", "H10203040"])
def test_a_wrong_number_comes_back_with_what_to_do(cast: Cast, opened: MatterCase, number: str) -> None:
    page = browser(cast.clerk).post(reverse("check-new", args=[opened.pk]), {"number": number, "name": "李四"})
    assert page.status_code == 422
    assert "李四" in page.content.decode(), "填过的还在"
    assert not Check.objects.exists()
    assert not LookUp.objects.filter(case_number=opened.case_number).exists()


def test_a_closed_case_answers_409_in_words(cast: Cast, opened: MatterCase) -> None:
    matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())
    page = browser(cast.clerk).get(reverse("check-new", args=[opened.pk]))
    assert page.status_code == 409
    assert "已经办结" in page.content.decode()
    sent = browser(cast.clerk).post(reverse("check-new", args=[opened.pk]), {"number": "1"})
    assert sent.status_code == 409


def test_another_departments_case_and_check_are_not_there(cast: Cast, opened: MatterCase) -> None:
    made = make_checks.ask(cast, opened)
    other = browser(cast.other_clerk)
    assert other.get(reverse("check-new", args=[opened.pk])).status_code == 404
    assert other.get(reverse("check", args=[made.number])).status_code == 404
    assert other.post(reverse("check-feedback", args=[made.number])).status_code == 404


def test_opening_a_kept_answer_another_day_is_a_look_of_its_own(cast: Cast, opened: MatterCase) -> None:
    made = make_checks.ask(cast, opened)
    looks = LookUp.objects.filter(case_number=opened.case_number, kind="look")
    browser(cast.clerk).get(reverse("check", args=[made.number]))
    assert looks.count() == 1, "核查人当天看自己的核查单，就是这一次查询"
    browser(cast.both).get(reverse("check", args=[made.number]))
    assert looks.count() == 2


def test_feedback_is_owed_until_given_and_the_person_reads_what_it_did(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    made, officer = _asked(cast, opened), browser(cast.clerk)
    assert "待反馈" in officer.get(reverse("check-list")).content.decode()
    answer = made.answers.get(measure=BAN)
    address = reverse("check-feedback", args=[made.number])
    page = officer.post(address, {f"outcome_{answer.pk}": "not-applied"})
    assert page.status_code == 422
    assert "请写明理由" in page.content.decode()
    page = officer.post(address, {f"outcome_{answer.pk}": "applied"})
    assert page.status_code == 302
    assert Feedback.objects.get().outcome == "applied"
    assert Event.objects.filter(act="check.fed-back", object_id=str(made.pk)).count() == 1
    assert LookUp.objects.get(ref=made.look).result == "check.applied"
    assert "待反馈" not in officer.get(reverse("check-list")).content.decode()
    assert officer.post(address, {f"outcome_{answer.pk}": "applied"}).status_code == 302, "再按一次也是办好了"
    assert "据此适用了有关措施" in browser(cast.citizen).get(reverse("me-looks")).content.decode()


def test_a_check_without_a_hit_never_asks_for_feedback(cast: Cast, opened: MatterCase) -> None:
    made, officer = make_checks.ask(cast, opened), browser(cast.clerk)
    page = officer.get(reverse("check", args=[made.number])).content.decode()
    assert "没有查到需要反馈的内容" in page
    assert "措施反馈" not in page
    assert "待反馈" not in officer.get(reverse("check-list")).content.decode()


def test_the_menu_counts_what_is_owed(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    _asked(cast, opened)
    desk = browser(cast.clerk).get(reverse("check-list")).content.decode()
    assert re.search(r"信用核查.{0,200}badge[^>]*>\s*1\s*<", desk, re.S)
