"""发送: claim and commit, send with no transaction open, then write the attempt and what came of it in one more."""

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
from records.workflows import holding

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


def _outcome(answer: Answer, row: RowAnswer | None) -> tuple[Outcome, str]:
    if row is None:
        clear = answer.status is not None and answer.status != 200
        return (Outcome.FAILED if clear else Outcome.UNKNOWN), answer.words or "对方没有回答这一行"
    return (Outcome.ACCEPTED, row.words) if row.accepted else (Outcome.REFUSED, row.words)


@transaction.atomic
def write_down(channel: Channel, claimed: Claim, answer: Answer) -> None:
    """记下结果. A receipt may have been quicker, or the lease lost: then only the attempt is added."""
    feed = Feed.objects.select_for_update(no_key=True).get(code=channel.code)
    keys = [row.key for row in claimed.rows]
    found = Delivery.objects.select_for_update(of=("self",), no_key=True).filter(feed=feed, key__in=keys)
    for one in found.select_related("record__department").order_by("pk"):
        row = answer.rows.get(one.key)
        outcome, words = _outcome(answer, row)
        facts = {"outcome": outcome, "http_status": answer.status, "answer": words[:300]}
        package = claimed.package.serial
        if not one.tries.filter(package=package, answer=EARLY).exists():
            Attempt.objects.create(delivery=one, at=clock.now(), package=package, **facts)
        if one.state != State.SENDING or one.lease != claimed.lease:
            continue
        if row is None:
            states.give_back(one, words)
        elif row.accepted:
            states.accept(one)
        elif row.code == STALE:
            states.outdated(one, f"对方已有更新的版本：{words}")
        else:
            refuse(one, channel, words)
    feed.failures = 0 if answer.reached else feed.failures + 1
    feed.broken_until = patience.broken_until(feed.failures, clock.now())
    feed.save(update_fields=["failures", "broken_until"])


def refuse(one: Delivery, channel: Channel, words: str) -> None:
    """对方退回: held for the determining department, in the platform's words and ours."""
    states.hold(one, Held.REJECTED, f"{channel.title}退回：{words or '没有说明理由'}")
    if not one.withdraws:
        holding.refused(record_id=one.record_id, recipient=channel.code, words=words or "没有说明理由")
