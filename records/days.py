"""按日读登记: the first, the last, or whether any, of each unit's days; never whose.

Every question but one is answered by looks at the ends of stretches of an index, so that it costs the same in a
register of ten thousand records and of ten million (docs/adr/0037). Units and items are found by leaps as well.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count

from records.models import CreditRecord
from records.models.record import S

# which unit has reported which item: from one pair to the next
PAIRS = """
WITH RECURSIVE pair (item, unit) AS (
    (SELECT item_id, department_id FROM records_creditrecord ORDER BY 1, 2 LIMIT 1)
    UNION ALL
    SELECT n.item_id, n.department_id FROM pair, LATERAL (
        SELECT item_id, department_id FROM records_creditrecord
        WHERE (item_id, department_id) > (pair.item, pair.unit) ORDER BY 1, 2 LIMIT 1
    ) n
)
"""
EARLIEST = f"""
{PAIRS}
SELECT pair.unit, pair.item, f.determined_on, d.day::date
FROM pair, generate_series(%(first)s::date, %(last)s::date, interval '1 day') d (day), LATERAL (
    SELECT determined_on FROM records_creditrecord
    WHERE item_id = pair.item AND department_id = pair.unit AND submitted_on = d.day::date AND NOT was_returned
    ORDER BY determined_on LIMIT 1
) f
"""  # noqa: S608 - our own constants
BEGUN = f"""
{PAIRS}
SELECT pair.unit, min(f.submitted_on) FROM pair, LATERAL (
    SELECT submitted_on FROM records_creditrecord
    WHERE item_id = pair.item AND department_id = pair.unit AND submitted_on IS NOT NULL AND NOT was_returned
    ORDER BY submitted_on LIMIT 1
) f GROUP BY pair.unit
"""  # noqa: S608 - our own constants
ITEMS = f"""
{PAIRS}
SELECT pair.unit, pair.item FROM pair WHERE EXISTS (
    SELECT FROM records_creditrecord
    WHERE item_id = pair.item AND department_id = pair.unit AND submitted_on BETWEEN %(first)s AND %(last)s
)
"""  # noqa: S608 - our own constants
ANSWERED = """
SELECT u.id, d.day::date, f.effective_on
FROM accounts_department u, generate_series(%(first)s::date, %(last)s::date, interval '1 day') d (day), LATERAL (
    SELECT effective_on FROM records_creditrecord
    WHERE department_id = u.id AND submitted_on = d.day::date AND effective_on IS NOT NULL
    AND status IN ('effective', 'ended') ORDER BY effective_on DESC LIMIT 1
) f
"""
EXPIRED = """
SELECT r.department_id, r.ended_on, bool_or(e.day > r.ended_on + 1)
FROM records_creditrecord r LEFT JOIN audit_event e
  ON e.act = 'record.expired' AND e.noun = 'creditrecord' AND e.object_id = r.id::text AND e.day >= %(first)s
WHERE r.status = 'ended' AND r.end_kind = 'expired' AND r.ended_on >= %(first)s
GROUP BY 1, 2
"""
FORGOTTEN = """
WITH RECURSIVE ended (day) AS (
    (SELECT use_until FROM records_creditrecord WHERE status = 'effective' ORDER BY 1 LIMIT 1)
    UNION ALL
    SELECT n.use_until FROM ended, LATERAL (
        SELECT use_until FROM records_creditrecord
        WHERE status = 'effective' AND use_until > ended.day ORDER BY 1 LIMIT 1
    ) n WHERE ended.day < %(before)s
)
SELECT DISTINCT r.department_id, ended.day FROM ended JOIN records_creditrecord r ON r.use_until = ended.day
WHERE r.status = 'effective' AND ended.day < %(before)s
"""


def _rows(question: str, **given: date) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        found: Sequence[Any] = cursor.fetchall()
    return found


def earliest(first: date, last: date) -> Sequence[tuple[int, str, date, date]]:
    """最早的认定日: unit, item, and of what was reported on a day the earliest determination, then that day.

    When that one was in time, all the others of the day were. What was sent back once is left out.
    """
    return _rows(EARLIEST, first=first, last=last)


def begun() -> Sequence[tuple[int, date]]:
    """起报日, by unit, without what was sent back once."""
    return _rows(BEGUN)


def items(first: date, last: date) -> Sequence[tuple[int, str]]:
    """报送过的: unit and item, in these days."""
    return _rows(ITEMS, first=first, last=last)


def answered(first: date, last: date) -> Sequence[tuple[int, date, date]]:
    """最迟的通过日: unit, day of report, and the last day on which anything of that day was approved."""
    return _rows(ANSWERED, first=first, last=last)


def expired(first: date) -> Sequence[tuple[int, date, bool | None]]:
    """到期日: unit and day, and whether the end of anything was written down later than the next day."""
    return _rows(EXPIRED, first=first)


def forgotten(before: date) -> Sequence[tuple[int, date]]:
    """到期而没有写下终止的: unit and day."""
    return _rows(FORGOTTEN, before=before)


def waiting(before: date) -> dict[tuple[int, date], int]:
    """等复核的, reported before that day: how many by unit and day of report. The one question here that counts."""
    rows = CreditRecord.objects.filter(status=S.SUBMITTED, submitted_on__lt=before).order_by()
    found = rows.values_list("department_id", "submitted_on").annotate(n=Count("pk"))
    return {(unit, day): count for unit, day, count in found if day is not None}
