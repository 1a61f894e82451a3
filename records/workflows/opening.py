"""打开文书: written where the document is shown, in the transaction that shows it. Approval asks for it."""

from collections.abc import Sequence

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records.models import CreditRecord, Opening


def note(records: Sequence[CreditRecord], reviewer: User) -> None:
    """记下打开: these records, as they stand, were shown to this reviewer. Harmless twice."""
    rows = [Opening(record=one, revision=one.revision, reviewer=reviewer, opened_on=clock.today()) for one in records]
    Opening.objects.bulk_create(rows, ignore_conflicts=True)


def unopened(records: Sequence[CreditRecord], reviewer: User) -> list[CreditRecord]:
    """没有打开过的: records that this reviewer has not been shown as they stand now."""
    seen = set(
        Opening.objects.filter(record__in=[one.pk for one in records], reviewer=reviewer).values_list(
            "record_id", "revision"
        )
    )
    return [one for one in records if (one.pk, one.revision) not in seen]
