"""收录一批: what the acts of `holding` do for one record and one recipient, for the rows of one batch of a feed.

The records are locked in the order of their numbers, before anything is written. A property says that a set does what
the single acts do one after the other (tests/records/test_hold_a_batch.py).
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, transaction

from daoli_credit.arrays import numbers as _ids
from daoli_credit.law import clock
from records.models import CreditRecord, Repair
from records.models.record import UNDONE
from records.models.repair import S
from records.workflows import disclosing, repair
from records.workflows.holding import HANDED

LOCK = "SELECT id, end_kind FROM records_creditrecord WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
HAND = """
INSERT INTO records_holding AS held (record_id, recipient, recipient_title, revision, since, refusal)
SELECT one.id, %(recipient)s, %(title)s, %(handed)s, %(now)s, '' FROM unnest(%(ids)s::bigint[]) AS one (id)
ON CONFLICT (record_id, recipient) DO UPDATE
SET since = CASE WHEN held.gone_at IS NULL THEN held.since ELSE excluded.since END, asked_at = NULL, gone_at = NULL
"""
# nearly always a copy was handed out before: an INSERT that ends in a conflict calls the triggers of both
TAKE = """
UPDATE records_holding AS held SET revision = one.number, since = %(now)s, gone_at = NULL, refusal = ''
FROM unnest(%(ids)s::bigint[], %(numbers)s::integer[]) AS one (id, number)
WHERE held.record_id = one.id AND held.recipient = %(recipient)s AND one.number > held.revision
"""
TAKE_UNHANDED = """
INSERT INTO records_holding AS held (record_id, recipient, recipient_title, revision, since, refusal)
SELECT one.id, %(recipient)s, %(title)s, one.number, %(now)s, ''
FROM unnest(%(ids)s::bigint[], %(numbers)s::integer[]) AS one (id, number)
WHERE NOT EXISTS (SELECT FROM records_holding WHERE record_id = one.id AND recipient = %(recipient)s OFFSET 0)
ON CONFLICT (record_id, recipient) DO UPDATE
SET revision = excluded.revision, since = excluded.since, gone_at = NULL, refusal = ''
WHERE excluded.revision > held.revision
"""
REFUSE = """
UPDATE records_holding AS held
SET refusal = one.words,
    gone_at = CASE WHEN held.revision = %(handed)s AND held.gone_at IS NULL THEN %(now)s ELSE held.gone_at END
FROM unnest(%(ids)s::bigint[], %(words)s::text[]) AS one (id, words)
WHERE held.record_id = one.id AND held.recipient = %(recipient)s
"""
ASK = """
UPDATE records_holding SET asked_at = %(now)s
WHERE record_id = ANY(%(ids)s::bigint[]) AND recipient = %(recipient)s AND gone_at IS NULL AND asked_at IS NULL
"""
GO = """
INSERT INTO records_holding AS held (record_id, recipient, recipient_title, revision, since, refusal, gone_at)
SELECT one.id, %(recipient)s, %(title)s, one.number, %(now)s, '', %(now)s
FROM unnest(%(ids)s::bigint[], %(numbers)s::integer[]) AS one (id, number)
ON CONFLICT (record_id, recipient) DO UPDATE SET revision = excluded.revision, gone_at = excluded.gone_at
WHERE excluded.revision >= held.revision AND (held.gone_at IS NULL OR excluded.revision > held.revision)
"""


def _locked(ids: Collection[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [_ids(ids)])
        return dict(cursor.fetchall())


def _write(statement: str, facts: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"now": clock.now(), "handed": HANDED, **facts})


@transaction.atomic
def handed(numbers: Mapping[CreditRecord, int], *, recipient: str, title: str) -> set[int]:
    """已送出: copies of these revisions may be out from now on, and the register says what was given on which basis.

    Returns the ids of those left out: what an import has taken back a moment ago.
    """
    undone = {pk for pk, kind in _locked([record.pk for record in numbers]).items() if kind == UNDONE}
    going = {record: number for record, number in numbers.items() if record.pk not in undone}
    disclosing.given_many(going, recipient=recipient, title=title)
    _write(HAND, {"ids": _ids(record.pk for record in going), "recipient": recipient, "title": title})
    return undone


@transaction.atomic
def taken(numbers: Mapping[int, int], *, recipient: str, title: str) -> None:
    """已收录: the recipient says that it holds these revisions, by record."""
    _locked(numbers)
    facts = {"ids": _ids(numbers), "numbers": _ids(numbers.values()), "recipient": recipient, "title": title}
    _write(TAKE, facts)
    _write(TAKE_UNHANDED, facts)


@transaction.atomic
def refused(words: Mapping[int, str], *, recipient: str) -> None:
    """对方退回, with its words, by record."""
    _locked(words)
    _write(REFUSE, {"ids": _ids(words), "words": [said[:300] for said in words.values()], "recipient": recipient})


@transaction.atomic
def asked(ids: Collection[int], *, recipient: str) -> None:
    """已要求撤下: the first time counts."""
    _locked(ids)
    _write(ASK, {"ids": _ids(ids), "recipient": recipient})


@transaction.atomic
def confirm_gone(numbers: Mapping[int, int], *, recipient: str, title: str) -> None:
    """确认撤下 from these revisions on, by record; the last one to say so closes the repair that ended a record."""
    _locked(numbers)
    facts = {"ids": _ids(numbers), "numbers": _ids(numbers.values())}
    _write(GO, {**facts, "recipient": recipient, "title": title})
    for record_id in Repair.objects.filter(record__in=list(numbers), status=S.DECIDED).values_list("record", flat=True):
        repair.close_if_gone(record_id)
