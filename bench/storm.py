"""storm: the long form of tests/feeds/test_under_fire.py: every signal at every point `rounds` times, connections cut.

PostgreSQL crashes and recovers, the broker is wiped and our web, where the receipts arrive, is killed. Real workers on
both wires are killed and stopped while records change and platforms fail; what the platforms hold is asked of them
over HTTP. `--seed` (or DAOLI_STORM_SEED) replays a run. Ends with an error when one promise was broken.
"""

import os
import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

from daoli_credit.embedded import testbed
from tests import make_assessments
from tests.cast import assemble
from tests.feeds.ground import Ground
from tests.feeds.storm.door import Door
from tests.feeds.storm.weather import Storm, environment
from tests.sandbox.platform import KEYS, TITLES, platform
from tests.sandbox.ssh import SENDER


def run(rows: int, rounds: int) -> None:
    """`rows` records, each signal at each point `rounds` times."""
    seed = int(os.environ.get("DAOLI_STORM_SEED", "0")) or secrets.randbelow(10**9)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="daoli-storm-")))
        stack.enter_context(testbed.fresh_database())
        settings.FEED_TIMEOUT, settings.EVIDENCE_DIR = 4, folder / "evidence"
        cast = assemble()
        door = Door(environment)
        places = {}
        for code in KEYS:
            callback = f"http://127.0.0.1:{door.port}/api/v1/receipts/{code}/" if code == "hlj" else ""
            places[code] = stack.enter_context(platform(code, folder, callback, files=code == "hrb"))
        for code, place in places.items():
            make_assessments.feed(code)
            facts = {"title": TITLES[code], "url": place.files or place.url, "key": KEYS[code], "key_id": "1"}
            keys = {"host_key": place.host_key, "identity": SENDER.private} if place.files else {}
            settings.FEEDS = {**settings.FEEDS, code: {**facts, **keys}}
        ground = Ground(cast, places)
        records = [ground.record(serial=serial) for serial in range(1, rows + 1)]
        door.open_()
        stack.callback(door.kill)
        print(
            f"风暴：{rows} 条记录不断变更、两个演示平台不断出错的同时，发送进程在四个点上各被杀死和停住 {rounds} 次",
            flush=True,
        )
        storm = Storm(ground, seed, records, terminate=True, door=door)
        storm.blow(rounds)
        print(storm.says())
        wrong = [*storm.missed(rounds), *storm.judge()]
        for line in wrong:
            print(f"不符：{line}")
        if not wrong:
            print(
                "判定：没有不符。平安以后逐条问两个平台：没有丢、没有办两次、次序不乱、撤回的不在、内容一字不变、每次尝试都有记载"
            )
    print(f"storm seed={seed} hits={sum(storm.hits.values())} wrong={len(wrong)} n={rows}")
    if wrong:
        raise SystemExit(1)
