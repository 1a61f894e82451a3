"""待逐件复核的表: the first few that wait, found by leaping over the rows of each, however many wait in it."""

from django.db import connection

from daoli_credit.accounts.models import User
from records import leaves
from records.models import ImportBatch
from records.models.batch import B

SHOWN = 10
# The records of a sheet were numbered together when it was entered. One numbered in the midst of another sheet, which
# takes two imports at the same moment, shows when that one has been dealt with.
LEAPS = """
WITH RECURSIVE sheet (batch, day, first, last, place) AS (
    SELECT * FROM (SELECT 0::bigint, '-infinity'::date, 0::bigint, 0::bigint, 0) nothing
    UNION ALL
    SELECT w.batch_id, r.submitted_on, r.id, l.id, sheet.place + 1
    FROM sheet, LATERAL (
        SELECT id, submitted_on, row_id FROM records_creditrecord
        WHERE status = 'submitted' AND department_id = %(unit)s AND NOT was_returned AND row_id IS NOT NULL
        AND (submitted_on, id) > (sheet.day, sheet.last) ORDER BY submitted_on, id LIMIT 1
    ) r JOIN records_batchrow w ON w.id = r.row_id, LATERAL (
        SELECT c.id FROM records_batchrow o JOIN records_creditrecord c ON c.row_id = o.id
        WHERE o.batch_id = w.batch_id ORDER BY o.line DESC LIMIT 1
    ) l WHERE sheet.place < %(shown)s
)
SELECT sheet.batch, n.waiting FROM sheet, LATERAL (
    SELECT count(*) AS waiting FROM (
        SELECT FROM records_creditrecord r JOIN records_batchrow w ON w.id = r.row_id
        WHERE r.status = 'submitted' AND r.department_id = %(unit)s AND NOT r.was_returned
        AND r.submitted_on = sheet.day AND r.id BETWEEN sheet.first AND sheet.last AND w.batch_id = sheet.batch
        LIMIT %(most)s
    ) few
) n WHERE sheet.place > 0
"""


def waiting(user: User) -> list[tuple[ImportBatch, int]]:
    """待逐件复核的批次 of the departments where the user reviews, the oldest first, and how many records wait in each.

    What came back waits by itself in the queue, and is not counted here.
    """
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        for unit in sorted(user.departments("review_record")):
            cursor.execute(LEAPS, {"unit": unit, "shown": SHOWN, "most": leaves.MOST + 1})
            found.update(cursor.fetchall())
    open_ones = ImportBatch.objects.visible_to(user).filter(status=B.COMMITTED, pk__in=found)
    counted = open_ones.select_related("item", "department").order_by("pk")[:SHOWN]
    return [(batch, found[batch.pk]) for batch in counted]
