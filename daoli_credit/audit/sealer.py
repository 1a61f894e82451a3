"""封存: take what is queued, build a Merkle batch, chain it to the last one, and put the root outside.

The queue needs no transaction horizon: what a slow transaction commits later is simply in a later batch.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from daoli_credit.audit import roots
from daoli_credit.audit.check_proof import GENESIS, chain_of
from daoli_credit.audit.merkle import root_of_joined
from daoli_credit.audit.models import Seal

BATCH = 200_000

# Settings local to the transaction, so that a pooled connection keeps nothing of them. A scan that began in the middle,
# where another one stands, would mix the ids of two batches, and verifying them would take longer.
_LOCK = """
    SELECT pg_try_advisory_xact_lock(hashtext('audit_seal')),
           set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
           set_config('synchronize_seqscans', 'off', true)
"""
# One statement, one snapshot: exactly the rows deleted from the queue are the rows placed under the seal.
# A month is computed for the few rows of earlier months only: a comparison costs a tenth of it.
_TAKE = """
    WITH taken AS (
        DELETE FROM audit_unsealed
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM audit_unsealed LIMIT %(batch)s))
        RETURNING source, row_id, at, leaf
    ), newest AS MATERIALIZED (
        SELECT date_trunc('month', max(at) AT TIME ZONE 'Asia/Shanghai') AS month FROM taken
    ), part AS MATERIALIZED (
        SELECT source,
               CASE WHEN at >= (SELECT month AT TIME ZONE 'Asia/Shanghai' FROM newest)
                    THEN (SELECT month::date FROM newest)
                    ELSE date_trunc('month', at AT TIME ZONE 'Asia/Shanghai')::date END AS month,
               min(at) AS first_at, max(at) AS last_at, min(row_id) AS first_id, max(row_id) AS last_id,
               count(*) AS count, array_agg(row_id ORDER BY row_id) AS ids,
               string_agg(leaf, ''::bytea ORDER BY row_id) AS leaves
        FROM taken GROUP BY 1, 2
    ), kept AS (
        INSERT INTO audit_leaves (seal_id, source, month, first_id, last_id, count, ids, leaves)
        SELECT %(seal)s, source, month, first_id, last_id, count, ids, leaves FROM part
    )
    SELECT count, first_at, last_at, clock_timestamp(), leaves FROM part ORDER BY source, month
"""


@dataclass(frozen=True)
class Sealed:
    """一次运行的结果: how many batches and rows, and the number of the last seal."""

    seals: int
    rows: int
    last: int


def seal() -> Sealed | None:
    """封存全部待封存的行. None when there was nothing, or another sealer is at work. Not inside a transaction.

    Raises RootsDisagree, before touching anything, when the roots outside do not belong to this database.
    """
    roots.agree(roots.newest())
    seals: list[Seal] = []
    while batch := _seal_batch():
        seals.append(batch)
        if batch.count < BATCH:
            break
    roots.publish()
    if not seals:
        return None
    return Sealed(len(seals), sum(batch.count for batch in seals), seals[-1].pk)


@transaction.atomic(durable=True)
def _seal_batch() -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            return None
        last = Seal.objects.order_by("-pk").first()
        number = last.pk + 1 if last else 1
        cursor.execute(_TAKE, {"batch": BATCH, "seal": number})
        parts = cursor.fetchall()
    if not parts:
        return None
    counts, firsts, lasts, times, leaves = zip(*parts, strict=True)
    return _chained(number, last, root_of_joined(b"".join(leaves)), sum(counts), (min(firsts), max(lasts), times[0]))


def _chained(
    number: int, last: Seal | None, root: bytes, count: int, times: tuple[datetime, datetime, datetime]
) -> Seal:
    seal = Seal(
        pk=number,
        previous=bytes(last.chain) if last else bytes.fromhex(GENESIS),
        root=root,
        count=count,
        first_at=times[0],
        last_at=times[1],
        sealed_at=times[2],
        chain=b"",
    )
    seal.chain = bytes.fromhex(chain_of(roots.line_of(seal)))
    seal.save(force_insert=True)
    return seal
