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

import asyncio
import json
import os
import platform
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction

from bench import filling, spans
from bench.sink import sink
from daoli_credit.accounts.models import User
from daoli_credit.celery import app
from daoli_credit.embedded import testbed
from daoli_credit.feeds import bodies
from daoli_credit.feeds.adapters import PackageNumber, Row
from daoli_credit.feeds.adapters.https_json import HttpsJson, body_of
from daoli_credit.feeds.channels import LARGEST_BATCH, Channel
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.workflows import sending, settling, sweeping
from daoli_credit.law import clock
from records import identity, identity_sets
from records.models import CreditRecord, Removal
from records.rules.id_number import check_digit
from records.workflows import record as acts
from tests import make, make_assessments
from tests.cast import Cast, assemble

OUT = Path("bench-push.json")
DELAY, CONNECTIONS, BATCH, OTHERS = 0.02, 8, LARGEST_BATCH, 20_000
BACKLOGS = tuple(int(one) for one in os.environ.get("DAOLI_BENCH_BACKLOGS", "1000,50000").split(","))


def _people() -> Cast:
    cast = assemble()
    make_assessments.feed("hlj")
    return cast


def _number(n: int) -> str:
    """The n-th invented number: another day of birth every thousand."""
    digits = f"999999{1940 + n // 336_000}{1 + n // 28_000 % 12:02}{1 + n // 1_000 % 28:02}{n % 1_000:03}"
    return digits + check_digit(digits)


def _subjects(count: int) -> list[int]:
    """As many invented persons."""
    made: list[int] = []
    for low in range(0, count, 50_000):
        numbers = [_number(n) for n in range(low, min(low + 50_000, count))]
        people = [
            identity.Identity("某某" + chr(0x4E00 + n % 20_000), "resident-id", one) for n, one in enumerate(numbers)
        ]
        made += identity_sets.register(people, identity_sets.keys_of(numbers)).values()
    return made


def _owed(cast: Cast, count: int) -> None:
    """`count` records in force: one by the true acts, the rest copied from it in the database, of other persons."""
    first = make.effective(cast, serial=1)
    others = _subjects(min(count - 1, OTHERS))
    with filling.silent() as cursor:  # a million triggers are not what is measured
        own = {"id", "number", "document_number", "subject_id"}
        names = ", ".join(str(one.column) for one in CreditRecord._meta.concrete_fields if one.column not in own)
        cursor.execute(
            f"INSERT INTO records_creditrecord (number, document_number, subject_id, {names})"  # noqa: S608 - our own
            f" SELECT 'B' || n, document_number || n, whose, {names}"
            " FROM records_creditrecord, generate_series(1, %s) n,"
            " LATERAL (SELECT (%s::bigint[])[1 + (n - 1) %% %s] AS whose) one WHERE id = %s ORDER BY n",
            [count - 1, others, len(others), first.pk],
        )
        for table in ("records_revision", "records_serveddocument"):
            cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
            kept = [name for (name,) in cursor.fetchall() if name not in {"id", "record_id"}]
            filled, theirs = ", ".join(kept), ", ".join(f"t.{one}" for one in kept)
            cursor.execute(
                f"INSERT INTO {table} (record_id, {filled}) SELECT r.id, {theirs}"  # noqa: S608 - our own tables
                f" FROM {table} t, records_creditrecord r WHERE t.record_id = %s AND r.id <> %s ORDER BY r.id",
                [first.pk, first.pk],
            )


def _sweep(channel: Channel) -> None:
    """The deliveries of all of them, in one statement: what is measured begins after the sweep."""
    Feed.objects.get_or_create(code=channel.code)
    with filling.silent() as cursor:
        cursor.execute(
            "INSERT INTO feeds_delivery (key, feed_id, revision_id, record_id, number, lane, state, attempts,"
            " held_reason, held_words, owner_says, created_at) SELECT md5(id::text), %s, id, record_id, number,"
            " 'ordinary', 'waiting', 0, '', '', '', now() FROM records_revision ORDER BY id",
            [channel.code],
        )
        cursor.execute("ANALYZE")  # as the server does it by itself in time


FLOOR = (
    "UPDATE feeds_delivery SET state = 'sending', attempts = 1, lease = gen_random_uuid(), lease_until = now(),"
    " body = %(body)s, digest = sha256('') WHERE id = ANY(%(ids)s)",
    "UPDATE feeds_delivery SET state = 'confirmed', lease = NULL, lease_until = NULL, settled_at = now()"
    " WHERE id = ANY(%(ids)s)",
    "INSERT INTO feeds_attempt (delivery_id, at, outcome, answer) SELECT unnest(%(ids)s), now(), 'accepted', ''",
    "INSERT INTO feeds_receipt (delivery_id, number, verdict, words, at)"
    " SELECT one, 'R' || one, 'accepted', '', now() FROM unnest(%(ids)s) one",
)


def floor(count: int) -> tuple[float, float]:
    """Seconds by the clock and of the processor a record, for the least that is durable: no wire and no identity."""
    with testbed.fresh_database():
        _owed(_people(), count)
        _sweep(Channel("hlj", "信用中国（黑龙江）", "http://127.0.0.1:1", "k" * 32, "1"))
        ids, watch = list(Delivery.objects.order_by("pk").values_list("pk", flat=True)), spans.Watch()
        for low in range(0, count, BATCH):
            facts: dict[str, Any] = {"ids": ids[low : low + BATCH], "body": b"x" * 700}
            for some in (FLOOR[:1], FLOOR[1:3], FLOOR[3:]):
                with transaction.atomic(), connection.cursor() as cursor:
                    for one in some:
                        cursor.execute(one, facts)
        seconds, worked = watch.read()
        return seconds / count, worked / count


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


def _requests() -> list[bytes]:
    """The bytes that went over the wire, a batch each, as they were stored."""
    made = []
    for one in Delivery.objects.select_related("record", "revision").order_by("pk").iterator(1000):
        digest = bytes(one.digest or b"").hex()
        made.append(Row(one.key, one.record.number, one.number, one.revision.kind, digest, bodies.opened(one)))
    found = []
    for low in range(0, len(made), BATCH):
        body = body_of(made[low : low + BATCH], PackageNumber(1, 1 + low))
        head = f"POST /batches HTTP/1.1\r\nHost: sink\r\nContent-Length: {len(body)}\r\n\r\n"
        found.append(head.encode() + body)
    return found


def raw(channel: Channel, ready: list[bytes], rows: int) -> float:
    """Records a second of a loop over one socket: send, read the whole answer, next."""
    port, begun = int(channel.url.rsplit(":", 1)[1]), time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as wire, wire.makefile("rb") as reader:
        for request in ready:
            wire.sendall(request)
            while line := reader.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            reader.read(size)
    return rows / (time.perf_counter() - begun)


async def _bare(port: int, ready: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in ready:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().split(b"content-length:")[1].split()[0]))
    writer.close()


def client(channel: Channel, ready: list[bytes], rows: int) -> float:
    """Records a second of a bare asyncio client on one connection."""
    port, begun = int(channel.url.rsplit(":", 1)[1]), time.perf_counter()
    asyncio.run(_bare(port, ready))
    return rows / (time.perf_counter() - begun)


def delayed(batches: int) -> float:
    """Requests a second of our adapter at 20 ms, several connections at once, as a share of connections ÷ 20 ms."""
    row = [Row("k", "B", 1, "effective", "0" * 64, b"{}")]
    with sink(DELAY) as (_, channel):
        each = batches // CONNECTIONS

        def work(number: int) -> None:
            wire = HttpsJson(Channel(**{**channel.__dict__, "title": f"{number}"}))  # a session of its own
            for n in range(each):
                assert wire.send(row, PackageNumber(1, n)).reached

        threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
        begun = time.perf_counter()
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return each * CONNECTIONS / (time.perf_counter() - begun) / (CONNECTIONS / DELAY)


def task(channel: Channel, count: int) -> float:
    """Records a second of one Celery task per record: published to the broker, taken, claimed, sent, settled alone."""
    done = threading.Semaphore(0)

    @app.task(name="bench.push.one")
    def one() -> None:
        try:
            sending.send_batch(channel, 1)
        finally:
            done.release()

    begun = time.perf_counter()
    with start_worker(app, perform_ping_check=False, pool="solo", loglevel="ERROR"):
        for _ in range(count):
            one.delay()
        for _ in range(count):
            assert done.acquire(timeout=60)
        while settling.poll(channel):
            pass
    return count / (time.perf_counter() - begun)


def backlog(count: int) -> dict[str, float]:
    """Behind so many: seconds until a withdrawal has arrived, milliseconds a record to send the next, and a sweep."""
    with testbed.fresh_database(), sink() as (there, channel):
        _owed(_people(), count)
        _sweep(channel)
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
        swept = time.perf_counter()
        sweeping.sweep(channel)
        swept = time.perf_counter() - swept
        while not there.has(f"-{gone.number}"):
            assert sending.send_batch(channel, BATCH)
        return {
            "withdrawal_seconds": time.perf_counter() - begun,
            "sweep_seconds": swept,
            "ms_per_record": seconds / sent * 1000,
            "processor_ms_per_record": worked / sent * 1000,
        }


def _path(rows: int, delay: float = 0.0) -> tuple[tuple[float, float], list[bytes]]:
    with testbed.fresh_database(), sink(delay) as (_, channel):
        _owed(_people(), rows)
        _sweep(channel)
        return ours(channel), _requests()


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; medians with their range; the last line is the one to quote."""
    rates: spans.Rates = {f"path/{name}": [] for name in ("limit", "client", "floor", "ours", "slow", "task")}
    lag, worked, least_worked = [], [], []
    for number in range(1, rounds + 1):
        (seconds, work), ready = _path(rows)
        rates["path/ours"].append(1 / seconds)
        worked.append(work * 1e6)
        with sink() as (_, channel):
            rates["path/limit"].append(raw(channel, ready, rows))
            rates["path/client"].append(client(channel, ready, rows))
        seconds, work = floor(rows)
        rates["path/floor"].append(1 / seconds)
        least_worked.append(work * 1e6)
        rates["path/slow"].append(1 / _path(rows, DELAY)[0][0])
        with testbed.fresh_database(), sink() as (_, channel):
            few = max(50, rows // 20)
            _owed(_people(), few)
            _sweep(channel)
            rates["path/task"].append(task(channel, few))
        lag.append(delayed(400))
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
