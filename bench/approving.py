"""approve: a whole set takes effect in one `taking_many`, with the revision of each record and one event.

limit  the same changes as bare SQL, two statements in one transaction, by nobody in particular and with no event
ours   `taking_many` as `records.workflows.many.approve` uses it: locked, right and status checked, both people named

Both meet every trigger and constraint of the table. The records are adverse: the reviewer has opened each of them
before the watch starts. The letters to the people are not in it: a page of fifty has those.
"""

import json
import platform
from functools import partial
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from bench.importing import _in_a_new_database, ours
from bench.spans import Rates, Watch, ratio, table, told
from bench.the_sheet import Sheet, Spent, sheet
from daoli_credit.accounts.models import User
from daoli_credit.embedded import testbed
from daoli_credit.law import clock
from daoli_credit.workflow_sets import taking_many
from records.models import CreditRecord, ImportBatch, Revision
from records.models.revision import Kind
from records.workflows import opening
from records.workflows.many import _append
from records.workflows.record import STEPS

OUT, PORTION = Path("bench-approve.json"), 10_000
BARE = """
UPDATE records_creditrecord SET status = 'effective', reviewed_by_id = %s, effective_on = %s WHERE status = 'submitted'
"""
REVISIONS = """
INSERT INTO records_revision (record_id, number, kind, day, made_at)
SELECT id, 1, 'effective', %s, now() FROM records_creditrecord
"""


def _waiting(lines: Sheet) -> tuple[User, ImportBatch]:
    """A batch that waits for its review, and the reviewer who has opened every record of it."""
    ours(lines)
    reviewer, batch = User.objects.get(username="sunjianguo"), ImportBatch.objects.get()
    opened = CreditRecord.objects.filter(row__batch=batch).only("pk", "revision").order_by("pk")
    while some := list(opened[:PORTION]):
        opening.note(some, reviewer)
        opened = opened.filter(pk__gt=some[-1].pk)
    return reviewer, batch


def approved(lines: Sheet) -> Spent:
    """What ours takes."""
    reviewer, batch = _waiting(lines)
    today = clock.today()
    watch = Watch()
    with taking_many(
        STEPS["approve"],
        CreditRecord.objects.filter(row__batch=batch),
        department=batch.in_department,
        actor=reviewer,
        about=batch.number,
        facts={"reviewed_by": reviewer, "effective_on": today},
    ) as ids:
        _append(ids, Kind.EFFECTIVE, today)
    return _spent(watch, len(lines) - 1)


def bare(lines: Sheet) -> Spent:
    """What the limit takes."""
    reviewer, _ = _waiting(lines)
    today = clock.today()
    watch = Watch()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [reviewer.pk, today])
        cursor.execute(REVISIONS, [today])
    return _spent(watch, len(lines) - 1)


def _spent(watch: Watch, rows: int) -> Spent:
    spent = watch.read()
    assert CreditRecord.objects.filter(status="effective").count() == rows == Revision.objects.count()
    return spent


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; the last line is the one to quote."""
    with testbed.fresh_database():
        lines = sheet(rows)
    rates: Rates = {"approve/limit": [], "approve/ours": []}
    worth: list[float] = []
    for number in range(1, rounds + 1):
        limit = _in_a_new_database(partial(bare, lines))
        mine = _in_a_new_database(partial(approved, lines))
        rates["approve/limit"].append(rows / limit[0])
        rates["approve/ours"].append(rows / mine[0])
        worth.append(limit[1] / mine[1])
        told(number, rates)
        print(f"        处理器 微秒/行 limit {limit[1] / rows * 1e6:.1f} ours {mine[1] / rows * 1e6:.1f}", flush=True)
    table(rates)
    facts = {"job": "approve", "rows": rows, "rates": rates, "processor": worth, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    share = f"ratio={ratio(rates, 'approve'):.2f} processor={median(worth):.2f}"
    print(f"approve {share} rate={median(rates['approve/ours']):.0f}/s n={rows}")
