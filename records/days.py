"""按日读登记: the first, the last, or whether any, of each unit's days; never whose.

Every question is answered by looks at the ends of stretches of an index, so that it costs the same in a register of
ten thousand records and of ten million (docs/adr/0037); units, items and days are found by leaps as well. What was
sent back or has ended is asked of the day notes (docs/adr/0056).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max

from records.leaves import MOST
from records.models import DayNote

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
    WHERE item_id = pair.item AND department_id = pair.unit AND first_submitted_on = d.day::date
    ORDER BY determined_on LIMIT 1
) f
"""  # noqa: S608 - our own constants
BEGUN = f"""
{PAIRS}
SELECT pair.unit, min(f.first_submitted_on) FROM pair, LATERAL (
    SELECT first_submitted_on FROM records_creditrecord
    WHERE item_id = pair.item AND department_id = pair.unit AND first_submitted_on IS NOT NULL
    ORDER BY first_submitted_on LIMIT 1
) f GROUP BY pair.unit
"""  # noqa: S608 - our own constants
ITEMS = f"""
{PAIRS}
SELECT pair.unit, pair.item FROM pair WHERE EXISTS (
    SELECT FROM records_creditrecord
    WHERE item_id = pair.item AND department_id = pair.unit AND first_submitted_on BETWEEN %(first)s AND %(last)s
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
# the queue of a unit has two stretches, each in the order of the day of report
WAITING = """
WITH RECURSIVE waits (unit, again, day) AS (
    SELECT u.id, w.again, f.submitted_on
    FROM accounts_department u, (VALUES (true), (false)) w (again), LATERAL (
        SELECT submitted_on FROM records_creditrecord
        WHERE department_id = u.id AND was_returned = w.again AND status = 'submitted' AND submitted_on <= %(last)s
        ORDER BY submitted_on LIMIT 1
    ) f
    UNION ALL
    SELECT waits.unit, waits.again, n.submitted_on FROM waits, LATERAL (
        SELECT submitted_on FROM records_creditrecord
        WHERE department_id = waits.unit AND was_returned = waits.again AND status = 'submitted'
        AND submitted_on > waits.day AND submitted_on <= %(last)s
        ORDER BY submitted_on LIMIT 1
    ) n
)
SELECT DISTINCT unit, day FROM waits
"""
COUNTED = """
SELECT u.code, least(sum(c.n), %(most)s) FROM accounts_department u, (VALUES (true), (false)) w (again), LATERAL (
    SELECT count(*) AS n FROM (
        SELECT FROM records_creditrecord
        WHERE department_id = u.id AND was_returned = w.again AND status = 'submitted' AND submitted_on <= %(last)s
        LIMIT %(most)s
    ) these
) c GROUP BY u.code HAVING sum(c.n) > 0
"""
OLDEST = """
SELECT u.id, min(f.submitted_on)
FROM accounts_department u, (VALUES (true), (false)) w (again), LATERAL (
    SELECT submitted_on FROM records_creditrecord
    WHERE department_id = u.id AND was_returned = w.again AND status = 'submitted'
    ORDER BY submitted_on LIMIT 1
) f WHERE u.id = ANY(%(units)s) GROUP BY u.id
"""


def _rows(question: str, **given: Any) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        found: Sequence[Any] = cursor.fetchall()
    return found


def earliest(first: date, last: date) -> Sequence[tuple[int, str, date, date]]:
    """最早的认定日: unit, item, and of what was first reported on a day the earliest determination, then that day.

    When that one was in time, all the others of the day were.
    """
    return _rows(EARLIEST, first=first, last=last)


def begun() -> Sequence[tuple[int, date]]:
    """起报日, by unit."""
    return _rows(BEGUN)


def items(first: date, last: date) -> Sequence[tuple[int, str]]:
    """首次报送过的: unit and item, in these days."""
    return _rows(ITEMS, first=first, last=last)


def answered(first: date, last: date) -> Sequence[tuple[int, date, date]]:
    """最迟的通过日: unit, day of report, and the last day on which anything of that day was approved."""
    return _rows(ANSWERED, first=first, last=last)


def sent_back(first: date) -> Sequence[tuple[int, date, date]]:
    """最迟的退回日: unit, day of report, and the last day on which anything of that day was sent back."""
    # nothing is sent back before it is reported: the earlier days are passed over by the index
    notes = DayNote.objects.filter(kind=DayNote.Kind.RETURNED, day__gte=first, about__gte=first).order_by()
    return list(notes.values_list("department_id", "about").annotate(last=Max("day")))


def returns(first: date, *, incomplete: bool = False) -> Sequence[tuple[int, date]]:
    """有退回的日子, by unit; `incomplete`: only where something that had to be there was missing."""
    kind = DayNote.Kind.INCOMPLETE if incomplete else DayNote.Kind.RETURNED
    notes = DayNote.objects.filter(kind=kind, day__gte=first).order_by()
    return list(notes.values_list("department_id", "day").distinct())


def expired(first: date) -> Sequence[tuple[int, date, bool]]:
    """到期日: unit and day, and whether the end of anything was written down later than the next day."""
    notes = DayNote.objects.filter(kind=DayNote.Kind.EXPIRED, day__gte=first, about__gte=first).order_by()
    found = notes.values_list("department_id", "about").annotate(last=Max("day"))
    return [(unit, day, last > day + timedelta(days=1)) for unit, day, last in found]


def forgotten(before: date) -> Sequence[tuple[int, date]]:
    """到期而没有写下终止的: unit and day."""
    return _rows(FORGOTTEN, before=before)


def waiting(last: date) -> Sequence[tuple[int, date]]:
    """等复核的, reported by that day: unit and day of report."""
    return _rows(WAITING, last=last)


def counted(last: date) -> dict[str, int]:
    """等复核的, reported by that day: how many, by department code, and no further than a thousand."""
    return {code: int(count) for code, count in _rows(COUNTED, last=last, most=MOST + 1)}


def oldest(units: Sequence[int]) -> Sequence[tuple[int, date]]:
    """等复核最久的, by unit: its day of report."""
    return _rows(OLDEST, units=list(units))
