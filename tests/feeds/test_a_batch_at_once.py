"""成批: a batch costs as many statements whatever its size, and one row's trouble is its own."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.audit.models import LookUp
from daoli_credit.feeds import channels
from daoli_credit.feeds.adapters import Answer, RowAnswer, Told
from daoli_credit.feeds.models import Attempt, Delivery, Discrepancy
from daoli_credit.feeds.workflows import reconciling, sending, settling
from daoli_credit.feeds.workflows.claiming import Claim, claim
from records.models import Holding
from tests import make, make_feeds
from tests.cast import Cast
from tests.feeds.ground import Ground
from tests.make_feeds import CHANNEL


def _owed(cast: Cast, count: int, first: int = 1) -> None:
    for serial in range(first, first + count - 1):
        make.effective(cast, serial=serial)
    make_feeds.owed(cast, serial=first + count - 1)


def _answered(claimed: Claim) -> Answer:
    return Answer(reached=True, status=200, rows={row.key: RowAnswer(True) for row in claimed.rows})


def _through() -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asked:
        claimed = claim(CHANNEL)
        assert claimed
        sending.write_down(CHANNEL, claimed, _answered(claimed))
        told = [Told(row.key, f"R{row.key[:8]}", accepted=True) for row in claimed.rows]
        assert settling.hear(CHANNEL, told) == []
    return len(claimed.rows), len(asked)


def test_a_batch_of_twelve_costs_as_many_statements_as_one_of_three(cast: Cast) -> None:
    _owed(cast, 3)
    small = _through()
    _owed(cast, 12, first=4)
    large = _through()
    assert (small[0], large[0]) == (3, 12)
    assert large[1] <= small[1] <= 60
    assert Delivery.objects.filter(state="confirmed").count() == 15 == Attempt.objects.count()
    assert Holding.objects.filter(recipient="hlj", revision=1, gone_at=None).count() == 15
    looks = LookUp.objects.filter(matter="push")
    assert looks.filter(kind="look").count() == 15 == looks.filter(kind="outcome", result="push.taken").count()


def test_a_body_that_cannot_be_opened_is_held_and_takes_nobody_with_it(cast: Cast) -> None:
    _owed(cast, 3)
    first = claim(CHANNEL)
    assert first
    sending.write_down(CHANNEL, first, Answer(reached=False, words="没有收到回答"))
    broken = Delivery.objects.order_by("pk")[1]
    body = bytes(broken.body or b"")
    Delivery.objects.filter(pk=broken.pk).update(body=body[:1] + b"\x00\x63" + body[3:])
    Delivery.objects.update(next_try_at=None)
    again = claim(CHANNEL)
    assert again
    assert len(again.rows) == 2
    assert {row.payload for row in again.rows} < {row.payload for row in first.rows}, "原样的字节"
    broken.refresh_from_db()
    assert (broken.state, broken.held_reason) == ("held", "unmapped")
    assert LookUp.objects.filter(matter="push", kind="look").count() == 3, "再送不再记一次"


def test_two_words_of_one_record_in_one_answer_are_heard_in_their_order(cast: Cast) -> None:
    _owed(cast, 1)
    claimed = claim(CHANNEL)
    assert claimed
    sending.write_down(CHANNEL, claimed, _answered(claimed))
    key = claimed.rows[0].key
    settling.hear(CHANNEL, [Told(key, "R1", accepted=True), Told(key, "R2", accepted=False, words="复核后退回")])
    one = Delivery.objects.get(key=key)
    assert (one.state, one.held_reason) == ("held", "contradiction")
    assert one.receipts.count() == 2


def test_what_was_repaired_there_is_no_holding_and_a_difference_with_its_owner(cast: Cast) -> None:
    _owed(cast, 1)
    _through()
    one = Delivery.objects.select_related("record", "feed").get()
    settling.hear(CHANNEL, [Told(one.key, "R9", accepted=False, words="信用修复，已撤下", code="repaired")])
    one.refresh_from_db()
    assert one.state == "confirmed"
    assert Holding.objects.get(recipient="hlj").gone_at is not None
    found = Discrepancy.objects.get()
    assert (found.kind, found.owner, found.cleared_at) == ("repaired", cast.market, None)
    assert "修复" in found.cause
    reconciling.compare(one.feed, {})
    found.refresh_from_db()
    assert found.cleared_at is None, "部门处理以前一直开着"


def test_several_batches_are_on_the_wire_at_once_and_each_record_arrives_once(ground: Ground) -> None:
    records = [ground.record(serial=serial) for serial in range(1, 7)]
    ground.sweep()
    ground.hlj.fault("slow")
    assert sending.send_due(channels.of("hlj"), at_most=10, limit=1) == 6
    for record in records[1:]:
        ground.confirmed(record)
        assert ground.hlj.applied(record.number) == [(1, "effective")]
