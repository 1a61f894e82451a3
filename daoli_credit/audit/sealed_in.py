"""封存在哪一批: for the events of one case, so that a printed file can be checked against the roots."""

from collections.abc import Iterable

from django.db import connection

_SEALS = """
    SELECT wanted.id, part.seal_id FROM unnest(%s::bigint[]) AS wanted(id)
    JOIN audit_leaves AS part
      ON part.source = 1 AND wanted.id BETWEEN part.first_id AND part.last_id AND wanted.id = ANY (part.ids)
"""


def seals_of(events: Iterable[int]) -> dict[int, int]:
    """事件编号 → 封存批次; an event that is still queued is left out."""
    wanted = list(events)
    with connection.cursor() as cursor:
        cursor.execute(_SEALS, [wanted])
        return dict(cursor.fetchall())
