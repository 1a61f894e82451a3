"""停机六小时: the platform's process is gone, records change; when it is back everything arrives in one burst."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from pytest_django import Settings

from daoli_credit.embedded.ports import kept_port
from daoli_credit.feeds import channels
from daoli_credit.feeds.adapters import Unreachable
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.workflows import settling
from daoli_credit.law import clock
from records.models import Holding
from records.models.revision import Kind
from tests import make_assessments
from tests.cast import Cast, browser
from tests.feeds.ground import Ground, until
from tests.sandbox.platform import KEYS, TITLES, Place, platform
from tests.sandbox.ssh import SENDER

HOURS = timedelta(hours=6)


@contextmanager
def up(code: str, folder: Path, ports: tuple[int, int], settings: Settings) -> Iterator[Place]:
    """The platform's process, on the same ports and with the same store each time."""
    with platform(code, folder, files=code == "hrb", ports=ports) as place:
        facts = {"title": TITLES[code], "url": place.files or place.url, "key": KEYS[code], "key_id": "1"}
        files = {"host_key": place.host_key, "identity": SENDER.private} if place.files else {}
        settings.FEEDS = {code: {**facts, **files}}
        yield place


@pytest.fixture
def ports() -> Iterator[tuple[int, int]]:
    """Where the platform answers before and after, and nobody else meanwhile."""
    with kept_port() as ours, kept_port() as files:
        yield ours, files


def to_the_next_try(code: str) -> timedelta:
    """So much time goes by that something may be tried again. Returns how much."""
    waiting = Delivery.objects.filter(feed=code, state="waiting", next_try_at__isnull=False)
    first = waiting.earliest("next_try_at").next_try_at
    broken = Feed.objects.get(code=code).broken_until
    assert first
    over = max(max(first, broken or first) - clock.now(), timedelta())
    waiting.update(next_try_at=F("next_try_at") - over)
    Feed.objects.filter(code=code, broken_until__isnull=False).update(broken_until=F("broken_until") - over)
    return over


def all_settled(ground: Ground, code: str) -> bool:
    ground.sweep()
    Delivery.objects.filter(feed=code, state="waiting").update(next_try_at=None)
    Feed.objects.filter(code=code).update(broken_until=None)
    ground.send(code)
    try:
        settling.poll(channels.of(code))
    except Unreachable:
        return False
    return not Delivery.objects.filter(feed=code, state__in=["waiting", "sending", "awaiting"]).exists()


@pytest.mark.parametrize("code", ["hlj", "hrb"])
def test_after_six_hours_everything_arrives_once_and_in_order_and_what_ended_is_gone(
    crew: Cast, code: str, ports: tuple[int, int], tmp_path: Path, settings: Settings
) -> None:
    settings.FEED_TIMEOUT = 3
    make_assessments.feed(code)
    with up(code, tmp_path, ports, settings) as place:
        ground = Ground(crew, {code: place})
        kept, marked, ended = (ground.record(serial=serial) for serial in (1, 2, 3))
        until(lambda: all_settled(ground, code))
        assert set(place.holdings()) == {kept.number, marked.number, ended.number}

    late = [ground.record(serial=serial) for serial in range(4, 12)]
    ground.revise(marked, Kind.MARKED)
    ground.sweep()
    ground.send(code)
    gone = timedelta()
    while gone < HOURS:
        gone += to_the_next_try(code)
        ground.send(code)
    ground.end(ended)
    never = ground.record(serial=12)
    ground.sweep()
    ground.end(never)
    ground.sweep()
    feed = Feed.objects.get(code=code)
    assert feed.failures > 5
    page = browser(crew.feed_operator).get("/desk/feeds/").content.decode()
    assert "熔断中" in page
    assert f"连续 {feed.failures} 次没有送成" in page
    assert not Delivery.objects.filter(feed=code, state="held").exists(), "六小时还不到放弃的时候"

    with up(code, tmp_path, ports, settings) as place:
        assert set(place.holdings()) == {kept.number, marked.number, ended.number}, "自己的库过得了重启"
        until(lambda: all_settled(ground, code), 60)
        assert set(place.holdings()) == {one.number for one in (kept, marked, *late)}
        assert place.applied(marked.number) == [(1, "effective"), (2, "marked")]
        assert place.applied(ended.number) == [(1, "effective"), (2, "ended")]
        for one in late:
            assert place.applied(one.number) == [(1, "effective")]
        assert not place.applied(never.number), "从来没有送出过的，不送也不撤"
    assert not Holding.objects.filter(record__in=[ended, never], recipient=code, gone_at=None).exists()
    for owed in Delivery.objects.filter(feed=code):
        assert owed.tries.count() >= owed.attempts
    assert Feed.objects.get(code=code).failures == 0
