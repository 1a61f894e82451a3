"""撤回: first in line, waits for nothing but what is on the wire, and only where a copy may be."""

import pytest

from daoli_credit.feeds import bodies, channels
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.workflows import operating, sending
from daoli_credit.feeds.workflows.claiming import claim
from records.models import Holding, Removal
from records.models.revision import Kind
from records.workflows import holding
from tests.feeds.ground import Ground


def test_an_ended_record_is_withdrawn_and_both_sides_say_that_it_is_gone(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    ground.end(record)
    assert ground.sweep() == 2  # the other feed was never sent it
    assert ground.delivery(record, 2, "hrb").state == "unneeded"
    assert ground.send() == 1
    ground.confirmed(record, 2)
    assert record.number not in ground.hlj.holdings()
    assert ground.hlj.applied(record.number) == [(1, "effective"), (2, "ended")]
    gone = Holding.objects.get(record=record, recipient="hlj")
    assert gone.gone_at
    assert gone.asked_at
    assert not holding.still_held(record.pk)


def test_a_withdrawal_says_nothing_about_the_person(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.end(record)
    ground.sweep()
    ground.send()
    text = bodies.opened(ground.delivery(record, 2)).decode()
    assert text == '{"layout":"daoli-1","reason":"expired"}'


def test_an_end_waits_until_it_stands_in_the_removal_journal(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    revision = ground.end(record, journal=False)
    assert ground.sweep() == 0
    Removal.objects.create(revision=revision)
    assert ground.sweep() == 2


def test_a_suspension_is_withdrawn_and_a_resumption_sent_again_with_a_higher_number(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    ground.revise(record, Kind.SUSPENDED)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 2)
    assert record.number not in ground.hlj.holdings()
    ground.revise(record, Kind.RESUMED)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 3)
    assert ground.hlj.holdings()[record.number][0] == 3
    open_again = Holding.objects.get(record=record, recipient="hlj")
    assert (open_again.revision, open_again.gone_at, open_again.asked_at) == (3, None, None)


def test_a_withdrawal_supersedes_what_was_not_sent(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    ground.revise(record, Kind.MARKED)
    ground.sweep()
    ground.end(record)
    ground.sweep()
    assert ground.delivery(record, 2).state == "superseded"
    ground.send()
    ground.confirmed(record, 3)
    assert ground.hlj.applied(record.number) == [(1, "effective"), (3, "ended")]


def test_a_withdrawal_waits_for_the_one_on_the_wire(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    claimed = claim(channels.of("hlj"))
    assert claimed
    ground.end(record)
    ground.sweep()
    assert ground.delivery(record, 1).state == "sending"
    assert ground.delivery(record, 2).state == "waiting"
    assert ground.send() == 0, "前一版还在路上"
    answer = sending.adapter(channels.of("hlj")).send(claimed.rows, claimed.package)
    sending.write_down(channels.of("hlj"), claimed, answer)
    assert ground.send() == 1
    ground.confirmed(record, 2)
    assert ground.hlj.applied(record.number) == [(1, "effective"), (2, "ended")]


def test_a_withdrawal_does_not_wait_for_a_receipt_that_never_comes(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("no-receipt")
    ground.send()
    ground.end(record)
    ground.sweep()
    assert ground.send() == 1
    ground.confirmed(record, 2)
    assert ground.delivery(record, 1).state == "superseded"
    assert record.number not in ground.hlj.holdings()


def test_what_may_be_out_is_withdrawn_even_when_nobody_confirmed_it(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("silent-after-store")
    ground.send()
    assert holding.still_held(record.pk), "可能已经送出，就当还在"
    ground.end(record)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 2)
    assert record.number not in ground.hlj.holdings()
    assert not holding.still_held(record.pk)


def test_a_withdrawal_overtakes_a_backlog(ground: Ground) -> None:
    record = ground.record(serial=99)
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    backlog = [ground.record(serial=serial) for serial in range(1, 6)]
    ground.sweep()
    ground.end(record)
    ground.sweep()
    assert sending.send_batch(channels.of("hlj"), limit=1) == 1
    ground.confirmed(record, 2)
    assert Delivery.objects.filter(feed="hlj", state="waiting").count() == len(backlog)


def test_a_paused_feed_still_withdraws(ground: Ground) -> None:
    record = ground.record(serial=1)
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    operating.pause(code="hlj", actor=ground.cast.feed_operator, reason="对方系统升级")
    ground.record(serial=2)
    ground.end(record)
    ground.sweep()
    assert ground.send() == 1
    ground.confirmed(record, 2)
    assert ground.send() == 0
    operating.resume(code="hlj", actor=ground.cast.feed_operator)
    assert Feed.objects.get(code="hlj").enabled
    assert ground.send() == 1


def test_a_withdrawal_that_the_platform_rejects_is_held_and_the_copy_counts_as_held(ground: Ground) -> None:
    from tests.feeds.ground import until  # noqa: PLC0415

    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    ground.end(record)
    ground.sweep()
    ground.hlj.fault("reject")
    ground.send()
    until(lambda: ground.delivery(record, 2).state == "held")
    assert holding.still_held(record.pk)
    operating.retry(key=ground.delivery(record, 2).key, actor=ground.cast.feed_operator, opinion="已与对方核实")
    ground.send()
    ground.confirmed(record, 2)
    assert not holding.still_held(record.pk)


@pytest.mark.parametrize("kind", [Kind.SUSPENDED, Kind.ENDED])
def test_a_feed_that_was_never_owed_the_record_is_not_asked_to_withdraw_it(ground: Ground, kind: Kind) -> None:
    record = ground.record(service="", served_on="")
    if kind == Kind.ENDED:
        ground.end(record)
    else:
        ground.revise(record, kind)
    assert ground.sweep() == 0
