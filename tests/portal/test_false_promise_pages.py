"""承诺不实的页面: the second person finds it, the person reads why and until when, the clerk sees it too."""

import re
from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from pypdf import PdfReader

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.portal import waiting
from records.models import FalsePromise, Repair
from records.rules.repairable import precheck
from tests import make_repairs
from tests.cast import Cast, browser

TICKED = {"paid": "on", "corrected": "on", "promised": "on"}


def _day(promise: FalsePromise) -> str:
    until = promise.barred_until
    assert until is not None
    return f"{until.year}年{until.month}月{until.day}日"


def _page(user: User, name: str, *args: str) -> str:
    answer = browser(user).get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_found_waits_where_the_second_person_looks(cast: Cast) -> None:
    repair = make_repairs.false(cast).repair
    there = reverse("repair-promise", args=[repair.number])
    for name in ("repair-list", "desk"):
        assert there in _page(cast.reviewer, name)
        assert there not in _page(cast.clerk, name)
    assert waiting.counts(cast.reviewer, ["repair-list"]) == {"repair-list": 1}
    assert waiting.counts(cast.clerk, ["repair-list"]) == {"repair-list": 0}
    assert waiting.counts(cast.other_reviewer, ["repair-list"]) == {"repair-list": 0}
    browser(cast.reviewer).post(reverse("repair-promise-judge", args=[repair.number]), {"judged": "confirm", "seen": 1})
    assert waiting.counts(cast.reviewer, ["repair-list"]) == {"repair-list": 0}
    assert there not in _page(cast.reviewer, "repair-list")


def test_the_person_reads_why_until_when_and_what_to_do(cast: Cast) -> None:
    later = make_repairs.old(cast, serial=8)
    promise = make_repairs.barred(cast)
    number, day = promise.repair.number, _day(promise)
    record = _page(cast.citizen, "me-record", later.number)
    assert f"{day}以前不能申请修复" in record
    assert "现在不用做什么" not in record
    assert "申请信用修复</a>" not in record.split("<main")[1].split("</main")[0]
    refused = _page(cast.citizen, "me-repair", later.number)
    for words in (number, day, promise.facts, promise.document, promise.article, "行政复议", "60 日内", "提出异议"):
        assert words in refused, words
    assert "就自动停止共享使用" in refused  # the record ends by itself long before
    assert "提交修复申请" not in refused
    assert browser(cast.citizen).post(reverse("me-repair", args=[later.number]), TICKED).status_code == 422
    case = _page(cast.citizen, "me-repair-case", number)
    for words in (promise.facts, day, "6 个月内", "陈述、申辩"):
        assert words in case, words
    assert "承诺经认定不实" in _page(cast.citizen, "me-cases")
    assert promise.facts not in _page(cast.namesake, "me-cases")


def test_what_nobody_has_confirmed_or_what_was_dropped_is_not_held_against_anybody(cast: Cast) -> None:
    promise = make_repairs.false(cast)
    for seen in (promise.revision, None):
        assert promise.facts not in _page(cast.citizen, "me-repair-case", promise.repair.number)
        assert "承诺经认定不实" not in _page(cast.citizen, "me-cases")
        if seen:
            body = {"judged": "drop", "opinion": "收据核对无误", "seen": seen}
            browser(cast.reviewer).post(reverse("repair-promise-judge", args=[promise.repair.number]), body)
    assert FalsePromise.objects.get().status == "dropped"


def test_from_the_last_day_of_the_bar_on_it_works_again(cast: Cast) -> None:
    promise = make_repairs.barred(cast)
    assert promise.barred_until is not None
    with clock.at(promise.barred_until):
        later = make_repairs.old(cast, serial=9)
    address = reverse("me-repair", args=[later.number])
    with clock.at(promise.barred_until - timedelta(days=1)):
        before = browser(cast.citizen).post(address, TICKED)
        assert before.status_code == 422
        assert _day(promise) in before.content.decode()
        assert not precheck(later, clock.today()).ends_first
    with clock.at(promise.barred_until):
        assert "提交修复申请" in browser(cast.citizen).get(address).content.decode()
        assert browser(cast.citizen).post(address, TICKED).status_code == 302
    assert Repair.objects.filter(record=later).count() == 1


def test_before_promising_the_person_reads_what_an_untrue_promise_brings(cast: Cast) -> None:
    page = _page(cast.citizen, "me-repair", make_repairs.old(cast).number)
    assert re.search(r"承诺经两人认定不实的，\d{4}年\d+月\d+日以前不能再申请", page)


def test_the_clerk_of_another_record_sees_until_when_and_only_the_own_body_sees_which_case(cast: Cast) -> None:
    later = make_repairs.old(cast, serial=8)
    elsewhere = make_repairs.public(cast)
    promise = make_repairs.barred(cast)
    page = _page(cast.clerk, "record", later.number)
    assert f"{_day(promise)}以前不能申请修复" in page
    assert reverse("repair-promise", args=[promise.repair.number]) in page
    assert "以前不能申请修复" not in _page(cast.tour_clerk, "record", elsewhere.number)  # another person's


def test_the_file_and_the_page_of_what_is_over_hold_the_finding(cast: Cast) -> None:
    promise = make_repairs.barred(cast)
    repair = promise.repair
    page = browser(cast.clerk).get(reverse("repair", args=[repair.number]), follow=True).content.decode()
    assert "已确认" in page
    assert _day(promise) in page
    there = reverse("repair-file", args=[repair.number])
    assert "承诺不实的认定" in browser(cast.clerk).get(there).content.decode()
    data = browser(cast.clerk).post(there, {"purpose": "归档"}).content
    text = "".join(re.sub(r"\s", "", one.extract_text()) for one in PdfReader(BytesIO(data)).pages)
    for words in ("承诺不实的认定", promise.document, "孙建国", "以前不能申请信用修复"):
        assert words in text, words
