"""approve: a whole set takes effect in one `taking_many`, with the revision of each record and one event.

limit  the same changes as bare SQL, two statements in one transaction, by nobody in particular and with no event
ours   `taking_many` as `records.workflows.many.approve` uses it: locked, right and status checked, both people named

The letters to the people and the look-ups that a reviewer must have are not in it: a page of fifty has those.
"""

import json
import platform
import time
from functools import partial
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from bench.importing import Sheet, _bureau, _in_a_new_database, ours, sheet
from bench.spans import Rates, ratio, table, told
from daoli_credit.accounts.models import User
from daoli_credit.embedded import testbed
from daoli_credit.law import clock
from daoli_credit.workflow import listed, taking_many
from records.models import CreditRecord, ImportBatch, Revision
from records.models.revision import Kind
from records.workflows.many import _append
from records.workflows.record import STEPS

OUT = Path("bench-approve.json")
BARE = """
UPDATE records_creditrecord SET status = 'effective', reviewed_by_id = %s, effective_on = %s WHERE status = 'submitted'
"""
REVISIONS = """
INSERT INTO records_revision (record_id, number, kind, day, made_at)
SELECT id, 1, 'effective', %s, now() FROM records_creditrecord
"""


def _reviewer() -> User:
    _bureau()
    return User.objects.get(username="sunjianguo")


def approved(lines: Sheet) -> float:
    """Seconds of ours."""
    ours(lines)
    reviewer, today, batch = _reviewer(), clock.today(), ImportBatch.objects.get()
    begun = time.perf_counter()
    wanted = CreditRecord.objects.filter(row__batch=batch)
    where = batch.in_department
    with taking_many(STEPS["approve"], wanted, department=where, actor=reviewer, about=batch.number) as ids:
        CreditRecord.objects.filter(pk__in=listed(ids)).update(reviewed_by=reviewer, effective_on=today)
        _append(ids, Kind.EFFECTIVE, today)
    return _seconds(begun, len(lines) - 1)


def bare(lines: Sheet) -> float:
    """Seconds of the limit."""
    ours(lines)
    reviewer, today = _reviewer(), clock.today()
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [reviewer.pk, today])
        cursor.execute(REVISIONS, [today])
    return _seconds(begun, len(lines) - 1)


def _seconds(begun: float, rows: int) -> float:
    seconds = time.perf_counter() - begun
    assert CreditRecord.objects.filter(status="effective").count() == rows == Revision.objects.count()
    return seconds


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; the last line is the one to quote."""
    with testbed.fresh_database():
        lines = sheet(rows)
    rates: Rates = {"approve/limit": [], "approve/ours": []}
    for number in range(1, rounds + 1):
        rates["approve/limit"].append(rows / _in_a_new_database(partial(bare, lines)))
        rates["approve/ours"].append(rows / _in_a_new_database(partial(approved, lines)))
        told(number, rates)
    table(rates)
    facts = {"job": "approve", "rows": rows, "rates": rates, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"approve ratio={ratio(rates, 'approve'):.2f} rate={median(rates['approve/ours']):.0f}/s n={rows}")
