"""试着违法: each attempt is really made, refused, and leaves nothing."""

import pytest

from daoli_credit.audit.models import Event, LookUp
from daoli_credit.demo.attempts import ATTEMPTS, attempt
from incentives.models import Listing
from records.models import CreditRecord, Subject
from tests.cast import Cast, browser


@pytest.mark.parametrize("code", [one.code for one in ATTEMPTS])
def test_an_attempt_is_refused_in_words_and_leaves_nothing(cast: Cast, code: str) -> None:
    nouns = (CreditRecord, Listing, Subject, Event, LookUp)
    before = [noun.objects.count() for noun in nouns]
    answer = browser(None).post(f"/demo/try/{code}/").content.decode()
    assert "没有办成" in answer
    assert [noun.objects.count() for noun in nouns] == before


@pytest.mark.parametrize(
    ("code", "by", "words"),
    [
        ("minor", "收录规则", "未满十八周岁"),
        ("debt-evasion", "名单程序", "恶意逃废债务"),
        ("without-notice", "数据库", "不能从 proposed 到 decided"),
        ("neighbour", "数据库", "audit_lookup_says_why"),
        ("score", "数据库", "score"),
    ],
)
def test_the_refusal_says_who_refused_and_why(cast: Cast, code: str, by: str, words: str) -> None:
    _, refusal = attempt(code)
    assert by in refusal.by
    assert words in refusal.said


def test_an_attempt_that_does_not_exist_is_not_found(cast: Cast) -> None:
    assert browser(None).post("/demo/try/anything/").status_code == 404


def test_the_story_leads_to_pages_that_exist(cast: Cast) -> None:
    page = browser(None).get("/demo/").content.decode()
    assert "第 1 站" in page
    assert "林秀云" in page
    assert "/sign-in/?next=%2Fdesk%2Fimports%2F" in page
    assert "/sign-in/citizen/?next=%2Fme%2F" in page
