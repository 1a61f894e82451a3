"""推送单的状态: the only writer of `Delivery.state`. Every function is called inside its caller's transaction.

The state is technical: it says where bytes are, and no right of anybody follows from it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet
from psycopg2 import Binary

from daoli_credit import arrays
from daoli_credit.accounts.models import Department
from daoli_credit.arrays import among
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.rules import patience
from daoli_credit.law import clock
from records.models import Revision
from records.models.revision import WITHDRAWALS
from records.outgoing import HANDLER


def owe(
    feed: Feed, revisions: Iterable[Revision], state: State, words: str = "", *, recall: bool = False
) -> list[Delivery]:
    """建单: waiting, or settled at once with its reason. A recall takes away from one feed what others keep."""
    now = clock.now()
    return Delivery.objects.bulk_create(
        Delivery(
            feed=feed,
            revision=one,
            record_id=one.record_id,
            number=one.number,
            lane=Lane.WITHDRAWAL if recall or one.kind in WITHDRAWALS else Lane.ORDINARY,
            state=state,
            held_words=words,
            created_at=now,
            settled_at=None if state == State.WAITING else now,
        )
        for one in revisions
    )


def _settle(delivery: Delivery, state: State, words: str) -> None:
    delivery.state, delivery.settled_at = state, clock.now()
    delivery.lease, delivery.lease_until, delivery.next_try_at = None, None, None
    delivery.held_reason, delivery.held_words, delivery.held_owner = "", words, None
    delivery.save()


FREED = {"lease": None, "lease_until": None, "next_try_at": None}
UNHELD = {"held_reason": "", "held_words": "", "held_owner": None}


def supersede_older(*newer: Delivery, also_awaiting: bool = False, waiting: bool = True) -> None:
    """取代: what the same feed was not sent of older revisions is no longer owed; the higher number says it all.

    `newer` are of one feed, and of a record each. A claim does not stand still (`waiting`) for what somebody else is
    settling at this moment.
    """
    if not newer:
        return
    facts: dict[str, Any] = {
        "feed": newer[0].feed_id,
        "records": arrays.numbers([one.record_id for one in newer]),
        "numbers": arrays.numbers([one.number for one in newer]),
        "states": [State.WAITING, State.HELD, *([State.AWAITING] if also_awaiting else [])],
        "superseded": State.SUPERSEDED,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(OLDER, facts)
        if not (older := dict(cursor.fetchall())):
            return
        cursor.execute(LOCK + ("" if waiting else " SKIP LOCKED"), {**facts, "ids": list(older)})
        ids = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(SUPERSEDE, {**facts, "ids": ids, "numbers": [older[pk] for pk in ids]})


# asked by the index of records, row by row: nearly always there is nothing older
OLDER = """
SELECT old.id, newer.number
FROM unnest(%(records)s::bigint[], %(numbers)s::integer[]) AS newer (record, number)
CROSS JOIN LATERAL (
    SELECT id, state FROM feeds_delivery
    WHERE feed_id = %(feed)s AND record_id = newer.record AND number < newer.number OFFSET 0) AS old
WHERE old.state = ANY(%(states)s)
"""
LOCK = """
SELECT id FROM feeds_delivery WHERE id = ANY(%(ids)s) AND state = ANY(%(states)s) ORDER BY id FOR NO KEY UPDATE"""
SUPERSEDE = """
UPDATE feeds_delivery AS old
SET state = %(superseded)s, settled_at = %(now)s, lease = NULL, lease_until = NULL, next_try_at = NULL,
    held_reason = '', held_words = '已由第 ' || one.number || ' 版取代', held_owner_id = NULL
FROM unnest(%(ids)s::bigint[], %(numbers)s::integer[]) AS one (id, number)
WHERE old.id = one.id
"""
TAKE = """
UPDATE feeds_delivery AS owed
SET state = %(state)s, attempts = owed.attempts + 1, lease = %(lease)s, lease_until = %(until)s, next_try_at = NULL,
    held_words = '', package = %(package)s,
    body = coalesce(owed.body, substr(%(bodies)s::bytea, one.since, one.size)),
    digest = coalesce(owed.digest, substr(%(digests)s::bytea, (one.at::integer - 1) * 32 + 1, 32))
FROM unnest(%(ids)s::bigint[], %(since)s::integer[], %(sizes)s::integer[]) WITH ORDINALITY AS one (id, since, size, at)
WHERE owed.id = one.id
"""


def take(deliveries: Sequence[Delivery], lease: uuid.UUID, until: datetime, package: int) -> None:
    """认领: with a lease, and with its bytes; counted as an attempt now, because from now on a copy may be out.

    The bytes go there one after the other and are cut at their places: an array of them would be read several times.
    """
    bodies = [bytes(one.body or b"") for one in deliveries]
    sizes = [len(body) for body in bodies]
    facts: dict[str, Any] = {
        "state": State.SENDING,
        "lease": str(lease),
        "until": until,
        "package": package,
        "ids": arrays.numbers([one.pk for one in deliveries]),
        "bodies": Binary(b"".join(bodies)),
        "since": arrays.numbers(accumulate(sizes[:-1], initial=1)),
        "sizes": arrays.numbers(sizes),
        "digests": Binary(arrays.joined([bytes(one.digest or b"") for one in deliveries], 32)),
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, facts)


def postpone(words: Mapping[int, str]) -> None:
    """暂不送出: by delivery, why it may not leave today; asked again later, not counted as an attempt."""
    again = clock.now() + patience.ASK_AGAIN
    for said in set(words.values()):
        same = [pk for pk, one in words.items() if one == said]
        Delivery.objects.filter(pk__in=same).update(next_try_at=again, held_words=said[:300])


def accept(ids: Sequence[int]) -> None:
    """对方受理: the bytes have arrived; whether they were taken in, the receipt will say."""
    arrived = Delivery.objects.filter(among(Delivery, ids))
    arrived.update(state=State.AWAITING, answered_at=clock.now(), lease=None, lease_until=None)


def give_back(deliveries: Sequence[Delivery], words: str) -> None:
    """放回: to be tried again, dropped when a newer revision is owed, held when it was tried long enough."""
    now, newest = clock.now(), _newest(deliveries)
    again: dict[datetime, list[int]] = {}
    for one in deliveries:
        due = patience.next_try(one.attempts, now)
        if newest[one.record_id] > one.number:
            _settle(one, State.SUPERSEDED, f"已由第 {newest[one.record_id]} 版取代")
        elif due is None:
            hold(one, Held.EXHAUSTED, f"重试 {one.attempts} 次没有送成：{words}")
        else:
            again.setdefault(due, []).append(one.pk)
    for due, same in again.items():
        rows = Delivery.objects.filter(pk__in=same)
        rows.update(state=State.WAITING, held_words=words[:300], **{**FREED, "next_try_at": due})


def _newest(deliveries: Sequence[Delivery]) -> dict[int, int]:
    if not deliveries:
        return {}
    same = Delivery.objects.filter(feed=deliveries[0].feed_id, record__in=[one.record_id for one in deliveries])
    return dict(same.order_by("record").values_list("record").annotate(newest=Max("number")))


def hold(delivery: Delivery, reason: Held, words: str) -> None:
    """待人工处理: with a reason and an owner. What the platform will not take is the determining department's."""
    theirs = reason in {Held.REJECTED, Held.UNMAPPED}
    delivery.state, delivery.held_reason, delivery.held_words = State.HELD, reason, words[:300]
    delivery.held_owner = delivery.record.department if theirs else Department.objects.get(code=HANDLER)
    delivery.lease, delivery.lease_until, delivery.next_try_at, delivery.settled_at = None, None, None, None
    delivery.save()


def hand_on(delivery: Delivery, says: str) -> None:
    """部门已答复: the content stands; from here the feed's operator deals with the platform."""
    delivery.owner_says = says[:300]
    delivery.held_owner = Department.objects.get(code=HANDLER)
    delivery.save()


def confirm(deliveries: Sequence[Delivery], *, behind: bool = True) -> None:
    """已确认: the platform has said so; what is older (where there is any `behind`) is settled with it."""
    settled = Delivery.objects.filter(among(Delivery, [one.pk for one in deliveries]))
    settled.update(state=State.CONFIRMED, settled_at=clock.now(), **FREED, **UNHELD)
    if behind:
        supersede_older(*deliveries, also_awaiting=True)


def outdated(delivery: Delivery, words: str) -> None:
    """对方已有更新的版本: nothing more to say in this one."""
    _settle(delivery, State.SUPERSEDED, words)


def backed_off(code: str) -> QuerySet[Delivery]:
    """退避中的: tried, not arrived, and waiting for the time of its next try."""
    return Delivery.objects.filter(feed=code, state=State.WAITING, attempts__gt=0, next_try_at__gt=clock.now())


def hurry(code: str) -> int:
    """不再退避: a person says that the platform is back; what was tried goes at once. Returns how many."""
    return backed_off(code).update(next_try_at=None)


def again(deliveries: Sequence[Delivery]) -> None:
    """重试: a person has decided; the same bytes go again at once."""
    rows = Delivery.objects.filter(pk__in=[one.pk for one in deliveries])
    rows.update(state=State.WAITING, next_try_at=None, **UNHELD)
