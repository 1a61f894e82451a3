"""回执: early, late, twice, contradicting, for an older revision; forged, replayed, from the wrong feed."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from daoli_credit.feeds import channels
from daoli_credit.feeds.models import Delivery, Receipt
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import settling
from daoli_credit.feeds.workflows.claiming import claim
from daoli_credit.law import clock
from daoli_credit.signing import HmacSm3, signed
from records.models import CreditRecord, Holding
from records.models.revision import Kind
from tests.feeds.ground import Ground
from tests.sandbox.platform import KEYS


def body(one: Delivery, verdict: str = "accepted", number: str = "R1", **changed: Any) -> bytes:
    facts = {"receipt": number, "key": one.key, "verdict": verdict, "words": "", **changed}
    return json.dumps({"receipts": [facts]}).encode()


def post(text: bytes, *, feed: str = "hlj", key: str = "", sender: str = "", late: float = 0, **changed: str) -> Any:
    path = f"/api/v1/receipts/{feed}/"
    signer = HmacSm3((key or KEYS[feed]).encode(), "1")
    headers = signed(signer, method="POST", path=path, body=text, sender=sender or feed, now=time.time() + late)
    return Client().post(path, text, "application/json", headers={**headers, **changed})


def sent(ground: Ground, *, silent: bool = True, **typed: Any) -> tuple[CreditRecord, Delivery]:
    record = ground.record(**typed)
    ground.sweep()
    if silent:
        ground.hlj.fault("no-receipt", 99)
    ground.send()
    return record, ground.delivery(record)


def test_a_receipt_before_our_own_commit_settles_and_is_not_overwritten(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("receipt-first")
    ground.send()
    one = ground.delivery(record)
    assert one.state == "confirmed"
    assert one.tries.get().outcome == "accepted"
    assert Holding.objects.get(record=record, recipient="hlj").revision == 1


def test_the_same_receipt_twice_is_one(ground: Ground) -> None:
    record, one = sent(ground)
    assert post(body(one)).json() == {"heard": 1, "unknown": []}
    since = Holding.objects.get(record=record, recipient="hlj").since
    assert post(body(one)).json() == {"heard": 1, "unknown": []}
    assert one.receipts.count() == 1
    assert Holding.objects.get(record=record, recipient="hlj").since == since


def test_the_platform_calling_back_twice_changes_nothing(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("duplicate-receipt")
    ground.send()
    ground.confirmed(record)
    time.sleep(0.6)
    assert ground.delivery(record).receipts.count() == 1


def test_a_receipt_for_an_older_revision_does_not_bring_back_what_is_gone(ground: Ground) -> None:
    record, first = sent(ground)
    ground.end(record)
    ground.sweep()
    ground.send()
    last = ground.delivery(record, 2)
    post(body(last, number="R2"))
    assert post(body(first, number="R1")).status_code == 200
    holding = Holding.objects.get(record=record, recipient="hlj")
    assert (holding.revision, holding.gone_at is not None) == (2, True)
    assert ground.delivery(record, 1).state == "superseded"
    assert first.receipts.count() == 1


def test_a_receipt_of_an_older_revision_after_a_newer_one_keeps_the_newer(ground: Ground) -> None:
    record, first = sent(ground)
    ground.revise(record, Kind.MARKED)
    ground.sweep()
    assert ground.send() == 0, "前一版还在等回执"
    post(body(first))
    ground.send()
    post(body(ground.delivery(record, 2), number="R2"))
    post(body(first, number="R3"))
    assert Holding.objects.get(record=record, recipient="hlj").revision == 2


def test_a_late_receipt_settles_what_was_held_for_want_of_it(ground: Ground) -> None:
    _, one = sent(ground)
    Delivery.objects.filter(pk=one.pk).update(answered_at=clock.now() - patience.RECEIPT_WITHIN * 2)
    assert settling.overdue(channels.of("hlj")) == 1
    assert settling.overdue(channels.of("hlj")) == 0
    one.refresh_from_db()
    assert (one.state, one.held_reason, str(one.held_owner)) == ("held", "no-receipt", "区信用办")
    post(body(one))
    one.refresh_from_db()
    assert (one.state, one.held_reason) == ("confirmed", "")


def test_a_contradiction_is_held_and_both_words_are_kept(ground: Ground) -> None:
    record, one = sent(ground)
    post(body(one))
    post(body(one, "rejected", "R2", words="复核后退回"))
    one.refresh_from_db()
    assert (one.state, one.held_reason) == ("held", "contradiction")
    assert Holding.objects.get(record=record, recipient="hlj").gone_at is None, "没有把握就当还在"
    assert [receipt.verdict for receipt in one.receipts.all()] == ["accepted", "rejected"]


def test_a_rejection_is_held_for_the_department_and_an_acceptance_after_it_counts(ground: Ground) -> None:
    record, one = sent(ground)
    post(body(one, "rejected", words="核验不通过"))
    one.refresh_from_db()
    assert (one.state, one.held_reason, one.held_owner) == ("held", "rejected", ground.cast.market)
    assert Holding.objects.get(record=record, recipient="hlj").gone_at is not None
    post(body(one, number="R2"))
    one.refresh_from_db()
    assert one.state == "confirmed"
    assert Holding.objects.get(record=record, recipient="hlj").gone_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "x" * 32},
        {"late": -301},
        {"late": 400},
        {"sender": "hrb"},
        {"X-Feed-Signature": "00" * 32},
        {"X-Feed-Signature": "不是十六进制".encode().hex()},
        {"X-Feed-Nonce": "other-nonce-than-signed"},
        {"X-Feed-Timestamp": "1"},
    ],
)
def test_a_receipt_that_the_feed_has_not_signed_just_now_is_refused(ground: Ground, wrong: dict[str, Any]) -> None:
    _, one = sent(ground)
    assert post(body(one), **wrong).status_code == 401
    one.refresh_from_db()
    assert one.state == "awaiting"
    assert not Receipt.objects.exists()


def test_an_altered_body_is_refused(ground: Ground) -> None:
    _, one = sent(ground)
    path, text = "/api/v1/receipts/hlj/", body(one, "rejected")
    headers = signed(
        HmacSm3(KEYS["hlj"].encode(), "1"), method="POST", path=path, body=text, sender="hlj", now=time.time()
    )
    changed = text.replace(b"rejected", b"accepted")
    assert Client().post(path, changed, "application/json", headers=headers).status_code == 401


def test_a_replayed_receipt_is_refused(ground: Ground) -> None:
    _, one = sent(ground)
    path, text = "/api/v1/receipts/hlj/", body(one)
    headers = signed(
        HmacSm3(KEYS["hlj"].encode(), "1"), method="POST", path=path, body=text, sender="hlj", now=time.time()
    )
    answers = [Client().post(path, text, "application/json", headers=headers).status_code for _ in range(2)]
    assert answers == [200, 401]


def test_another_feed_cannot_speak_for_this_one(ground: Ground) -> None:
    _, one = sent(ground)
    assert post(body(one), feed="hrb", key=KEYS["hlj"]).status_code == 401
    assert post(body(one), feed="hrb").json() == {"heard": 0, "unknown": [one.key]}
    assert post(body(one), feed="nowhere", key=KEYS["hlj"]).status_code == 401
    one.refresh_from_db()
    assert one.state == "awaiting"


def test_nothing_that_was_not_sent_can_be_confirmed(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    one = ground.delivery(record)
    assert post(body(one)).json() == {"heard": 0, "unknown": [one.key]}
    assert not record.holdings.exists()


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"receipts": 1}', b'{"receipts": [{"key": "x"}]}', b"\xff"])
def test_what_cannot_be_read_is_refused_whole(ground: Ground, text: bytes) -> None:
    assert post(text).status_code == 400


def test_an_unknown_verdict_is_refused_whole(ground: Ground) -> None:
    _, one = sent(ground)
    assert post(body(one, "perhaps")).status_code == 400


def test_it_opens_to_post_only_and_needs_no_cookie(ground: Ground) -> None:
    assert Client().get("/api/v1/receipts/hlj/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/api/v1/receipts/hlj/").status_code == 401


def test_receipts_that_were_never_called_back_are_fetched_once(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("no-callback")
    ground.send()
    time.sleep(0.5)
    assert ground.delivery(record).state == "awaiting"
    assert settling.poll(channels.of("hlj")) == 1
    assert ground.delivery(record).state == "confirmed"
    assert settling.poll(channels.of("hlj")) == 0


def test_a_receipt_while_the_request_is_still_out_frees_the_record(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    claimed = claim(channels.of("hlj"))
    assert claimed
    post(body(ground.delivery(record)))
    one = ground.delivery(record)
    assert (one.state, one.lease) == ("confirmed", None)
