"""对账: what the platform says it holds beside our holdings; differences are stored, shown, and cleared when gone."""

import pytest
from pytest_django import Settings

from daoli_credit.feeds import channels, tasks
from daoli_credit.feeds.adapters import Kept
from daoli_credit.feeds.adapters.https_json import HttpsJson
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, Reconciliation
from daoli_credit.feeds.workflows import operating, reconciling, sending
from daoli_credit.workflow import AlreadyDone
from records.workflows import holding
from tests.cast import browser
from tests.feeds.ground import Ground
from tests.sandbox.test_platform import publication


def settled(ground: Ground, serial: int = 1) -> str:
    record = ground.record(serial=serial)
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    return record.number


def test_both_sides_agree_after_a_receipt(ground: Ground) -> None:
    settled(ground)
    run = reconciling.reconcile(channels.of("hlj"))
    assert (run.here, run.there, run.differences) == (1, 1, 0)


def test_what_the_platform_holds_and_we_do_not_know_is_found_and_shown(ground: Ground) -> None:
    number = settled(ground)
    row = publication(record="DL2026-999999")
    assert ground.hlj.batch([row]).json()["rows"][0]["accepted"]
    assert reconciling.reconcile(channels.of("hlj")).differences == 1
    found = Discrepancy.objects.get(cleared_at=None)
    assert (found.record_number, found.kind, found.ours, found.theirs) == ("DL2026-999999", "extra", None, 1)
    page = browser(ground.cast.feed_operator).get("/desk/feeds/hlj/").content.decode()
    assert "DL2026-999999" in page
    assert "对方仍有，我方没有记为收录" in page
    reconciling.reconcile(channels.of("hlj"))
    assert Discrepancy.objects.count() == 1, "再对一次不重复"
    gone = publication(record="DL2026-999999", revision=2, kind="ended", payload={"reason": "expired"})
    ground.hlj.batch([gone])
    reconciling.reconcile(channels.of("hlj"))
    assert not Discrepancy.objects.filter(cleared_at=None).exists()
    assert number in ground.hlj.holdings()


def test_a_copy_that_is_missing_older_or_different_is_found(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    missing, newer, other = (settled(ground, serial) for serial in (1, 2, 3))
    ground.hlj.batch(
        [
            publication(record=missing, revision=2, kind="ended", payload={"reason": "expired"}),
            publication(record=newer, revision=5),
        ]
    )
    digest = bytes(Delivery.objects.get(feed="hlj", record__number=other).digest or b"").hex()
    ours = {one.record: one for one in sending.adapter(channels.of("hlj")).holdings()}
    assert ours[other] == Kept(other, 1, digest)
    altered = [Kept(other, 1, "00" * 32), *(one for number, one in ours.items() if number != other)]
    with monkeypatch.context() as patched:
        patched.setattr(HttpsJson, "holdings", lambda self: altered)
        reconciling.reconcile(channels.of("hlj"))
    found = {one.record_number: one.kind for one in Discrepancy.objects.all()}
    assert found == {missing: "missing", newer: "revision", other: "content"}


def test_what_is_on_its_way_is_no_difference(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("no-receipt")
    ground.send()
    assert record.number in ground.hlj.holdings()
    assert reconciling.reconcile(channels.of("hlj")).differences == 0


def test_a_copy_that_we_wrongly_believed_gone_is_found(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    holding.confirm_gone(record_id=record.pk, recipient="hlj", title="省平台", revision=1)
    reconciling.reconcile(channels.of("hlj"))
    assert Discrepancy.objects.get().kind == "extra"


def test_a_platform_that_does_not_answer_is_said_and_changes_nothing(ground: Ground, settings: Settings) -> None:
    settings.FEEDS = {**settings.FEEDS, "hlj": {**settings.FEEDS["hlj"], "url": "http://127.0.0.1:1"}}
    run = reconciling.reconcile(channels.of("hlj"))
    assert "没有收到可用的回答" in run.failed
    assert not Discrepancy.objects.exists()
    assert "没有对成" in browser(ground.cast.supervisor).get("/desk/feeds/").content.decode()
    page = browser(ground.cast.supervisor).get("/desk/feeds/hlj/").content.decode()
    assert "没有对成" in page
    assert "我方记 0 条" not in page, "没有对成的没有条数"


def test_the_operator_asks_now_and_the_next_sweep_starts_it(ground: Ground) -> None:
    ground.sweep()
    answer = browser(ground.cast.feed_operator).post("/desk/feeds/hlj/reconcile/", {"reason": "对方说已补齐"})
    assert answer.status_code == 302
    assert Feed.objects.get(code="hlj").reconcile_asked_at
    tasks.reconcile("hlj")
    assert Feed.objects.get(code="hlj").reconcile_asked_at is None
    assert Reconciliation.objects.count() == 1
    operating.ask_reconciliation(code="hlj", actor=ground.cast.feed_operator)
    with pytest.raises(AlreadyDone):
        operating.ask_reconciliation(code="hlj", actor=ground.cast.feed_operator)
