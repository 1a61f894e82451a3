"""The second half of `bench audit`: a full queue is sealed, and a million events are verified."""

import time
from hashlib import sha256

from django.db import connection, transaction

from daoli_credit.audit import sealer, verify, verify_rows
from daoli_credit.audit.check_proof import FORMS
from daoli_credit.embedded import clones, testbed

PORTION = 100_000
COLUMNS = "day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status, opinion"
FILL = f"""
    INSERT INTO audit_event ({COLUMNS}, revision)
    SELECT '2026-11-27', 'user:' || mod(n, 90), '赵敏', 'market-regulation', 'record.submitted', 'creditrecord',
           n::text, 'draft', 'submitted', CASE WHEN mod(n, 5) = 0 THEN '材料齐全，与决定书核对一致，同意' ELSE '' END, 1
    FROM generate_series(1, %s) n
"""  # noqa: S608 - our own constants


def fill(rows: int) -> float:
    """Seconds to write so many events, in statements of one portion each."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for _ in range(0, rows, PORTION):
            cursor.execute(FILL, [min(PORTION, rows)])
    return time.perf_counter() - begun


def sealing(rows: int) -> tuple[float, float]:
    """Rows a second: emptying a queue of as many rows with one statement, and sealing them."""
    with clones.cursor_at(testbed.owner_url()) as cursor:
        cursor.execute("CREATE TABLE bench_queue AS SELECT * FROM audit_unsealed")
        begun = time.perf_counter()
        cursor.execute("WITH gone AS (DELETE FROM bench_queue RETURNING *) SELECT count(leaf) FROM gone")
        emptied = time.perf_counter() - begun
        cursor.execute("DROP TABLE bench_queue")
    begun = time.perf_counter()
    sealed = sealer.seal()
    seconds = time.perf_counter() - begun
    assert sealed is not None
    assert sealed.rows >= rows
    return sealed.rows / emptied, sealed.rows / seconds


def hash_loop(rows: int) -> float:
    """Rows a second of a plain loop over canonical bytes that lie ready in memory."""
    columns = ", ".join(column for column, _ in FORMS["event"][1])
    seconds, counted = 0.0, 0
    with connection.cursor() as cursor:
        for low in range(0, rows, PORTION):
            cursor.execute(
                f"SELECT audit_canonical_event({columns}) FROM audit_event"  # noqa: S608 - our own constants
                " ORDER BY id OFFSET %s LIMIT %s",
                [low, PORTION],
            )
            kept = [bytes(canonical) for (canonical,) in cursor.fetchall()]
            begun = time.perf_counter()
            for canonical in kept:
                sha256(b"\x00" + canonical).digest()
            seconds += time.perf_counter() - begun
            counted += len(kept)
    return counted / seconds


def reading_loop(rows: int) -> float:
    """Rows a second of the plain script somebody would write: read each row's canonical bytes, hash them, no more."""
    columns = ", ".join(column for column, _ in FORMS["event"][1])
    begun, counted = time.perf_counter(), 0
    with transaction.atomic(), connection.connection.cursor("bench_reading") as cursor:
        cursor.itersize = 10_000
        cursor.execute(f"SELECT audit_canonical_event({columns}) FROM audit_event ORDER BY id LIMIT %s", [rows])  # noqa: S608 - our own constants
        for (canonical,) in cursor:
            sha256(b"\x00" + canonical).digest()
            counted += 1
    return counted / (time.perf_counter() - begun)


def leaves() -> float:
    """Rows a second of the one check that hashes: every row's columns against its leaf."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jit', 'off', true)")
        begun = time.perf_counter()
        assert not list(verify_rows.altered(cursor, verify_rows.SOURCES[0]))
        seconds = time.perf_counter() - begun
        return verify_rows.rows(cursor, verify_rows.SOURCES[0]) / seconds


def verifying() -> float:
    """Rows a second, every check of `audit verify`, none of which may fail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        (rows,) = cursor.fetchone()
    begun = time.perf_counter()
    faults = [finding.text for finding in verify.verify() if not finding.ok]
    seconds = time.perf_counter() - begun
    assert not faults, faults
    return float(rows / seconds)
