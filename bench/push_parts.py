"""push-parts: where a push spends the processor, part by part, and what a second process is worth.

claim, send, outcome and receipts go one after the other here, microseconds of the processor a record: ours, and those
of our server process. alone, two: rows a second through the whole path, until every receipt is settled.
"""

import os
import time
from statistics import median
from typing import Any

from django.db import connection

from bench import spans
from bench.push_owed import owed, people, swept
from bench.push_sides import BATCH
from bench.sink import sink
from daoli_credit.embedded import testbed
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.models.delivery import State
from daoli_credit.feeds.workflows import claiming, sending, settling
from records.workflows.collecting import seldom_collected

PARTS = ("claim", "send", "outcome", "receipts")


@seldom_collected()  # as in the tasks that send and fetch
def phases(rows: int) -> dict[str, tuple[float, float]]:
    """Microseconds of the processor a record for each part of the path, one after the other: ours, our server's."""
    with testbed.fresh_database(), sink() as (_, channel):
        owed(people(), rows)
        swept(channel)
        wire, spent = sending.adapter(channel), {name: [0.0, 0.0] for name in PARTS}

        def timed(name: str, act: Any, *given: Any) -> Any:
            watch = spans.Watch()
            found = act(*given)
            for place, seconds in enumerate(watch.parts()):
                spent[name][place] += seconds / rows * 1e6
            return found

        while claimed := timed("claim", claiming.claim, channel, BATCH):
            answer = timed("send", wire.send, claimed.rows, claimed.package)
            timed("outcome", sending.write_down, channel, claimed, answer)
        while timed("receipts", settling.poll, channel):
            pass
        return {name: (own, server) for name, (own, server) in spent.items()}


def alone(rows: int) -> float:
    """Rows a second until all are settled: everything is sent, then the receipts are fetched."""
    with testbed.fresh_database(), sink() as (_, channel):
        owed(people(), rows)
        swept(channel)
        begun = time.perf_counter()
        while sending.send_due(channel, at_most=20, limit=BATCH):
            pass
        while settling.poll(channel):
            pass
        return rows / (time.perf_counter() - begun)


def two(rows: int) -> float:
    """The same of two processes, one sending while the other fetches the receipts, as the two tasks do."""
    with testbed.fresh_database(), sink() as (_, channel):
        owed(people(), rows)
        swept(channel)
        connection.close()
        begun = time.perf_counter()
        if not (listener := os.fork()):
            try:
                while Delivery.objects.filter(state__in=[State.WAITING, State.SENDING, State.AWAITING]).exists():
                    if not settling.poll(channel):
                        time.sleep(0.01)
            finally:
                os._exit(0)
        while sending.send_due(channel, at_most=20, limit=BATCH):
            pass
        os.waitpid(listener, 0)
        seconds = time.perf_counter() - begun
        assert Delivery.objects.filter(state="confirmed").count() == rows
        return rows / seconds


def run(rows: int, rounds: int) -> None:
    """The medians of the rounds; the last line is the one to quote."""
    found = []
    rates: spans.Rates = {"path/alone": [], "path/two": []}
    for number in range(1, rounds + 1):
        found.append(phases(rows))
        rates["path/alone"].append(alone(rows))
        rates["path/two"].append(two(rows))
        spans.told(number, rates)
        print("        " + _said([found[-1]]), flush=True)
    spans.table(rates)
    worth = median(rates["path/two"]) / median(rates["path/alone"])
    print(f"push-parts {_said(found)} two={worth:.2f} n={rows}")


def _said(found: list[dict[str, tuple[float, float]]]) -> str:
    middle = {name: [median(one[name][place] for one in found) for place in (0, 1)] for name in PARTS}
    whole = sum(own + server for own, server in middle.values())
    return " ".join(f"{name}={own:.0f}/{server:.0f}" for name, (own, server) in middle.items()) + f" whole={whole:.0f}"
