"""push: records that are owed, to receipts that are settled: claim, send, write down, hear, over one connection.

limit   batches of as many rows of about the same size, each answered before the next, through one raw socket
client  the same through a bare asyncio client
delay   the same with 20 ms on the way, some connections at once, against connections ÷ 20 ms
task    one Celery task per record, published and taken one by one, each sending its one row
urgent  a withdrawal behind a backlog: seconds until a healthy platform has it
flat    milliseconds to claim and settle one record behind a small and a large backlog

The sink answers at once, with a receipt for every row in the answer of `/receipts`; it shares this machine.
"""

import asyncio
import json
import platform
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction

from bench import spans
from bench.sink import sink
from daoli_credit.accounts.models import User
from daoli_credit.celery import app
from daoli_credit.embedded import testbed
from daoli_credit.feeds.adapters import PackageNumber, Row
from daoli_credit.feeds.adapters.https_json import HttpsJson, body_of
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.workflows import sending, settling, sweeping
from daoli_credit.law import clock
from records.models import CreditRecord, Removal
from records.workflows import record as acts
from tests import make, make_assessments
from tests.cast import Cast, assemble

OUT = Path("bench-push.json")
DELAY, CONNECTIONS, BATCH = 0.02, 8, 100
BACKLOGS = (1_000, 50_000)


def _people() -> Cast:
    cast = assemble()
    make_assessments.feed("hlj")
    return cast


def _owed(cast: Cast, count: int) -> None:
    """`count` records in force: one by the true acts, the rest copied from it row by row in the database."""
    first = make.effective(cast, serial=1)
    with transaction.atomic(), connection.cursor() as cursor:
        own = {"id", "number", "document_number"}
        names = ", ".join(str(one.column) for one in CreditRecord._meta.concrete_fields if one.column not in own)
        cursor.execute(
            f"INSERT INTO records_creditrecord (number, document_number, {names})"  # noqa: S608 - our own columns
            f" SELECT 'B' || n, document_number || n, {names} FROM records_creditrecord, generate_series(1, %s) n"
            " WHERE id = %s",
            [count - 1, first.pk],
        )
        for table in ("records_revision", "records_serveddocument"):
            cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
            kept = [name for (name,) in cursor.fetchall() if name not in {"id", "record_id"}]
            filled, theirs = ", ".join(kept), ", ".join(f"t.{one}" for one in kept)
            cursor.execute(
                f"INSERT INTO {table} (record_id, {filled}) SELECT r.id, {theirs}"  # noqa: S608 - our own tables
                f" FROM {table} t, records_creditrecord r WHERE t.record_id = %s AND r.id <> %s",
                [first.pk, first.pk],
            )
        cursor.execute("ANALYZE records_creditrecord; ANALYZE records_revision; ANALYZE records_serveddocument")


def _sweep(channel: Channel) -> None:
    """The deliveries of all of them, in one statement: what is measured begins after the sweep."""
    Feed.objects.get_or_create(code=channel.code)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feeds_delivery (key, feed_id, revision_id, record_id, number, lane, state, attempts,"
            " held_reason, held_words, created_at) SELECT md5(id::text), %s, id, record_id, number, 'ordinary',"
            " 'waiting', 0, '', '', now() FROM records_revision ORDER BY id",
            [channel.code],
        )
        cursor.execute("ANALYZE feeds_delivery")


def ours(channel: Channel) -> float:
    """Records a second through the whole path, until every receipt is settled."""
    total, begun = Delivery.objects.count(), time.perf_counter()
    while sending.send_batch(channel, BATCH):
        pass
    while settling.poll(channel):
        pass
    seconds = time.perf_counter() - begun
    assert Delivery.objects.filter(state="confirmed").count() == total
    return total / seconds


def _requests(rows: int) -> list[bytes]:
    """The bytes on the wire of as many rows, a batch each: 1.5 KB of payload a row."""
    payload = json.dumps({"name": "某" * 8, "content": "x" * 1400}, ensure_ascii=False).encode()
    made = [Row(f"k{n}", f"B{n}", 1, "effective", "0" * 64, payload) for n in range(rows)]
    found = []
    for low in range(0, rows, BATCH):
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


def backlog(count: int) -> tuple[float, float]:
    """Seconds until a withdrawal behind so many has arrived; milliseconds a record to send the next ones."""
    with testbed.fresh_database(), sink() as (seen, channel):
        _owed(_people(), count)
        _sweep(channel)
        gone = CreditRecord.objects.get(number="B1")
        assert sending.send_batch(channel, BATCH)
        assert gone.number in seen.seen, "第一批里有它"
        begun = time.perf_counter()
        sent = sending.send_batch(channel, BATCH) + sending.send_batch(channel, BATCH)
        each = (time.perf_counter() - begun) / sent * 1000
        assert gone.use_until
        begun = time.perf_counter()
        with clock.at(gone.use_until + timedelta(days=1)):
            acts.expire(record_id=gone.pk, actor=User.objects.system())
        Removal.objects.create(revision=gone.revisions.get(kind="ended"))
        sweeping.sweep(channel)
        while f"-{gone.number}" not in seen.seen:
            assert sending.send_batch(channel, BATCH)
        return time.perf_counter() - begun, each


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; medians with their range; the last line is the one to quote."""
    rates: spans.Rates = {"path/limit": [], "path/client": [], "path/ours": [], "path/task": []}
    ready, lag = _requests(rows), []
    for number in range(1, rounds + 1):
        with testbed.fresh_database(), sink() as (_, channel):
            cast = _people()
            _owed(cast, rows)
            _sweep(channel)
            rates["path/ours"].append(ours(channel))
        with sink() as (_, channel):
            rates["path/limit"].append(raw(channel, ready, rows))
            rates["path/client"].append(client(channel, ready, rows))
        with testbed.fresh_database(), sink() as (_, channel):
            few = max(50, rows // 20)
            cast = _people()
            _owed(cast, few)
            _sweep(channel)
            rates["path/task"].append(task(channel, few))
        lag.append(delayed(400))
        spans.told(number, rates)
    spans.table(rates)
    waits = {count: backlog(count) for count in BACKLOGS}
    middle = {name.partition("/")[2]: median(found) for name, found in rates.items()}
    shares = {
        "raw": middle["ours"] / middle["limit"],
        "client": middle["ours"] / middle["client"],
        "task": middle["ours"] / middle["task"],
        "at_20ms": median(lag),
        "withdrawal_seconds": waits[BACKLOGS[-1]][0],
        "flat": waits[BACKLOGS[-1]][1] / waits[BACKLOGS[0]][1],
    }
    facts = {
        "job": "push",
        "rows": rows,
        "rates": rates,
        "shares": shares,
        "backlogs": waits,
        "on": platform.platform(),
    }
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    for count, (seconds, each) in waits.items():
        print(f"积压 {count:,}：撤回 {seconds:.2f} 秒到达；每条认领、发送、记下 {each:.2f} 毫秒")
    print("push " + " ".join(f"{name}={value:.2f}" for name, value in shares.items()) + f" n={rows}")
