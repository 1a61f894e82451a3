"""发送: claim and commit, send with no transaction open, then write the attempt and what came of it in one more."""

import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from django.db import connection, transaction

from daoli_credit.arrays import numbers
from daoli_credit.feeds.adapters import Adapter, Answer, RowAnswer
from daoli_credit.feeds.adapters.https_json import HttpsJson
from daoli_credit.feeds.adapters.sftp_files import SftpFiles
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import Held, State
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows.claiming import Claim, claim
from daoli_credit.law import clock
from records.workflows import handing
from records.workflows.collecting import seldom_collected

EARLY = "回执先到，发送进程还没有记下结果"
OK = 200
STALE = "stale"  # the platform already holds a higher revision
LOCK = """
SELECT id, state = %(sending)s AND lease = %(lease)s::uuid FROM feeds_delivery WHERE id = ANY(%(ids)s::bigint[])
ORDER BY id FOR NO KEY UPDATE
"""
EARLIER = """
SELECT delivery_id FROM feeds_attempt
WHERE delivery_id = ANY(%(ids)s::bigint[]) AND package = %(package)s AND answer = %(early)s
"""
TRY = """
INSERT INTO feeds_attempt (delivery_id, at, outcome, http_status, package, answer)
SELECT one.id, %(at)s, one.outcome, %(status)s, %(package)s, one.words
FROM unnest(%(ids)s::bigint[], %(outcomes)s::text[], %(words)s::text[]) AS one (id, outcome, words)
"""
TRY_ALIKE = """
INSERT INTO feeds_attempt (delivery_id, at, outcome, http_status, package, answer)
SELECT one.id, %(at)s, %(outcome)s, %(status)s, %(package)s, '' FROM unnest(%(ids)s::bigint[]) AS one (id)
"""


def adapter(channel: Channel) -> Adapter:
    """接法 of a feed, as its address says: https:// or sftp://."""
    return SftpFiles(channel) if channel.by_files else HttpsJson(channel)


def send_batch(channel: Channel, limit: int | None = None) -> int:
    """发送一批. Returns how many rows were sent; 0 when nothing was due."""
    claimed = claim(channel, limit)
    if claimed is None or not patience.still_time(claimed.until, clock.now()):
        return 0
    answer = adapter(channel).send(claimed.rows, claimed.package)
    write_down(channel, claimed, answer)
    return len(claimed.rows)


@seldom_collected()
def send_due(channel: Channel, *, at_most: float, limit: int | None = None) -> int:
    """发送到期的, for so many seconds: some batches on the wire at once, the next claimed while they are under way.

    Only the wire is asked by other threads; claims and outcomes are written here, one after the other. A record is in
    one batch at a time, whatever is in flight. Returns how many rows were sent.
    """
    wire, begun, sent = adapter(channel), time.monotonic(), 0
    flying: dict[Future[Answer], Claim] = {}
    with ThreadPoolExecutor(channel.at_once) as wires:
        while True:
            while len(flying) < channel.at_once and time.monotonic() - begun < at_most:
                claimed = claim(channel, limit)
                if claimed is None or not patience.still_time(claimed.until, clock.now()):
                    break
                flying[wires.submit(wire.send, claimed.rows, claimed.package)] = claimed
            if not flying:
                return sent
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for one in done:
                claimed = flying.pop(one)
                write_down(channel, claimed, one.result())
                sent += len(claimed.rows)


def _outcome(answer: Answer, row: RowAnswer | None) -> tuple[Outcome, str]:
    if row is None:
        clear = answer.status is not None and answer.status != OK
        return (Outcome.FAILED if clear else Outcome.UNKNOWN), answer.words or "对方没有回答这一行"
    return (Outcome.ACCEPTED, row.words) if row.accepted else (Outcome.REFUSED, row.words)


@transaction.atomic
def write_down(channel: Channel, claimed: Claim, answer: Answer) -> None:
    """记下结果 of a batch. A receipt may have been quicker, or the lease lost: then only the attempt is added."""
    feed = Feed.objects.select_for_update(no_key=True).get(code=channel.code)
    package, facts = claimed.package.serial, {"lease": str(claimed.lease), "sending": State.SENDING}
    said = {pk: answer.rows.get(row.key) for pk, row in zip(claimed.ids, claimed.rows, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(LOCK, {**facts, "ids": numbers(claimed.ids)})
        ours = dict(cursor.fetchall())
        # what a receipt has already settled is ours no more; only there may somebody have been quicker
        cursor.execute(
            EARLIER,
            {"ids": numbers(pk for pk, still in ours.items() if not still), "package": package, "early": EARLY},
        )
        early = {pk for (pk,) in cursor.fetchall()}
    tries: list[tuple[int, Outcome, str]] = []
    arrived: list[int] = []
    astray: dict[int, tuple[RowAnswer | None, str]] = {}
    for pk, still in ours.items():
        row = said[pk]
        outcome, words = _outcome(answer, row)
        if pk not in early:
            tries.append((pk, outcome, words[:300]))
        if not still:
            continue
        if row is not None and row.accepted:
            arrived.append(pk)
        else:
            astray[pk] = row, words if row or answer.status in {None, OK} else f"HTTP {answer.status}：{words}"
    tried(tries, package, answer.status)
    _astray(astray, channel)
    if arrived:
        states.accept(arrived)
    feed.failures = 0 if answer.reached else feed.failures + 1
    feed.broken_until = patience.broken_until(feed.failures, clock.now())
    feed.save(update_fields=["failures", "broken_until"])


def tried(tries: Collection[tuple[int, Outcome, str]], package: int | None, status: int | None) -> None:
    """记下尝试: of each delivery what came of it and what was said, in one statement."""
    facts: dict[str, Any] = {"at": clock.now(), "package": package, "status": status, "outcome": Outcome.ACCEPTED}
    alike = [pk for pk, outcome, words in tries if outcome == Outcome.ACCEPTED and not words]
    other = [one for one in tries if one[1] != Outcome.ACCEPTED or one[2]]
    with connection.cursor() as cursor:
        if alike:
            cursor.execute(TRY_ALIKE, {**facts, "ids": numbers(alike)})
        if other:
            ids, outcomes, words = zip(*other, strict=True)
            cursor.execute(TRY, {**facts, "ids": list(ids), "outcomes": list(outcomes), "words": list(words)})


def _astray(astray: Mapping[int, tuple[RowAnswer | None, str]], channel: Channel) -> None:
    """没有受理的: given back, outdated or refused, each as the answer says; read whole, for they are few."""
    if not astray:
        return
    back, refused = defaultdict(list), []
    rows = Delivery.objects.filter(pk__in=list(astray)).defer("body").select_related("record__department")
    for one in rows.order_by("pk"):
        row, words = astray[one.pk]
        if row is None:
            back[words].append(one)
        elif row.code == STALE:
            states.outdated(one, f"对方已有更新的版本：{words}")
        else:
            refused.append((one, words))
    for words, same in back.items():
        states.give_back(same, words)
    refuse(refused, channel)


def refuse(refused: Collection[tuple[Delivery, str]], channel: Channel) -> None:
    """对方退回: held for the determining departments, in the platform's words and ours."""
    for one, words in refused:
        states.hold(one, Held.REJECTED, f"{channel.title}退回：{words or '没有说明理由'}")
    said = {one.record_id: words or "没有说明理由" for one, words in refused if not one.withdraws}
    if said:
        handing.refused(said, recipient=channel.code)
