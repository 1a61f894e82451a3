"""在等什么: a delivery that is owed and has not left says on its own page what it waits for."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from daoli_credit.accounts import assessing, assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds import waits
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import Lane
from daoli_credit.law import clock
from tests import make_feeds
from tests.cast import Cast, browser


@pytest.fixture
def one(cast: Cast, settings: Settings) -> Delivery:
    """A delivery that waits for 省平台."""
    settings.FEEDS = make_feeds.CONNECTED
    return make_feeds.owed(cast, serial=521)


def _why(one: Delivery, **stands: Any) -> str:
    Feed.objects.filter(code="hlj").update(**stands)
    return waits.why(Delivery.objects.get(pk=one.pk))


def test_what_is_next_in_the_queue_says_so(one: Delivery) -> None:
    assert _why(one) == "排队中，马上送出"


def test_a_pause_stands_in_the_course_with_its_reason(one: Delivery, cast: Cast) -> None:
    desk = browser(cast.feed_operator)
    desk.post("/desk/feeds/hlj/pause/", {"reason": "对方今晚维护"})
    assert "普通推送已暂停：对方今晚维护" in desk.get(f"/desk/feeds/record/{one.record.number}/").content.decode()
    away = Delivery.objects.get(pk=one.pk)
    away.lane = Lane.WITHDRAWAL
    assert waits.why(away) == "排队中，马上送出", "撤回不停"


def test_a_break_says_until_when_and_what_the_last_try_met(one: Delivery) -> None:
    Delivery.objects.filter(pk=one.pk).update(held_words="没有收到回答（连接断了）")
    until = clock.now() + timedelta(minutes=1)
    said = _why(one, failures=5, broken_until=until)
    assert said == f"熔断中，{until.astimezone(clock.CHINA):%H:%M:%S} 以后先试；没有收到回答（连接断了）"
    assert _why(one, broken_until=clock.now() - timedelta(seconds=1)) == "没有收到回答（连接断了）"


def test_after_a_restore_the_gate_is_what_it_waits_for(one: Delivery) -> None:
    assert "没有对完账" in _why(one, restored_at=clock.now(), enabled=False, reason="先停")


def test_without_an_assessment_it_waits_for_one(one: Delivery, cast: Cast) -> None:
    agreed = assessments.in_force(Subject.FEED, "hlj", on=clock.today())
    assert agreed is not None
    assessing.end(assessment_id=agreed.pk, actor=cast.supervisor, opinion="传送方式变了，重新评估")
    assert "没有在效的影响评估" in _why(one)
    page = browser(cast.feed_operator).get(f"/desk/feeds/hlj/{one.key}/").content.decode()
    assert "没有在效的影响评估" in page


def test_a_later_revision_waits_for_the_receipt_of_the_one_before(one: Delivery) -> None:
    later = Delivery.objects.get(pk=one.pk)
    later.number += 1
    Delivery.objects.filter(pk=one.pk).update(state="awaiting", body=b"{}", digest=b"d" * 32)
    assert waits.why(later) == "等同一记录前一版的回执"
    later.lane = Lane.WITHDRAWAL
    assert waits.why(later) == "排队中，马上送出", "撤回不等回执"
