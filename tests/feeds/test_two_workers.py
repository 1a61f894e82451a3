"""几个进程: two claim nothing twice, a lease runs out, a killed worker's delivery goes again with the same bytes."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, connection, connections, transaction

from daoli_credit.embedded.places import CLONE
from daoli_credit.feeds import bodies, channels
from daoli_credit.feeds.adapters import Answer
from daoli_credit.feeds.models import Attempt, Delivery
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import sending, sweeping
from daoli_credit.feeds.workflows.claiming import Claim, claim
from daoli_credit.law import clock
from records.models.revision import Kind
from tests.feeds.ground import Ground, until

WORKER = """
import os, signal, django
django.setup()
from django.conf import settings
settings.FEED_TIMEOUT = 1
from daoli_credit.feeds import channels
from daoli_credit.feeds.adapters.https_json import HttpsJson
from daoli_credit.feeds.workflows import sending
real = HttpsJson.send
def send_and_die(self, rows, package):
    real(self, rows, package)
    os.kill(os.getpid(), signal.SIGKILL)
HttpsJson.send = send_and_die
sending.send_batch(channels.of("hlj"))
"""


def test_two_workers_on_two_connections_claim_nothing_twice(ground: Ground) -> None:
    for serial in range(1, 9):
        ground.record(serial=serial)
    ground.sweep()
    start = threading.Barrier(2)
    got: list[str] = []

    def work() -> None:
        start.wait()
        for _ in range(4):
            if claimed := claim(channels.of("hlj"), limit=2):
                got.extend(row.key for row in claimed.rows)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 8


def test_two_sweeps_at_once_owe_nothing_twice(ground: Ground) -> None:
    for serial in range(1, 6):
        ground.record(serial=serial)
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        sweeping.sweep(channels.of("hlj"))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Delivery.objects.filter(feed="hlj").count() == 5


def test_a_batch_never_holds_two_deliveries_of_one_record_and_the_database_keeps_it_so(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    first = ground.delivery(record)
    ground.revise(record, Kind.MARKED)
    ground.sweep()
    second = ground.delivery(record, 2)
    facts = {"state": "sending", "lease": uuid4(), "lease_until": clock.now(), "body": b"x", "digest": b"x"}
    with pytest.raises(IntegrityError, match="one_delivery_of_a_record_on_the_wire"), transaction.atomic():
        Delivery.objects.filter(pk__in=[first.pk, second.pk]).update(**facts)
    claimed = claim(channels.of("hlj"))
    assert claimed
    assert [row.revision for row in claimed.rows] == [2]


def test_a_lease_that_ran_out_is_seen_and_taken_over(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    lost = claim(channels.of("hlj"))
    assert lost
    assert ground.send() == 0
    Delivery.objects.filter(state="sending").update(lease_until=clock.now() - timedelta(seconds=1))
    ground.send()  # releases it; the back-off begins
    assert Attempt.objects.get().outcome == "unknown"
    assert "没有回来" in Attempt.objects.get().answer
    ground.due(record)
    assert ground.send() == 1
    ground.confirmed(record)
    # the worker that was stopped wakes: its word comes too late and changes nothing but the list of attempts
    sending.write_down(channels.of("hlj"), lost, Answer(reached=False, words="醒得太晚"))
    assert ground.delivery(record).state == "confirmed"
    assert Attempt.objects.count() == 3


def test_a_worker_that_wakes_late_does_not_send(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    record = ground.record()
    ground.sweep()

    def slept(channel: channels.Channel, limit: int) -> Claim | None:
        claimed = claim(channel, limit)
        assert claimed
        return replace(claimed, until=clock.now() + timedelta(seconds=configured.FEED_TIMEOUT))

    monkeypatch.setattr(sending, "claim", slept)
    assert ground.send() == 0
    assert record.number not in ground.hlj.holdings()
    assert not patience.still_time(clock.now(), clock.now())


def test_a_worker_killed_after_sending_costs_nothing(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    facts = connection.settings_dict
    channel = channels.of("hlj")
    environment = {
        **os.environ,
        "DATABASE_URL": _url(str(facts["NAME"])),
        "DAOLI_FEEDS": "hlj",
        "DAOLI_FEED_HLJ_URL": channel.url,
        "DAOLI_FEED_HLJ_KEY": channel.key,
        "DAOLI_FEED_HLJ_TITLE": channel.title,
    }
    ground.hlj.fault("no-receipt")
    done = subprocess.run([sys.executable, "-c", WORKER], cwd=CLONE, env=environment, check=False, timeout=300)
    assert done.returncode == -signal.SIGKILL
    one = ground.delivery(record)
    assert (one.state, one.attempts) == ("sending", 1)
    assert not Attempt.objects.exists()
    assert record.number in ground.hlj.holdings(), "对方收到了，我们不知道"
    before, digest = bodies.opened(one), ground.hlj.holdings()[record.number][1]
    assert one.lease_until
    ends = one.lease_until
    until(lambda: clock.now() > ends, seconds=10)
    ground.send()
    ground.due(record)
    assert ground.send() == 1
    ground.confirmed(record)
    assert bodies.opened(ground.delivery(record)) == before
    assert ground.hlj.applied(record.number) == [(1, "effective")]
    assert ground.hlj.holdings()[record.number] == (1, digest)


def _url(name: str) -> str:
    from daoli_credit.embedded.clones import at_database  # noqa: PLC0415

    return at_database(os.environ["DATABASE_URL"], name)
