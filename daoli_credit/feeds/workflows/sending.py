"""发送: claim and commit, send with no transaction open, then write the attempt and what came of it in one more."""

import time
from collections import defaultdict
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from django.db import transaction

from daoli_credit.feeds.adapters import Adapter, Answer, RowAnswer
from daoli_credit.feeds.adapters.https_json import HttpsJson
from daoli_credit.feeds.adapters.sftp_files import SftpFiles
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Attempt, Delivery, Feed
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import Held, State
from daoli_credit.feeds.rules import patience
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows.claiming import LARGEST_BATCH, Claim, claim
from daoli_credit.law import clock
from records.workflows import handing

EARLY = "回执先到，发送进程还没有记下结果"
STALE = "stale"  # the platform already holds a higher revision


def adapter(channel: Channel) -> Adapter:
    """接法 of a feed, as its address says: https:// or sftp://."""
    return SftpFiles(channel) if channel.by_files else HttpsJson(channel)


def send_batch(channel: Channel, limit: int = LARGEST_BATCH) -> int:
    """发送一批. Returns how many rows were sent; 0 when nothing was due."""
    claimed = claim(channel, limit)
    if claimed is None or not patience.still_time(claimed.until, clock.now()):
        return 0
    answer = adapter(channel).send(claimed.rows, claimed.package)
    write_down(channel, claimed, answer)
    return len(claimed.rows)


def send_due(channel: Channel, *, at_most: float, limit: int = LARGEST_BATCH) -> int:
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
        clear = answer.status is not None and answer.status != 200
        return (Outcome.FAILED if clear else Outcome.UNKNOWN), answer.words or "对方没有回答这一行"
    return (Outcome.ACCEPTED, row.words) if row.accepted else (Outcome.REFUSED, row.words)


@transaction.atomic
def write_down(channel: Channel, claimed: Claim, answer: Answer) -> None:
    """记下结果 of a batch. A receipt may have been quicker, or the lease lost: then only the attempt is added."""
    feed = Feed.objects.select_for_update(no_key=True).get(code=channel.code)
    keys, package = [row.key for row in claimed.rows], claimed.package.serial
    found = Delivery.objects.select_for_update(of=("self",), no_key=True).filter(key__in=keys, feed=feed)
    locked = list(found.defer("body").select_related("record__department").order_by("pk"))
    early = set(
        Attempt.objects.filter(delivery__in=[one.pk for one in locked], package=package, answer=EARLY).values_list(
            "delivery_id", flat=True
        )
    )
    tries, arrived, back, refused = [], [], defaultdict(list), []
    for one in locked:
        row = answer.rows.get(one.key)
        outcome, words = _outcome(answer, row)
        facts = {"outcome": outcome, "http_status": answer.status, "answer": words[:300]}
        if one.pk not in early:
            tries.append(Attempt(delivery=one, at=clock.now(), package=package, **facts))
        if one.state != State.SENDING or one.lease != claimed.lease:
            continue
        if row is None:
            back[words].append(one)
        elif row.accepted:
            arrived.append(one)
        elif row.code == STALE:
            states.outdated(one, f"对方已有更新的版本：{words}")
        else:
            refused.append((one, words))
    Attempt.objects.bulk_create(tries)
    for words, same in back.items():
        states.give_back(same, words)
    if arrived:
        states.accept(arrived)
    refuse(refused, channel)
    feed.failures = 0 if answer.reached else feed.failures + 1
    feed.broken_until = patience.broken_until(feed.failures, clock.now())
    feed.save(update_fields=["failures", "broken_until"])


def refuse(refused: Collection[tuple[Delivery, str]], channel: Channel) -> None:
    """对方退回: held for the determining departments, in the platform's words and ours."""
    for one, words in refused:
        states.hold(one, Held.REJECTED, f"{channel.title}退回：{words or '没有说明理由'}")
    said = {one.record_id: words or "没有说明理由" for one, words in refused if not one.withdraws}
    if said:
        handing.refused(said, recipient=channel.code)
