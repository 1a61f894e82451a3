"""索引: what a claim, a receipt and a sweep ask of the deliveries they ask of the record, whatever is on its way."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.feeds.workflows import claiming, settling
from daoli_credit.feeds.workflows import delivery as states
from tests import make_feeds
from tests.cast import Cast

FACTS: dict[str, Any] = {
    "feed": "hlj",
    "lanes": ["withdrawal", "ordinary"],
    "now": datetime(2026, 1, 5, tzinfo=UTC),
    "limit": 500,
    "records": [1, 2],
    "numbers": [1, 1],
    "states": ["waiting", "held"],
    "unsettled": ["waiting", "sending", "awaiting", "held"],
}
ASKED = {
    "认领": (claiming.DUE, {"delivery_waiting", "delivery_of_record"}),
    "取代": (states.OLDER, {"delivery_of_record"}),
    "回执": (settling.OLDER, {"delivery_of_record"}),
}
BEGINS = """
    SELECT a.indexrelid::regclass::text, b.indexrelid::regclass::text FROM pg_index a, pg_index b
    WHERE a.indrelid = b.indrelid AND a.indexrelid <> b.indexrelid AND a.indpred IS NULL AND b.indpred IS NULL
      AND NOT a.indisunique AND (b.indkey::int2[])[0:a.indnkeyatts - 1] = a.indkey::int2[]
      AND a.indrelid = ANY (ARRAY['feeds_delivery', 'feeds_receipt', 'feeds_attempt']::regclass[])
"""


@pytest.mark.parametrize("what", list(ASKED))
def test_a_delivery_is_found_by_its_record_and_not_by_what_is_on_its_way(db: None, what: str) -> None:
    sql, wanted = ASKED[what]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", FACTS)
        plan = json.dumps(cursor.fetchone())
    assert all(f'"Index Name": "{index}"' in plan for index in wanted), plan
    assert '"Index Name": "one_delivery_of_a_record_on_the_wire"' not in plan


def test_no_index_of_the_deliveries_begins_another(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BEGINS)
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "change",
    [
        "key = 'x'",
        "number = number + 1",
        "lane = 'withdrawal'",
        "attempts = attempts - 1",
        "body = body || 'x'",
        "digest = sha256('x')",
    ],
)
def test_what_was_said_stays_said_whichever_column_is_touched(cast: Cast, change: str) -> None:
    one = make_feeds.refused(cast)
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE feeds_delivery SET {change} WHERE id = %s", [one.pk])  # noqa: S608  our own
    with connection.cursor() as cursor:
        cursor.execute("UPDATE feeds_delivery SET held_words = '另记' WHERE id = %s", [one.pk])
