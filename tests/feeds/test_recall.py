"""全部召回、成批重试、某日持有、终止以后对方仍有: what the operator does to a whole feed, with the count first."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.audit.models import Event
from daoli_credit.feeds import channels, selectors
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, TheirCopy
from daoli_credit.feeds.standing import standing_of
from daoli_credit.feeds.workflows import operating, reconciling
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records.models import CreditRecord, Holding
from tests.cast import browser
from tests.feeds.ground import Ground
from tests.sandbox.test_platform import publication


def settled(ground: Ground, serial: int) -> CreditRecord:
    record = ground.record(serial=serial)
    ground.sweep()
    ground.send()
    ground.send("hrb")
    ground.confirmed(record)
    ground.confirmed(record, 1, "hrb")
    return record


def test_one_platform_is_recalled_whole_and_the_other_keeps_its_copies(ground: Ground) -> None:
    first, second = settled(ground, 1), settled(ground, 2)
    client = browser(ground.cast.feed_operator)
    assert "<b>2</b> 条</a>，同时暂停普通推送" in client.get("/desk/feeds/hlj/").content.decode()
    assert client.post("/desk/feeds/hlj/recall/", {"reason": ""}).status_code == 422
    assert Feed.objects.get(code="hlj").enabled
    page = client.post("/desk/feeds/hlj/recall/", {"reason": "对方通知停用接口"}, follow=True).content.decode()
    assert "已开始召回" in page
    assert Event.objects.get(act="feed.recalled").object_id == "hlj"
    ground.sweep()
    assert ground.send() == 2
    ground.confirmed(first, 2)
    ground.confirmed(second, 2)
    assert not ground.hlj.holdings()
    assert ground.hlj.applied(first.number) == [(1, "effective"), (2, "suspended")]
    assert not Holding.objects.filter(recipient="hlj", gone_at=None).exists()
    ground.send("hrb")
    ground.confirmed(first, 2, "hrb")
    assert set(ground.hrb.holdings()) == {first.number, second.number}
    ground.sweep()
    assert ground.send() == 0, "召回期间普通推送不走"
    client.post("/desk/feeds/hlj/resume/", {"reason": "对方已修好"})
    for _ in range(3):
        ground.sweep()
    assert ground.send() == 2
    ground.confirmed(first, 3)
    assert ground.hlj.holdings()[first.number][0] == 3
    assert Feed.objects.get(code="hlj").recalled_at is None


def test_a_paused_platform_can_be_recalled_and_the_reason_is_kept_whole(ground: Ground) -> None:
    settled(ground, 1)
    desk, reason = browser(ground.cast.feed_operator), "停" * 200
    desk.post("/desk/feeds/hlj/pause/", {"reason": "对方通知今晚维护"})
    assert 'action="/desk/feeds/hlj/recall/"' in desk.get("/desk/feeds/hlj/").content.decode(), "先暂停、后召回"
    assert desk.post("/desk/feeds/hlj/recall/", {"reason": reason}).status_code == 302
    assert Event.objects.get(act="feed.recalled").opinion == reason
    page = desk.get("/desk/feeds/hlj/").content.decode()
    assert "正在召回" in page
    assert 'action="/desk/feeds/hlj/recall/"' not in page
    again = desk.post("/desk/feeds/hlj/recall/", {"reason": "另一个人同时按"}, follow=True).content.decode()
    assert "已经在召回" in again
    assert Event.objects.filter(act="feed.recalled").count() == 1


def test_a_broken_wire_is_said_before_the_recall_that_it_holds_up(ground: Ground) -> None:
    settled(ground, 1)
    operating.recall(code="hlj", actor=ground.cast.feed_operator, reason="停用")
    desk = browser(ground.cast.feed_operator)
    assert "召回中" in desk.get("/desk/feeds/").content.decode()
    later = clock.now() + timedelta(minutes=5)
    Feed.objects.filter(code="hlj").update(failures=5, broken_until=later)
    standing = standing_of("hlj")
    assert standing is not None
    assert standing.word == ("bad", "熔断中"), "撤回也走不了"


def test_only_the_operator_recalls_and_only_once(ground: Ground) -> None:
    settled(ground, 1)
    with pytest.raises(PermissionDenied):
        operating.recall(code="hlj", actor=ground.cast.supervisor, reason="试试")
    operating.recall(code="hlj", actor=ground.cast.feed_operator, reason="停用")
    with pytest.raises(AlreadyDone):
        operating.recall(code="hlj", actor=ground.cast.feed_operator, reason="停用")


def test_what_is_held_for_one_reason_is_tried_again_together_with_one_event(ground: Ground) -> None:
    records = [ground.record(serial=serial) for serial in (1, 2, 3)]
    ground.sweep()
    ground.hlj.fault("refuse")
    assert ground.send() == 3
    client = browser(ground.cast.feed_operator)
    assert "共 <b>3</b> 件" in client.get("/desk/feeds/hlj/?state=held&reason=rejected").content.decode()
    client.post("/desk/feeds/hlj/retry-all/", {"held": "rejected", "reason": "对方已改正校验规则"})
    event = Event.objects.get(act="feed.retried-all")
    assert (event.object_id, event.count, event.opinion) == ("hlj", 3, "对方已改正校验规则")
    assert ground.send() == 3
    for record in records:
        ground.confirmed(record)
    with pytest.raises(RuleBroken, match="没有这一类"):
        operating.retry_all(code="hlj", held="rejected", actor=ground.cast.feed_operator, opinion="再来")


def test_what_the_platform_held_on_a_day_is_its_own_word_and_stays_known(ground: Ground) -> None:
    record = settled(ground, 1)
    reconciling.reconcile(channels.of("hlj"))
    TheirCopy.objects.update(seen_at=clock.now() - timedelta(days=3))
    ground.end(record)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 2)
    reconciling.reconcile(channels.of("hlj"))
    today = clock.today()
    held = [list(selectors.copies("hlj", today - timedelta(days=n))) for n in (0, 1, 3, 5)]
    assert [len(found) for found in held] == [0, 1, 1, 0]
    page = browser(ground.cast.supervisor).get(f"/desk/feeds/hlj/copies/?day={today - timedelta(days=1)}")
    assert record.number in page.content.decode()
    assert browser(ground.cast.supervisor).get("/desk/feeds/hlj/copies/?day=昨天").status_code == 422


def test_what_ended_here_and_is_still_there_raises_an_alarm_with_cause_and_owner(ground: Ground) -> None:
    record = settled(ground, 1)
    ground.end(record)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 2)
    assert ground.hlj.batch([publication(record=record.number, revision=9)]).json()["rows"][0]["accepted"]
    reconciling.reconcile(channels.of("hlj"))
    found = Discrepancy.objects.get(cleared_at=None)
    assert (found.alarm, str(found.owner)) == (True, "区信用办")
    assert "立即要求撤下" in found.cause
    page = browser(ground.cast.feed_operator).get("/desk/feeds/").content.decode()
    assert "终止以后对方仍有" in page
    assert Delivery.objects.filter(feed="hlj", record=record).count() == 2
