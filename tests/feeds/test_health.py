"""健康和指标: a limit is crossed on the minute; the monitor reads counts and ages and nobody's number."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from daoli_credit.feeds import bodies, selectors
from daoli_credit.feeds.models import Delivery, Feed, Reconciliation
from daoli_credit.feeds.rules import health
from daoli_credit.feeds.standing import standing_of
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.law import clock
from tests import make_feeds
from tests.cast import Cast, browser

TOKEN = "a-token-of-the-monitor-thirty-two-long"


@given(seconds=st.integers(0, 10**7))
def test_what_waits_is_well_exactly_as_long_as_its_limit(seconds: int) -> None:
    now = clock.now()
    one = health.Measured("unsent", "最早没有送到的", now - timedelta(seconds=seconds), health.UNSENT_WITHIN)
    assert one.is_well(now) == (timedelta(seconds=seconds) <= health.UNSENT_WITHIN)


def test_nothing_that_waits_is_well() -> None:
    nothing = health.measured(withdrawal=None, unsent=None, unconfirmed=None, reconciled=None)
    assert all(one.is_well(clock.now()) for one in nothing)


@pytest.mark.parametrize(
    ("span", "said"), [(5, "5 秒"), (300, "5 分钟"), (3 * 3600, "3 小时"), (5 * 86400, "5 天"), (119, "119 秒")]
)
def test_an_age_is_said_as_a_person_would(span: int, said: str) -> None:
    assert health.plain(timedelta(seconds=span)) == said


@pytest.mark.django_db
def test_the_page_and_the_monitor_say_the_same(cast: Cast, settings: Settings) -> None:
    settings.FEEDS, settings.METRICS_TOKEN = make_feeds.CONNECTED, TOKEN
    one = make_feeds.owed(cast)
    Delivery.objects.filter(pk=one.pk).update(created_at=clock.now() - timedelta(hours=1))
    page = browser(cast.feed_operator).get("/desk/feeds/").content.decode()
    assert "60 分钟" in page
    told = Client().get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"})
    text = told.content.decode()
    assert 'daoli_feed_deliveries{feed="hlj",state="unsent"} 1.0' in text
    line = next(one for one in text.splitlines() if one.startswith('daoli_feed_age_seconds{feed="hlj",what="unsent"}'))
    assert 3600 <= float(line.split()[1]) < 3700
    assert one.record.number not in text
    assert "daoli_audit_unsealed" in text


@pytest.mark.django_db
def test_a_feed_that_was_never_reconciled_is_not_well_for_ever(cast: Cast, settings: Settings) -> None:
    settings.FEEDS = make_feeds.CONNECTED
    one = make_feeds.owed(cast)

    def well() -> bool:
        standing = standing_of("hlj")
        assert standing is not None
        return next(it for it in standing.measured if it.code == "reconciled").is_well(clock.now())

    assert well()
    Delivery.objects.filter(pk=one.pk).update(created_at=clock.now() - timedelta(hours=4))
    assert not well()


@pytest.mark.django_db
def test_without_the_token_there_is_no_such_page(settings: Settings) -> None:
    assert Client().get("/metrics/").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert Client().get("/metrics/").status_code == 404
    assert Client().get("/metrics/", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert Client().get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"backlog": health.BACKLOG_AT_MOST}, "backlog"),
        ({"failures": health.FAILURES_AT_MOST}, "failures"),
        ({"alarms": 0}, "alarms"),
    ],
)
def test_what_is_counted_is_well_up_to_its_limit_and_not_beyond(facts: dict[str, int], code: str) -> None:
    none = {"backlog": 0, "failures": 0, "alarms": 0}
    well = {one.code: one.is_well for one in health.counted(**{**none, **facts})}
    assert well[code]
    beyond = {name: count + 1 for name, count in facts.items()}
    assert {one.code for one in health.counted(**{**none, **beyond}) if not one.is_well} == {code}


@pytest.mark.django_db
def test_backlog_breaker_and_gate_stand_on_the_page_and_at_the_monitor(cast: Cast, settings: Settings) -> None:
    settings.FEEDS, settings.METRICS_TOKEN = make_feeds.CONNECTED, TOKEN
    make_feeds.owed(cast)
    desk, monitor = browser(cast.feed_operator), Client(headers={"Authorization": f"Bearer {TOKEN}"})

    def told() -> str:
        return monitor.get("/metrics/").content.decode()

    page = desk.get("/desk/feeds/").content.decode()
    for word in ("积压", "连续没有送成", "终止以后对方仍有", "还没有对过，已"):
        assert word in page
    for what, count, limit in (("backlog", 1, health.BACKLOG_AT_MOST), ("failures", 0, health.FAILURES_AT_MOST)):
        assert f'daoli_feed_count{{feed="hlj",what="{what}"}} {float(count)}' in told()
        assert f'daoli_feed_count_limit{{feed="hlj",what="{what}"}} {float(limit)}' in told()
    for name in ("broken", "gate_closed", "receipts_unfetched"):
        assert f'daoli_feed_{name}{{feed="hlj"}} 0.0' in told()
    Feed.objects.filter(code="hlj").update(failures=5, restored_at=clock.now(), receipts_failed="没有取到")
    for name in ("broken", "gate_closed", "receipts_unfetched"):
        assert f'daoli_feed_{name}{{feed="hlj"}} 1.0' in told()


@pytest.mark.django_db
def test_the_first_reconciliation_does_not_wait_for_the_hour(cast: Cast, settings: Settings) -> None:
    settings.FEEDS = make_feeds.CONNECTED
    one = make_feeds.owed(cast)
    assert not selectors.asked_to_reconcile("hlj"), "对方还没有确认过什么"
    bodies.store(one, b"{}")
    one.attempts = 1
    one.save()
    states.confirm([one])
    assert selectors.asked_to_reconcile("hlj")
    run = Reconciliation.objects.create(feed_id="hlj", at=clock.now(), failed="持有清单没有取到")
    assert not selectors.asked_to_reconcile("hlj"), "刚刚没有对成，过五分钟再试"
    Reconciliation.objects.filter(pk=run.pk).update(at=clock.now() - timedelta(minutes=6))
    assert selectors.asked_to_reconcile("hlj")
    Reconciliation.objects.create(feed_id="hlj", at=clock.now() - timedelta(hours=2))
    assert not selectors.asked_to_reconcile("hlj"), "对成过的，按小时"
