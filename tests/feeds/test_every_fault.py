"""每一种故障: what the drill page can order is played on both wires, and each ends as its line on that page says."""

import time

import pytest

from daoli_credit.audit.models import Event
from daoli_credit.demo import drill
from daoli_credit.feeds import bodies, channels
from daoli_credit.feeds.adapters import Unreachable
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import operating, reconciling, resaying, sending, settling
from daoli_credit.feeds.workflows.claiming import claim
from daoli_credit.law import clock
from records.models import CreditRecord, Holding
from records.workflows import removals
from tests.feeds.ground import Ground, until

WIRES = ("hlj", "hrb")  # over HTTP, by files
BACK = {"refuse", "reject"}
NO_WORD = {"no-receipt", "wrong-receipt"}  # nothing is heard of what was taken
UNREAD = {"partial", "key-change"}  # by files: nobody says that a package was not read
# nothing of ours reached the platform, or no answer came back: the bytes go again
AGAIN = {"500", "500-after-store", "silent", "reset", "reset-after-store", "down", "clock-skew", "key-change"}
AGAIN |= {"full-disk", "partial"}
AGAIN_BY_FILES = {"silent", "reset", "reset-after-store", "down", "full-disk"}


def listened(ground: Ground, code: str) -> None:
    """Receipts are fetched, if they can be; the door hears the rest."""
    try:
        settling.poll(channels.of(code))
    except Unreachable:
        return


def comes_to(ground: Ground, code: str, record: CreditRecord, state: str, number: int = 1) -> Delivery:
    """Sends what is due and listens until it has come to that."""

    def met() -> bool:
        ground.due(record, code)
        ground.send(code)
        listened(ground, code)
        return ground.delivery(record, number, code).state == state

    until(met)
    return ground.delivery(record, number, code)


def a_day_later(one: Delivery) -> None:
    """The receipt has been waited for long enough."""
    Delivery.objects.filter(pk=one.pk).update(answered_at=clock.now() - patience.RECEIPT_WITHIN * 2)
    settling.overdue(channels.of(one.feed_id))


def played(ground: Ground, code: str, fault: str, serial: int) -> None:
    """One fault against one new record."""
    record, place = ground.record(serial=serial), ground.places[code]
    ground.sweep()
    place.fault(fault)
    ground.send(code)
    if fault == "reverse":
        other = ground.record(serial=serial + 100)
        ground.sweep()
        comes_to(ground, code, other, "confirmed")
    before = bodies.opened(ground.delivery(record, 1, code))
    one = ground.delivery(record, 1, code)
    if fault in (AGAIN if code == "hlj" else AGAIN_BY_FILES) and not fault.endswith("-after-store"):
        assert (one.state, one.tries.count()) == ("waiting", 1), fault
        assert ground.send(code) == 0, f"{fault}：退避期内不再送"
    if fault in BACK:
        one = comes_to(ground, code, record, "held")
        assert (one.held_reason, one.held_owner) == ("rejected", record.department), fault
        assert not place.applied(record.number)
        return
    if fault in NO_WORD or (code == "hrb" and fault in UNREAD):
        listened(ground, code)
        one = ground.delivery(record, 1, code)
        assert one.state == "awaiting", fault
        a_day_later(one)
        one = ground.delivery(record, 1, code)
        assert (one.state, one.held_reason) == ("held", "no-receipt"), fault
        operating.retry(key=one.key, actor=ground.cast.feed_operator, opinion="对方已恢复")
    one = comes_to(ground, code, record, "confirmed")
    assert place.applied(record.number) == [(1, "effective")], fault
    assert bodies.opened(one) == before, fault
    assert one.tries.count() >= one.attempts, fault
    gone = Holding.objects.get(record=record, recipient=code).gone_at is not None
    if fault == "repaired":
        until(lambda: Discrepancy.objects.filter(feed=code, record_number=record.number, kind="repaired").exists())
    elif fault in {"lose", "alter"}:
        assert place.holdings().get(record.number) != (1, bytes(one.digest or b"").hex()), fault
    else:
        assert not gone, fault
        assert place.holdings()[record.number] == (1, bytes(one.digest or b"").hex()), fault


@pytest.mark.parametrize("code", WIRES)
def test_each_fault_of_the_drill_ends_as_its_line_says(called: Ground, code: str) -> None:
    faults = [one.code for one in drill.faults_of(code)]
    assert len(faults) == {"hlj": 23, "hrb": 21}[code]
    for serial, fault in enumerate(faults, 1):
        played(called, code, fault, serial)
    called.places[code].fault("", 0)
    called.sweep()
    called.send(code)
    listened(called, code)
    left = Delivery.objects.filter(feed=code).exclude(state="confirmed")
    assert [(one.state, one.held_reason) for one in left] == [("held", "rejected")] * 2
    assert Event.objects.filter(act="feed.retried").count() == len(NO_WORD) + (len(UNREAD) if code == "hrb" else 0)


@pytest.mark.parametrize("code", WIRES)
def test_a_receipt_that_comes_after_that_of_the_withdrawal_brings_nothing_back(called: Ground, code: str) -> None:
    record, place = called.record(), called.places[code]
    called.sweep()
    place.fault("late-receipt")
    called.send(code)
    if code == "hrb":
        until(lambda: place.applied(record.number) != [])  # the folder is read package by package
    called.end(record)
    called.sweep()
    assert comes_to(called, code, record, "confirmed", 2).withdraws

    def heard() -> bool:
        listened(called, code)
        return called.delivery(record, 1, code).receipts.exists()

    until(heard)
    later, earlier = called.delivery(record, 2, code).receipts.get(), called.delivery(record, 1, code).receipts.get()
    assert later.pk < earlier.pk, "前一版的回执后到"
    assert not Holding.objects.filter(record=record, recipient=code, gone_at=None).exists()
    assert record.number not in place.holdings()
    assert place.applied(record.number) == [(1, "effective"), (2, "ended")]


@pytest.mark.parametrize("code", WIRES)
def test_half_of_a_batch_is_half_and_the_other_half_goes_again(called: Ground, code: str) -> None:
    first, second = called.record(serial=1), called.record(serial=2)
    called.sweep()
    called.places[code].fault("partial")
    assert called.send(code) == 2
    assert comes_to(called, code, first, "confirmed").attempts == 1
    if code == "hrb":
        a_day_later(called.delivery(second, 1, code))
        operating.retry_all(code=code, held="no-receipt", actor=called.cast.feed_operator, opinion="对方只读了一半")
    comes_to(called, code, second, "confirmed")
    for record in (first, second):
        assert called.places[code].applied(record.number) == [(1, "effective")]


def test_a_receipt_file_may_be_there_before_we_have_written_down_that_it_was_sent(called: Ground) -> None:
    record, channel = called.record(), channels.of("hrb")
    called.sweep()
    claimed = claim(channel)
    assert claimed
    answer = sending.adapter(channel).send(claimed.rows, claimed.package)
    until(lambda: settling.poll(channel) > 0)
    sending.write_down(channel, claimed, answer)
    one = called.delivery(record, 1, "hrb")
    assert (one.state, one.tries.get().outcome) == ("confirmed", "accepted")


def test_a_list_of_holdings_that_is_days_old_proves_nothing_of_today(called: Ground) -> None:
    record = called.record()
    called.sweep()
    called.hrb.fault("clock-skew")
    called.send("hrb")
    comes_to(called, "hrb", record, "confirmed")
    run = reconciling.reconcile(channels.of("hrb"))
    assert "一天以前" in run.failed
    assert not Discrepancy.objects.exists()


@pytest.mark.parametrize("code", WIRES)
def test_while_it_is_down_nothing_is_fetched_either_and_the_page_says_so(called: Ground, code: str) -> None:
    record = called.record()
    called.sweep()
    called.places[code].fault("down", 99)
    called.send(code)
    assert "没有收到回答" in called.delivery(record, 1, code).tries.get().answer or code == "hrb"
    assert reconciling.reconcile(channels.of(code)).failed
    assert Feed.objects.get(code=code).failures == 1
    called.places[code].fault("", 0)
    comes_to(called, code, record, "confirmed")
    assert Feed.objects.get(code=code).failures == 0


@pytest.mark.parametrize("code", WIRES)
def test_what_they_lost_changed_or_kept_is_found_and_put_right_by_saying_it_again(called: Ground, code: str) -> None:
    place, channel = called.places[code], channels.of(code)
    lost, altered, kept = (called.record(serial=serial) for serial in (1, 2, 3))
    for fault, record in (("lose", lost), ("alter", altered), ("", kept)):
        called.sweep()
        place.fault(fault)
        Delivery.objects.filter(feed=code).exclude(record=record).update(
            next_try_at=clock.now() + patience.RECEIPT_WITHIN
        )
        comes_to(called, code, record, "confirmed")
    called.end(kept)
    called.sweep()
    place.fault("keep")
    comes_to(called, code, kept, "confirmed", 2)
    assert kept.number in place.holdings(), "说撤下了，却还有"
    listening = time.monotonic() + 120
    while not (run := reconciling.reconcile(channel)).differences and time.monotonic() < listening:
        time.sleep(0.2)  # by files the list of holdings is laid down now and then
    assert not run.failed
    found = Discrepancy.objects.filter(feed=code, cleared_at=None)
    kinds = {one.record_number: one.kind for one in found.order_by("alarm")}
    assert (kinds[lost.number], kinds[altered.number]) == ("missing", "content")
    assert found.filter(record_number=kept.number, alarm=True).exists(), "终止以后对方仍有"
    for record in (lost, altered, kept):
        resaying.say_again(code=code, actor=called.cast.feed_operator, opinion="对方请我方重送", number=record.number)
    removals.journal()
    called.sweep()
    for record, number in ((lost, 2), (altered, 2), (kept, 3)):
        comes_to(called, code, record, "confirmed", number)
    assert set(place.holdings()) == {lost.number, altered.number}

    def even() -> bool:
        reconciling.reconcile(channel)
        return not Discrepancy.objects.filter(feed=code, cleared_at=None).exists()

    until(even)
