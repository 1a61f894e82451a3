"""立即再试: when the platform is back nobody has to wait for the back-off; a person says so, with a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.standing import standing_of
from daoli_credit.feeds.workflows import operating
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from records.models import CreditRecord
from tests.cast import browser
from tests.feeds.ground import Ground


def _backing_off(ground: Ground) -> CreditRecord:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("500")
    ground.send()
    assert ground.delivery(record).state == "waiting"
    assert ground.send() == 0, "退避中"
    Delivery.objects.filter(record=record, feed="hlj").update(next_try_at=clock.now() + timedelta(hours=1))
    return record


def test_what_backs_off_goes_at_once_with_its_count_and_reason(ground: Ground) -> None:
    record, desk = _backing_off(ground), browser(ground.cast.feed_operator)
    page = desk.get("/desk/feeds/hlj/").content.decode()
    assert "<b>1</b> 件</a>没有送成、正在退避" in page
    assert record.number in desk.get("/desk/feeds/hlj/?state=backing").content.decode()
    assert desk.post("/desk/feeds/hlj/hurry/", {"reason": ""}).status_code == 422
    assert ground.send() == 0
    assert browser(ground.cast.supervisor).post("/desk/feeds/hlj/hurry/", {"reason": "看看"}).status_code == 403
    done = desk.post("/desk/feeds/hlj/hurry/", {"reason": "对方来电已经恢复"}, follow=True).content.decode()
    assert "退避中的已排队" in done
    event = Event.objects.get(act="feed.hurried")
    assert (event.count, event.opinion, event.object_id) == (1, "对方来电已经恢复", "hlj")
    again = desk.post("/desk/feeds/hlj/hurry/", {"reason": "又按一次"}, follow=True).content.decode()
    assert "现在没有退避中的推送单" in again
    assert Event.objects.filter(act="feed.hurried").count() == 1
    assert ground.send() == 1
    ground.confirmed(record)
    assert ground.delivery(record).attempts == 2, "次数照算"
    assert "正在退避" not in desk.get("/desk/feeds/hlj/").content.decode()


def test_resuming_a_broken_feed_does_not_leave_its_rows_in_the_back_off(ground: Ground) -> None:
    record = _backing_off(ground)
    later = clock.now() + timedelta(hours=8)
    Delivery.objects.filter(record=record, feed="hlj").update(next_try_at=later)
    Feed.objects.filter(code="hlj").update(failures=patience.BREAKS_AFTER, broken_until=later)
    assert ground.send() == 0
    operating.resume(code="hlj", actor=ground.cast.feed_operator, opinion="对方已经恢复")
    assert ground.send() == 1
    ground.confirmed(record)


def test_a_recall_that_meets_a_broken_wire_is_tried_at_once_and_stays_a_recall(ground: Ground) -> None:
    record, desk = _backing_off(ground), browser(ground.cast.feed_operator)
    ground.due(record)
    ground.send()
    ground.confirmed(record)
    assert desk.post("/desk/feeds/hlj/recall/", {"reason": "对方通知停用接口"}).status_code == 302
    ground.sweep()
    ground.hlj.fault("500")
    ground.send()
    later = clock.now() + timedelta(hours=8)
    Feed.objects.filter(code="hlj").update(failures=patience.BREAKS_AFTER, broken_until=later)
    assert ground.send() == 0
    page = desk.get("/desk/feeds/hlj/").content.decode()
    assert "熔断中" in page
    assert "可以写明原因“立即再试”" in page, "恢复推送会结束召回"
    assert 'action="/desk/feeds/hlj/hurry/"' in page
    assert desk.post("/desk/feeds/hlj/hurry/", {"reason": "对方来电已经恢复"}).status_code == 302
    assert ground.send() == 1
    ground.confirmed(record, 2)
    feed = Feed.objects.get(code="hlj")
    assert (feed.enabled, feed.failures) == (False, 0), "还在召回"
    assert record.number not in ground.hlj.holdings()


def test_a_break_says_what_went_wrong_last(ground: Ground) -> None:
    record, desk = _backing_off(ground), browser(ground.cast.feed_operator)
    Feed.objects.filter(code="hlj").update(failures=patience.BREAKS_AFTER, broken_until=clock.now())
    said = "HTTP 500：对方出错"
    assert said in Delivery.objects.get(record=record, feed="hlj").held_words
    for address in ("/desk/feeds/hlj/", "/desk/feeds/"):
        page = desk.get(address).content.decode()
        assert page.count(said) >= 1, address
        assert "正在先试一件" in page, address


def test_a_platform_that_cannot_be_reached_is_not_called_well(ground: Ground) -> None:
    _backing_off(ground)
    standing = standing_of("hlj")
    assert standing is not None
    assert standing.word == ("warn", "没有送成，再试中")
    for address in ("/desk/feeds/", "/desk/feeds/hlj/?state=confirmed"):
        page = browser(ground.cast.supervisor).get(address).content.decode()
        assert "HTTP 500：对方出错" in page, "不点开每一件也看得到"
    Feed.objects.filter(code="hlj").update(failures=0, receipts_failed="没有收到可用的回答（我方的证书过期了）")
    standing = standing_of("hlj")
    assert standing is not None
    assert standing.word == ("warn", "取不到回执")
    page = browser(ground.cast.supervisor).get("/desk/feeds/").content.decode()
    assert "取不到回执：没有收到可用的回答（我方的证书过期了）" in page


def test_only_the_operator_hurries_and_says_why(ground: Ground) -> None:
    _backing_off(ground)
    with pytest.raises(PermissionDenied, match="推送值守"):
        operating.hurry(code="hlj", actor=ground.cast.supervisor, opinion="看看")
    with pytest.raises(RuleBroken, match="写明原因"):
        operating.hurry(code="hlj", actor=ground.cast.feed_operator, opinion=" ")
    assert not Event.objects.filter(act="feed.hurried").exists()
