"""索引: what the pages and the foreign keys ask of the register finds its rows by an index, and none is kept twice."""

import json
from datetime import date
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.db.models import Q, QuerySet

from daoli_credit.embedded import testbed
from records.models import BatchRow, CreditRecord, Holding, Revision, SubjectKey
from records.models.record import S
from tests.cast import Cast

OTHERS = """
    SELECT indexrelid::regclass::text FROM pg_index
    WHERE indrelid = %s::regclass AND indexrelid::regclass::text <> %s AND NOT indisunique
"""
OPEN = [S.DRAFT, S.RETURNED]
DAY = date(2026, 1, 5)
ALONE = Q(row__isnull=True) | Q(was_returned=True)
ASKED: dict[str, QuerySet[Any]] = {
    "record_by_department": CreditRecord.objects.filter(department=1),
    "record_by_subject": CreditRecord.objects.filter(subject=1),
    "record_by_enterer": CreditRecord.objects.filter(entered_by=1, status__in=OPEN),
    "record_by_submitter": CreditRecord.objects.filter(submitted_by=1, status=S.SUBMITTED),
    "record_by_queue": CreditRecord.objects.filter(department=1, status=S.SUBMITTED),
    "record_by_queue_alone": CreditRecord.objects.filter(ALONE, department=1, status=S.SUBMITTED),
    "record_by_first_report": CreditRecord.objects.filter(item="penalty-food"),
    "record_by_review": CreditRecord.objects.filter(department=1, submitted_on=DAY, effective_on__isnull=False),
    "record_unsealed": CreditRecord.objects.filter(status=S.ENDED, department=1).exclude(content={}),
    "a_revision_number_once_per_record": Revision.objects.filter(record=1),
    "each_line_of_a_batch_once": BatchRow.objects.filter(batch=1),
    "one_person_key_per_ring_key": SubjectKey.objects.filter(subject=1),
    "one_holding_per_recipient_and_record": Holding.objects.filter(record=1),
    "owed_holdings": Holding.objects.filter(record=1, owed=True),
}


@pytest.mark.parametrize("index", list(ASKED))
def test_a_look_finds_its_rows_by_the_index_that_others_begin_with(db: None, index: str) -> None:
    """In an empty table one index is as good as another: the others are away while the planner is asked."""
    sql, given = ASKED[index].order_by().query.sql_with_params()
    owner = psycopg2.connect(testbed.owner_url())
    try:
        with owner.cursor() as cursor:
            cursor.execute(OTHERS, [ASKED[index].model._meta.db_table, index])
            for (other,) in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{other}"')
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", given)
            plan = json.dumps(cursor.fetchone())
    finally:
        owner.rollback()
        owner.close()
    assert f'"Index Name": "{index}"' in plan
    assert '"Index Cond"' in plan


def test_no_index_of_the_register_begins_another(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.indexrelid::regclass::text, b.indexrelid::regclass::text
            FROM pg_index a JOIN pg_index b ON a.indrelid = b.indrelid AND a.indexrelid <> b.indexrelid
            WHERE a.indrelid::regclass::text IN ('records_creditrecord', 'records_revision', 'records_batchrow',
                  'records_subject', 'records_subjectkey')
              AND NOT a.indisunique AND a.indpred IS NULL AND b.indpred IS NULL
              AND (b.indkey::text || ' ') LIKE (a.indkey::text || ' %')
            """
        )
        assert cursor.fetchall() == []
