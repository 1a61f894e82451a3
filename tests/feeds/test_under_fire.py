"""风暴以后: workers die and stop at every named point, platforms fail on both wires, and no promise is broken."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import make_assessments
from tests.cast import Cast
from tests.feeds.ground import Ground
from tests.feeds.storm.nursery import POINTS, SIGNALS
from tests.feeds.storm.weather import Storm
from tests.sandbox.platform import KEYS, TITLES, platform
from tests.sandbox.ssh import SENDER

pytestmark = pytest.mark.whole  # starts and kills real workers
TIMES, RECORDS = 2, 12  # `python -m bench storm` is the long form


@pytest.fixture
def both(crew: Cast, tmp_path: Path, settings: Settings) -> Iterator[Ground]:
    """省平台 over HTTP, 市平台 by files; receipts are fetched."""
    settings.FEED_TIMEOUT = 4
    with ExitStack() as stack:
        places = {code: stack.enter_context(platform(code, tmp_path, files=code == "hrb")) for code in KEYS}
        for code, place in places.items():
            make_assessments.feed(code)
            facts = {"title": TITLES[code], "url": place.files or place.url, "key": KEYS[code], "key_id": "1"}
            if place.files:
                facts |= {"host_key": place.host_key, "identity": SENDER.private}
            settings.FEEDS = {**settings.FEEDS, code: facts}
        yield Ground(crew, places)


def test_nothing_is_lost_doubled_reordered_or_undone(both: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("DAOLI_STORM_SEED", "0")) or secrets.randbelow(10**9)
    storm = Storm(both, seed, [both.record(serial=serial) for serial in range(1, RECORDS + 1)])
    storm.blow(TIMES)
    with capsys.disabled():
        sys.stderr.write(f"\n{storm.says()}\n")
    assert all(storm.hits.get(f"{how}-{point}", 0) >= TIMES for how in SIGNALS for point in POINTS), storm.hits
    assert not storm.judge(), f"种子 {seed}：{storm.judge()}"
