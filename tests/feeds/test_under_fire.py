"""风暴以后: workers die and stop at every named point, platforms fail on both wires, and no promise is broken."""

import os
import secrets
import sys

import pytest

from tests.feeds.ground import Ground
from tests.feeds.storm.weather import Storm

pytestmark = pytest.mark.whole  # starts and kills real workers
TIMES, RECORDS = 2, 12  # `python -m bench storm` is the long form


def test_nothing_is_lost_doubled_reordered_or_undone(both: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("DAOLI_STORM_SEED", "0")) or secrets.randbelow(10**9)
    storm = Storm(both, seed, [both.record(serial=serial) for serial in range(1, RECORDS + 1)])
    storm.blow(TIMES)
    with capsys.disabled():
        sys.stderr.write(f"\n{storm.says()}\n")
    assert not storm.missed(TIMES)
    assert not storm.judge(), f"种子 {seed}：{storm.judge()}"
