"""平台出事: 500, lost answers, silence, resets; nothing lost, nothing applied twice, all of it in sight."""

import pytest
from pytest_django import Settings

from daoli_credit.feeds import bodies, channels
from daoli_credit.feeds.models import Attempt, Delivery, Feed
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows.claiming import claim
from daoli_credit.law import clock
from records.models import Holding
from tests.feeds.ground import Ground


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("500", "failed"),
        ("500-after-store", "failed"),
        ("silent", "unknown"),
        ("silent-after-store", "accepted"),  # its receipt comes while the answer is still waited for
        ("reset", "unknown"),
        ("reset-after-store", "unknown"),
    ],
)
def test_after_trouble_the_same_bytes_go_again_and_are_applied_once(ground: Ground, fault: str, outcome: str) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault(fault)
    ground.send()
    one = ground.delivery(record)
    before = bodies.opened(one)
    assert one.tries.get().outcome == outcome
    if not fault.endswith("-after-store"):
        assert (one.state, one.attempts) == ("waiting", 1)
        assert one.next_try_at
        assert one.next_try_at > clock.now()
        assert ground.send() == 0, "退避期内不再送"
        assert record.number not in ground.hlj.holdings()
    ground.due(record)
    ground.send()
    ground.confirmed(record)
    assert ground.hlj.applied(record.number) == [(1, "effective")]
    assert bodies.opened(ground.delivery(record)) == before


def test_trouble_of_one_platform_does_not_hold_up_the_other(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("500", 9)
    ground.send("hlj")
    ground.send("hrb")
    ground.confirmed(record, code="hrb")
    assert ground.delivery(record).state == "waiting"


def test_after_five_failures_the_feed_is_left_alone_and_then_probed_with_one_row(ground: Ground) -> None:
    for serial in range(3):
        ground.record(serial=serial + 1)
    ground.sweep()
    ground.hlj.fault("500", patience.BREAKS_AFTER)
    for _ in range(patience.BREAKS_AFTER):
        ground.send()
        Delivery.objects.filter(feed="hlj").update(next_try_at=None)
    feed = Feed.objects.get(code="hlj")
    assert feed.failures == patience.BREAKS_AFTER
    assert feed.broken_until
    assert feed.broken_until > clock.now()
    assert ground.send() == 0
    Feed.objects.filter(code="hlj").update(broken_until=clock.now())
    assert ground.send() == 1, "先试一件"
    assert Feed.objects.get(code="hlj").failures == 0
    assert ground.send() == 2


def test_only_one_probe_is_on_its_way_at_a_time(ground: Ground) -> None:
    for serial in range(2):
        ground.record(serial=serial + 1)
    ground.sweep()
    Feed.objects.filter(code="hlj").update(failures=patience.BREAKS_AFTER, broken_until=clock.now())
    assert claim(channels.of("hlj"))
    assert claim(channels.of("hlj")) is None


def test_what_was_tried_for_a_day_is_held_with_its_reason_and_owner(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("500")
    Delivery.objects.filter(feed="hlj").update(attempts=len(patience.DELAYS))
    ground.send()
    one = ground.delivery(record)
    assert (one.state, one.held_reason, str(one.held_owner)) == ("held", "exhausted", "区信用办")
    assert sum(patience.DELAYS, patience.DELAYS[0] * 0).total_seconds() >= 24 * 3600


def test_a_row_refused_at_the_door_is_held_for_its_department_and_blocks_nobody(ground: Ground) -> None:
    first, second = ground.record(serial=1), ground.record(serial=2)
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    one = ground.delivery(first)
    assert (one.state, one.held_reason, one.held_owner) == ("held", "rejected", ground.cast.market)
    assert one.held_words == "信用中国（黑龙江）退回：演练：文书号不合格式"
    assert Holding.objects.get(record=first, recipient="hlj").gone_at is not None
    third = ground.record(serial=3)
    ground.sweep()
    ground.send()
    ground.confirmed(third)
    assert second.number not in ground.hlj.holdings()


def test_a_later_revision_replaces_a_refused_one(ground: Ground) -> None:
    from records.models.revision import Kind  # noqa: PLC0415

    record = ground.record()
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    ground.revise(record, Kind.CORRECTED)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 2)
    assert ground.delivery(record, 1).state == "superseded"
    assert ground.hlj.holdings()[record.number][0] == 2


def test_a_slow_answer_is_waited_for_only_as_long_as_the_timeout(ground: Ground, settings: Settings) -> None:
    settings.FEED_TIMEOUT = 1
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("slow")
    ground.send()
    assert Attempt.objects.get().outcome == "accepted"  # by the receipt, which did not wait for the answer
    ground.confirmed(record)
    assert ground.hlj.applied(record.number) == [(1, "effective")]


def test_an_answer_is_masked_before_it_is_kept(ground: Ground) -> None:
    from daoli_credit.feeds.masking import masked  # noqa: PLC0415

    assert masked("证件号码 999999198803120028\n核验不通过") == "证件号码 ******28 核验不通过"
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("reject")
    ground.send()
    from tests.feeds.ground import until  # noqa: PLC0415

    until(lambda: ground.delivery(record).state == "held")
    one = ground.delivery(record)
    assert "999999198803120028" not in one.held_words + one.receipts.get().words
    assert "核验不通过" in one.held_words
