"""What a push is measured beside: a raw socket, a bare client, the rows alone, our adapter alone, a task per record."""

import asyncio
import socket
import threading
import time
from typing import Any

from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction

from bench import spans
from bench.push_owed import owed, people, swept
from bench.sink import sink
from daoli_credit.celery import app
from daoli_credit.embedded import testbed
from daoli_credit.feeds import bodies
from daoli_credit.feeds.adapters import PackageNumber, Row
from daoli_credit.feeds.adapters.https_json import HttpsJson, body_of
from daoli_credit.feeds.channels import LARGEST_BATCH, Channel
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import sending, settling

DELAY, CONNECTIONS, BATCH = 0.02, 8, LARGEST_BATCH

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
        owed(people(), count)
        swept(Channel("hlj", "信用中国（黑龙江）", "http://127.0.0.1:1", "k" * 32, "1"))
        ids, watch = list(Delivery.objects.order_by("pk").values_list("pk", flat=True)), spans.Watch()
        for low in range(0, count, BATCH):
            facts: dict[str, Any] = {"ids": ids[low : low + BATCH], "body": b"x" * 700}
            for some in (FLOOR[:1], FLOOR[1:3], FLOOR[3:]):
                with transaction.atomic(), connection.cursor() as cursor:
                    for one in some:
                        cursor.execute(one, facts)
        seconds, worked = watch.read()
        return seconds / count, worked / count


def requests() -> list[bytes]:
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
