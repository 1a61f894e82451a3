"""索引: what the pages and the foreign keys ask of the register finds its rows by an index, and none is kept twice."""

import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from records.models import BatchRow, CreditRecord, Holding, Revision, SubjectKey
from records.models.record import S
from tests.cast import Cast

OPEN = [S.DRAFT, S.RETURNED]
ASKED: dict[str, QuerySet[Any]] = {
    "record_by_department": CreditRecord.objects.filter(department=1),
    "record_by_subject": CreditRecord.objects.filter(subject=1),
    "record_by_enterer": CreditRecord.objects.filter(entered_by=1, status__in=OPEN),
    "record_by_submitter": CreditRecord.objects.filter(submitted_by=1, status=S.SUBMITTED),
    "a_revision_number_once_per_record": Revision.objects.filter(record=1),
    "each_line_of_a_batch_once": BatchRow.objects.filter(batch=1),
    "one_person_key_per_ring_key": SubjectKey.objects.filter(subject=1),
    "one_holding_per_recipient_and_record": Holding.objects.filter(record=1),
}


@pytest.mark.parametrize("index", list(ASKED))
def test_a_look_finds_its_rows_by_the_index_that_others_begin_with(db: None, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = json.dumps(json.loads(ASKED[index].order_by().explain(format="json")))
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
