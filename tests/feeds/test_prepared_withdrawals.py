"""备好的撤回: known in advance, prepared for their day, taken on it by the sweep alone (docs/adr/0055)."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from pytest_django import Settings

from daoli_credit.celery import app
from daoli_credit.feeds import channels, coming, tasks
from daoli_credit.feeds.models import Delivery, Feed, Prepared
from daoli_credit.feeds.workflows import preparing
from daoli_credit.law import clock
from records.models import CreditRecord, Holding, Removal
from records.models.revision import Kind
from records.workflows import removals
from tests.cast import browser
from tests.feeds.ground import Ground

ONE = timedelta(days=1)


def held(ground: Ground, *serials: int) -> list[CreditRecord]:
    """In force, and both platforms hold it."""
    records = [ground.record(serial=serial) for serial in serials or (1,)]
    ground.sweep()
    for code in ("hlj", "hrb"):
        ground.send(code)
        for record in records:
            ground.confirmed(record, 1, code)
    return [CreditRecord.objects.get(pk=one.pk) for one in records]


def prepared(ground: Ground, *, ahead: int) -> tuple[CreditRecord, Prepared]:
    """So many days before its last day: prepared for the day after it."""
    (record,) = held(ground)
    assert record.use_until
    with clock.at(record.use_until - timedelta(days=ahead)):
        preparing.prepare(channels.of("hlj"))
    return record, Prepared.objects.get(feed="hlj", record=record)


def sweep_alone() -> None:
    """What stands in the timetable every five seconds; nothing else of the timetable runs."""
    assert app.conf.beat_schedule["sweep-and-send"]["schedule"] == 5.0
    tasks.sweep()


def test_thirty_days_ahead_it_stands_prepared_for_the_day_after_the_last_day_of_use(ground: Ground) -> None:
    (record,) = held(ground)
    assert record.use_until
    with clock.at(record.use_until - timedelta(days=30)):
        assert preparing.prepare(channels.of("hlj")) == 0, "还早"
    with clock.at(record.use_until - timedelta(days=29)):
        assert preparing.prepare(channels.of("hlj")) == 1
        assert preparing.prepare(channels.of("hlj")) == 0, "一分钟以内不再问"
        assert coming.of("hlj") == [coming.Day(record.use_until + ONE, 1, 1)]
        client = browser(ground.cast.feed_operator)
        assert "备好的撤回" in client.get("/desk/feeds/").content.decode()
        page = client.get("/desk/feeds/hlj/coming/").content.decode()
        for says in (record.number, "已备好", f"{record.use_until + ONE}</time> 零点", "共 1 条"):
            assert says in page
        other = client.get(f"/desk/feeds/hlj/coming/?day={record.use_until}").content.decode()
        assert "这一天没有要撤回的" in other
        assert client.get("/desk/feeds/hlj/coming/?day=明天").status_code == 422
    assert not Delivery.objects.exclude(number=1).exists(), "备好不是送出"


def test_on_its_day_the_sweep_alone_withdraws_it_with_the_timetable_stopped(ground: Ground) -> None:
    record, _ = prepared(ground, ahead=5)
    assert record.use_until
    with clock.at(record.use_until):
        sweep_alone()
        assert set(ground.hlj.holdings()) == {record.number}, "最后一天还在"
    with clock.at(record.use_until + ONE):
        sweep_alone()
        assert Removal.objects.filter(revision__record=record).exists(), "先写进撤下日志"
        assert [one.number for one in removals.read_journal()] == [record.number]
        for code in ("hlj", "hrb"):
            ground.send(code)
            ground.confirmed(record, 2, code)
        assert not ground.hlj.holdings()
        assert not ground.hrb.holdings()
    fresh = CreditRecord.objects.get(pk=record.pk)
    assert (fresh.status, fresh.end_kind, fresh.ended_on) == ("ended", "expired", record.use_until)
    assert set(Prepared.objects.values_list("feed", "outcome")) == {("hlj", "taken"), ("hrb", "taken")}
    assert not Holding.objects.filter(gone_at=None).exists()
    page = browser(ground.cast.supervisor).get("/desk/feeds/hlj/coming/?shown=settled").content.decode()
    assert "到日已撤回" in page


def test_what_was_said_since_it_was_prepared_has_a_lower_number_than_the_withdrawal(ground: Ground) -> None:
    record, _ = prepared(ground, ahead=20)
    assert record.use_until
    ground.revise(record, Kind.MARKED)
    ground.revise(record, Kind.UNMARKED)
    ground.sweep()
    ground.send()
    ground.confirmed(record, 3)
    with clock.at(record.use_until + ONE):
        sweep_alone()
        ground.send()
        ground.confirmed(record, 4)
    assert ground.hlj.applied(record.number) == [(1, "effective"), (3, "unmarked"), (4, "ended")]
    assert not ground.hlj.holdings()


def test_what_the_night_has_not_prepared_is_prepared_and_taken_when_the_day_turns(ground: Ground) -> None:
    (record,) = held(ground)
    assert record.use_until
    with clock.at(record.use_until + ONE):
        sweep_alone()
        ground.send()
        ground.confirmed(record, 2)
    assert not ground.hlj.holdings()
    assert Prepared.objects.get(feed="hlj").outcome == "taken"


def test_what_ended_early_or_was_given_back_is_not_withdrawn_on_that_day(ground: Ground) -> None:
    early, given = held(ground, 1, 2)
    assert early.use_until
    last = early.use_until
    with clock.at(last - timedelta(days=9)):
        assert preparing.prepare(channels.of("hlj")) == 2
    ground.end(early)
    Holding.objects.filter(record=given, recipient="hlj").update(gone_at=clock.now())
    with clock.at(last - timedelta(days=8)):
        assert preparing.prepare(channels.of("hlj")) == 0
        assert set(Prepared.objects.filter(feed="hlj").values_list("outcome", flat=True)) == {"moot"}
        page = browser(ground.cast.feed_operator).get("/desk/feeds/hlj/coming/?shown=settled").content.decode()
        assert "不再需要" in page
    ground.sweep()
    assert Delivery.objects.filter(feed="hlj", record=early, lane="withdrawal").count() == 1, "一次"


def test_a_last_day_that_moved_moves_the_withdrawal(ground: Ground) -> None:
    record, plan = prepared(ground, ahead=3)
    assert record.use_until
    last = record.use_until
    CreditRecord.objects.filter(pk=record.pk).update(use_until=last - ONE)
    with clock.at(last - 2 * ONE):
        preparing.prepare(channels.of("hlj"))
    assert list(Prepared.objects.filter(feed="hlj").order_by("pk").values_list("day", "outcome")) == [
        (last + ONE, "moot"),
        (last, ""),
    ]
    assert plan.day == last + ONE


def test_one_that_is_late_shows_on_the_page_and_in_the_figures(ground: Ground, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-token-of-the-monitor-thirty-two-long"
    record, _ = prepared(ground, ahead=1)
    assert record.use_until
    with clock.at(record.use_until + 2 * ONE):  # no sweep has run since
        client = browser(ground.cast.feed_operator)
        page = client.get("/desk/feeds/").content.decode()
        assert "到了日子还没有撤回的" in page
        assert "有超过时限的" in page
        told = client.get("/metrics/", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"}).content.decode()
        line = next(one for one in told.splitlines() if 'feed="hlj",what="due"' in one)
        assert float(line.split()[1]) > 24 * 3600


def test_two_workers_take_it_once(ground: Ground) -> None:
    record, _ = prepared(ground, ahead=1)
    assert record.use_until
    ended: list[int] = []
    day = record.use_until + ONE

    def take() -> None:
        try:
            with clock.at(day):
                preparing.prepare(channels.of("hlj"))
                ended.append(preparing.take(channels.of("hlj")))
        finally:
            connections.close_all()

    both = [threading.Thread(target=take) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(ended) == [0, 1]
    assert record.revisions.filter(kind=Kind.ENDED).count() == 1
    assert Prepared.objects.get(feed="hlj").outcome == "taken"


def test_the_database_keeps_what_was_prepared(ground: Ground) -> None:
    record, plan = prepared(ground, ahead=2)
    feed = Feed.objects.get(code="hlj")
    with pytest.raises(IntegrityError), transaction.atomic():
        Prepared.objects.create(feed=feed, record=record, day=plan.day, made_at=clock.now())
    for facts in ({"day": plan.day + ONE}, {"outcome": "taken"}, {"settled_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Prepared.objects.filter(pk=plan.pk).update(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Prepared.objects.filter(pk=plan.pk)._raw_delete("default")
    Prepared.objects.filter(pk=plan.pk).update(outcome="moot", settled_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Prepared.objects.filter(pk=plan.pk).update(outcome="", settled_at=None)
