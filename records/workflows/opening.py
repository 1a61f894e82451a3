"""打开文书: written where the document is shown, in the transaction that shows it. Approval asks for it."""

from collections.abc import Sequence

from django.db import connection

from daoli_credit.accounts.models import User
from daoli_credit.arrays import numbers
from daoli_credit.law import clock
from records.models import CreditRecord, Opening

OPENED = f"""
INSERT INTO {Opening._meta.db_table} (record_id, revision, reviewer_id, opened_on)
SELECT one.record, one.revision, %s, %s FROM unnest(%s::bigint[], %s::integer[]) AS one (record, revision)
ON CONFLICT DO NOTHING
"""  # noqa: S608  our own table


def note(records: Sequence[CreditRecord], reviewer: User) -> None:
    """记下打开: these records, as they stand, were shown to this reviewer. Harmless twice."""
    shown = numbers(one.pk for one in records), numbers(one.revision for one in records)
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [reviewer.pk, clock.today(), *shown])


def unopened(records: Sequence[CreditRecord], reviewer: User) -> list[CreditRecord]:
    """没有打开过的: records that this reviewer has not been shown as they stand now."""
    seen = set(
        Opening.objects.filter(record__in=[one.pk for one in records], reviewer=reviewer).values_list(
            "record_id", "revision"
        )
    )
    return [one for one in records if (one.pk, one.revision) not in seen]
