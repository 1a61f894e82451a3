"""健康和指标: a limit is crossed on the minute; the monitor reads counts and ages and nobody's number."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from daoli_credit.feeds import selectors
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.rules import health
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
        standing = selectors.standing("hlj")
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
