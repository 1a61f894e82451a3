"""push: records that are owed, to receipts that are settled: claim, send, write down, hear.

limit   the same bytes, batch by batch, each answered before the next, through one raw socket
client  the same through a bare asyncio client
floor   the least that keeps the promise at all: a delivery's state twice, an attempt and a receipt, set-wise, durable,
        a batch a transaction, in the tables as they are; no wire, no identity, no look-up, no register, no holding
delay   requests of our adapter with 20 ms on the way, some connections at once, against connections ÷ 20 ms
slow    the whole path with 20 ms on the way, against the whole path with none
task    one Celery task per record, published and taken one by one, each sending its one row
urgent  a withdrawal behind a backlog: seconds until a healthy platform has it, sweep and all
flat    milliseconds to claim, send and write down one record behind small and large backlogs, and of processor

The sink answers at once, with a receipt for every row in the answer of `/receipts`; it shares this machine, as its own
process. Every record is about another person (of the first 20,000). processor: seconds of ours and of our server
process.
"""

import json
import os
import platform
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import push_sides, spans
from bench.push_owed import owed, people, swept
from bench.push_sides import BATCH, DELAY
from bench.sink import sink
from daoli_credit.accounts.models import User
from daoli_credit.embedded import testbed
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import sending, settling, sweeping
from daoli_credit.law import clock
from records.models import CreditRecord, Removal
from records.workflows import record as acts

OUT = Path("bench-push.json")
BACKLOGS = tuple(int(one) for one in os.environ.get("DAOLI_BENCH_BACKLOGS", "1000,50000").split(",") if one)


def ours(channel: Channel) -> tuple[float, float]:
    """Seconds by the clock and of the processor a record through the whole path, until every receipt is settled."""
    total, watch = Delivery.objects.count(), spans.Watch()
    while sending.send_due(channel, at_most=20, limit=BATCH):
        pass
    while settling.poll(channel):
        pass
    seconds, worked = watch.read()
    assert Delivery.objects.filter(state="confirmed").count() == total
    return seconds / total, worked / total


def backlog(count: int) -> dict[str, float]:
    """Behind so many: seconds until a withdrawal has arrived, milliseconds a record to send the next, and a sweep."""
    with testbed.fresh_database(), sink() as (there, channel):
        owed(people(), count)
        swept(channel)
        gone = CreditRecord.objects.get(number="B1")
        assert sending.send_batch(channel, 100)
        assert there.has(gone.number), "第一批里有它"
        watch, sent = spans.Watch(), 0
        for _ in range(5):
            sent += sending.send_batch(channel, 100)
        seconds, worked = watch.read()
        assert gone.use_until
        begun = time.perf_counter()
        with clock.at(gone.use_until + timedelta(days=1)):
            acts.expire(record_id=gone.pk, actor=User.objects.system())
        Removal.objects.create(revision=gone.revisions.get(kind="ended"))
        before = time.perf_counter()
        sweeping.sweep(channel)
        sweep_seconds = time.perf_counter() - before
        while not there.has(f"-{gone.number}"):
            assert sending.send_batch(channel, BATCH)
        return {
            "withdrawal_seconds": time.perf_counter() - begun,
            "sweep_seconds": sweep_seconds,
            "ms_per_record": seconds / sent * 1000,
            "processor_ms_per_record": worked / sent * 1000,
        }


def _path(rows: int, delay: float = 0.0) -> tuple[tuple[float, float], list[bytes]]:
    with testbed.fresh_database(), sink(delay) as (_, channel):
        owed(people(), rows)
        swept(channel)
        return ours(channel), push_sides.requests()


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; medians with their range; the last line is the one to quote."""
    rates: spans.Rates = {f"path/{name}": [] for name in ("limit", "client", "floor", "ours", "slow", "task")}
    lag, worked, least_worked = [], [], []
    for number in range(1, rounds + 1):
        (seconds, work), ready = _path(rows)
        rates["path/ours"].append(1 / seconds)
        worked.append(work * 1e6)
        with sink() as (_, channel):
            rates["path/limit"].append(push_sides.raw(channel, ready, rows))
            rates["path/client"].append(push_sides.client(channel, ready, rows))
        seconds, work = push_sides.floor(rows)
        rates["path/floor"].append(1 / seconds)
        least_worked.append(work * 1e6)
        rates["path/slow"].append(1 / _path(rows, DELAY)[0][0])
        with testbed.fresh_database(), sink() as (_, channel):
            few = max(50, rows // 20)
            owed(people(), few)
            swept(channel)
            rates["path/task"].append(push_sides.task(channel, few))
        lag.append(push_sides.delayed(400))
        spans.told(number, rates)
        cost = f"ours {worked[-1]:.0f}、floor {least_worked[-1]:.0f}"
        print(f"        处理器 微秒/条 {cost}；20 毫秒时 {lag[-1]:.2f}", flush=True)
    spans.table(rates)
    waits = {}
    for count in BACKLOGS:
        waits[count] = backlog(count)
        print(f"积压 {count:,}：" + " ".join(f"{name}={value:.2f}" for name, value in waits[count].items()), flush=True)
    middle = {name.partition("/")[2]: median(found) for name, found in rates.items()}
    least, most = waits[BACKLOGS[0]], waits[BACKLOGS[-1]]
    shares = {
        "raw": middle["ours"] / middle["limit"],
        "client": middle["ours"] / middle["client"],
        "floor": middle["floor"] / middle["limit"],
        "of_floor": median(least_worked) / median(worked),
        "task": middle["ours"] / middle["task"],
        "at_20ms": median(lag),
        "slow": middle["slow"] / middle["ours"],
        "withdrawal_seconds": most["withdrawal_seconds"],
        "flat": most["ms_per_record"] / least["ms_per_record"],
        "flat_processor": most["processor_ms_per_record"] / least["processor_ms_per_record"],
    }
    spent = {"processor_us": worked, "floor_processor_us": least_worked}
    facts = {"job": "push", "rows": rows, "rates": rates, **spent, "shares": shares, "backlogs": waits}
    OUT.write_text(json.dumps({**facts, "on": platform.platform()}, ensure_ascii=False, indent=1), encoding="utf-8")
    print("push " + " ".join(f"{name}={value:.2f}" for name, value in shares.items()) + f" n={rows}")
