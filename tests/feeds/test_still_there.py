"""终止以后对方仍有: raised in the same hour, by the day alone, whatever has become of the withdrawal."""

from datetime import timedelta

from celery.schedules import crontab
from django.test import Client
from pytest_django import Settings

from daoli_credit.celery import app
from daoli_credit.feeds import coming, tasks
from daoli_credit.feeds.models import Delivery, Discrepancy, TheirCopy
from daoli_credit.feeds.rules import health
from daoli_credit.feeds.workflows import operating, still_there
from daoli_credit.law import clock
from records.models import CreditRecord
from tests.cast import browser
from tests.feeds.ground import Ground, until

TOKEN = "a-token-of-the-monitor-thirty-two-long"


def held_by_the_platform(ground: Ground) -> CreditRecord:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    tasks.reconcile("hlj")
    return CreditRecord.objects.get(pk=record.pk)


def open_alarms() -> list[tuple[str, str]]:
    found = Discrepancy.objects.filter(feed="hlj", alarm=True, cleared_at=None)
    return [(one.kind, one.cause) for one in found]


def test_the_withdrawals_that_are_known_in_advance_stand_on_the_page_by_their_day(ground: Ground) -> None:
    record = held_by_the_platform(ground)
    assert record.use_until
    assert coming.of("hlj") == []
    for days, expected in ((0, 1), (29, 1), (30, 0)):
        with clock.at(record.use_until - timedelta(days=days)):
            known = [coming.Day(record.use_until + timedelta(days=1), 1, 0)] * expected
            assert coming.of("hlj") == known, days
    with clock.at(record.use_until):
        page = browser(ground.cast.feed_operator).get("/desk/feeds/hlj/").content.decode()
        day = record.use_until + timedelta(days=1)
        assert f'{day}</time></dt><dd><a href="/desk/feeds/hlj/coming/?day={day}">1 条</a>' in page
    with clock.at(record.use_until + timedelta(days=1)):
        assert coming.of("hlj") == []


def test_both_platforms_are_asked_every_hour() -> None:
    (entry,) = [one for one in app.conf.beat_schedule.values() if one["task"] == "daoli_credit.feeds.tasks.reconcile"]
    assert entry["schedule"] == crontab(minute=10), "每小时一次"
    assert "args" not in entry, "没有指名，就是每个平台"


def test_a_day_that_has_come_is_enough_though_nobody_has_ended_or_withdrawn_it(
    ground: Ground, settings: Settings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    record = held_by_the_platform(ground)
    assert record.use_until
    assert not open_alarms()
    with clock.at(record.use_until + timedelta(days=1)):
        tasks.reconcile("hlj")
        assert open_alarms() == [("ended", still_there.NOT_MADE)]
        client = browser(ground.cast.feed_operator)
        assert "终止以后对方仍有" in client.get("/desk/feeds/").content.decode()
        page = client.get("/desk/feeds/hlj/").content.decode()
        assert "1 条已在本站终止，对方仍在提供" in page
        assert still_there.NOT_MADE in page
        assert '推送与回执<span class="badge">1<' in client.get("/desk/").content.decode()
        told = Client().get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
        assert 'daoli_feed_still_held_after_end{feed="hlj"} 1.0' in told
        tasks.reconcile("hlj")
        assert len(open_alarms()) == 1, "再对一次不重复"


def test_a_withdrawal_that_is_held_raises_it_once_its_time_is_over_and_its_arrival_ends_it(ground: Ground) -> None:
    record = held_by_the_platform(ground)
    ground.end(record)
    ground.sweep()
    ground.hlj.fault("reject")
    ground.send()
    until(lambda: ground.delivery(record, 2).state == "held")
    tasks.reconcile("hlj")
    assert not open_alarms(), "撤回刚刚送出，还有五分钟"
    Delivery.objects.filter(feed="hlj", number=2).update(
        created_at=clock.now() - health.WITHDRAWAL_WITHIN - timedelta(minutes=1)
    )
    tasks.reconcile("hlj")
    assert open_alarms() == [("ended", still_there.HELD)]
    operating.retry(key=ground.delivery(record, 2).key, actor=ground.cast.feed_operator, opinion="对方已修好")
    ground.send()
    ground.confirmed(record, 2)
    tasks.reconcile("hlj")
    assert not open_alarms()
    assert not TheirCopy.objects.filter(unseen_at=None).exists()
    assert Discrepancy.objects.get(kind="ended").cleared_at is not None
