"""重新推送: what a platform lost, changed or kept is said to it again by a person, with the count first."""

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.audit.models import Event
from daoli_credit.feeds import channels
from daoli_credit.feeds.models import Delivery, Discrepancy
from daoli_credit.feeds.workflows import reconciling, resaying
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records.models import CreditRecord
from records.workflows import removals
from tests.cast import browser
from tests.feeds.ground import Ground
from tests.sandbox.test_platform import publication

SAYS = "与对方核对过，对方请我方重送"


def settled(ground: Ground, serial: int) -> CreditRecord:
    record = ground.record(serial=serial)
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    return record


def another_revision(ground: Ground, record: CreditRecord, revision: int) -> None:
    """Somebody else has given the platform another revision of ours."""
    assert ground.hlj.batch([publication(record=record.number, revision=revision)]).json()["rows"][0]["accepted"]


def reconciled() -> dict[str, str]:
    reconciling.reconcile(channels.of("hlj"))
    return dict(Discrepancy.objects.filter(feed="hlj", cleared_at=None).values_list("record_number", "kind"))


def test_a_copy_that_differs_is_said_again_and_the_next_reconciliation_is_even(ground: Ground) -> None:
    first, second = settled(ground, 1), settled(ground, 2)
    for record in (first, second):
        another_revision(ground, record, 5)
    assert reconciled() == {first.number: "revision", second.number: "revision"}
    client = browser(ground.cast.feed_operator)
    page = client.get("/desk/feeds/hlj/differences/?kind=revision").content.decode()
    assert "会重新送出 <b>2</b> 条" in page
    assert "与对方核对" not in page
    for reason, says in (("", "请写明原因"), ("号码 999999198803120028", "证件号码")):
        answer = client.post("/desk/feeds/hlj/say-again/", {"kind": "revision", "reason": reason})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert reason in answer.content.decode(), "填过的还在"
    assert not Event.objects.filter(act="feed.said-again").exists()
    done = client.post("/desk/feeds/hlj/say-again/", {"kind": "revision", "reason": SAYS}, follow=True)
    assert "已经重新推送" in done.content.decode()
    event = Event.objects.get(act="feed.said-again")
    assert (event.object_id, event.count, event.opinion) == ("hlj", 2, SAYS)
    again = client.post("/desk/feeds/hlj/say-again/", {"kind": "revision", "reason": SAYS}, follow=True)
    assert "已经重新推送，还没有送到" in again.content.decode(), "再按一次是成功"
    assert Event.objects.filter(act="feed.said-again").count() == 1
    ground.sweep()
    assert ground.send() == 2
    for record in (first, second):
        ground.confirmed(record, 6)
    assert reconciled() == {}
    assert Discrepancy.objects.filter(cleared_at__isnull=False).count() == 2
    assert first.number in client.get("/desk/feeds/hlj/differences/?shown=cleared").content.decode()


def test_no_more_is_said_again_than_was_on_the_page(ground: Ground) -> None:
    first, second = settled(ground, 1), settled(ground, 2)
    another_revision(ground, first, 5)
    reconciled()
    desk, asked = browser(ground.cast.feed_operator), {"kind": "revision", "reason": SAYS}
    page = desk.get("/desk/feeds/hlj/differences/?kind=revision").content.decode()
    assert '<input type="hidden" name="seen" value="1">' in page
    another_revision(ground, second, 5)
    reconciled()
    stale = desk.post("/desk/feeds/hlj/say-again/", {**asked, "seen": "1"})
    assert stale.status_code == 422
    assert "按的时候是 2 条，您看到的是 1 条" in stale.content.decode()
    assert SAYS in stale.content.decode(), "填过的还在"
    assert '<input type="hidden" name="seen" value="2">' in stale.content.decode()
    assert not Event.objects.filter(act="feed.said-again").exists()
    assert desk.post("/desk/feeds/hlj/say-again/", {**asked, "seen": "2"}).status_code == 302
    assert Event.objects.get(act="feed.said-again").count == 2


def test_more_than_go_at_once_go_in_turns_and_each_turn_says_what_is_left(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [settled(ground, serial) for serial in (1, 2, 3)]
    for record in records:
        another_revision(ground, record, 5)
    reconciled()
    monkeypatch.setattr(resaying, "MOST", 2)
    client = browser(ground.cast.feed_operator)
    page = client.get("/desk/feeds/hlj/differences/?kind=revision").content.decode()
    assert "会重新送出 <b>2</b> 条；其余 <b>1</b> 条下一次再办" in page
    assert resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, kind="revision") == 2
    page = client.get("/desk/feeds/hlj/differences/?kind=revision").content.decode()
    assert "会重新送出 <b>1</b> 条；<b>2</b> 条正在路上" in page, "不用等前一批对过账"
    assert resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, kind="revision") == 1
    ground.sweep()
    assert ground.send() == 3


def test_one_record_is_said_again_from_its_own_page(ground: Ground) -> None:
    one, other = settled(ground, 1), settled(ground, 2)
    for record in (one, other):
        another_revision(ground, record, 3)
    reconciled()
    client = browser(ground.cast.feed_operator)
    address = f"/desk/feeds/record/{one.number}/"
    assert "重新推送" in client.get(address).content.decode()
    refused = client.post("/desk/feeds/hlj/say-again/", {"of": one.number, "reason": ""})
    assert refused.status_code == 422
    assert "请写明原因" in refused.content.decode()
    page = client.post("/desk/feeds/hlj/say-again/", {"of": one.number, "reason": SAYS}, follow=True)
    assert page.redirect_chain[-1][0] == address
    ground.sweep()
    assert ground.send() == 1
    ground.confirmed(one, 4)
    assert reconciled() == {other.number: "revision"}


def test_what_is_over_is_withdrawn_again_and_not_published(ground: Ground) -> None:
    record = settled(ground, 1)
    ground.end(record)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 2)
    another_revision(ground, record, 9)
    assert set(reconciled().values()) <= {"extra", "ended"}
    found = resaying.plan("hlj", number=record.number)
    assert ([one.number for one in found.away], list(found.again)) == ([record.number], [])
    client = browser(ground.cast.feed_operator)
    assert "再撤回一次" in client.get(f"/desk/feeds/record/{record.number}/").content.decode()
    resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, number=record.number)
    removals.journal()
    ground.sweep()
    ground.send()
    ground.confirmed(record, 10)
    assert record.number not in ground.hlj.holdings()
    assert ground.hlj.applied(record.number)[-1] == (10, "ended")
    assert reconciled() == {}


def test_what_was_never_ours_and_what_may_not_go_is_left_to_them(ground: Ground) -> None:
    record = settled(ground, 1)
    ground.hlj.batch([publication(record="DL2026-999999")])
    assert reconciled() == {"DL2026-999999": "extra"}
    client = browser(ground.cast.feed_operator)
    page = client.get("/desk/feeds/hlj/differences/?kind=extra").content.decode()
    assert "没有能由我方重新推送的" in page
    assert "/desk/feeds/record/DL2026-999999/" not in page, "不是我方的，没有页面可以打开"
    with pytest.raises(RuleBroken, match="请对方核对"):
        resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, kind="extra")
    with pytest.raises(RuleBroken):
        resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, number=record.number)
    assert not Delivery.objects.exclude(number=1).exists()


def test_only_the_operator_says_again_and_only_with_a_reason(ground: Ground) -> None:
    record = settled(ground, 1)
    another_revision(ground, record, 5)
    reconciled()
    for who in (ground.cast.supervisor, ground.cast.clerk, ground.cast.citizen):
        with pytest.raises(PermissionDenied):
            resaying.say_again(code="hlj", actor=who, opinion=SAYS, kind="revision")
    with pytest.raises(RuleBroken, match="原因"):
        resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=" ", kind="revision")
    resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, kind="revision")
    with pytest.raises(AlreadyDone):
        resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion=SAYS, kind="revision")
    page = browser(ground.cast.supervisor).get("/desk/feeds/hlj/differences/?kind=revision").content.decode()
    assert "say-again" not in page, "督导只看不办"
    assert "下载这份清单" not in page
