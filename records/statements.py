"""读本人声明: what stands beside a record now, and how long it may be."""

from collections.abc import Iterable

from django.db.models import QuerySet

from daoli_credit import questions
from daoli_credit.accounts import messages
from daoli_credit.arrays import listed
from daoli_credit.law import pack
from records.models import CreditRecord, Statement

LONGEST = 500  # where the pack has no limit of its own


def longest() -> int:
    """字数上限."""
    return pack.current().limit("statement-length").value or LONGEST


def of(record: CreditRecord) -> str:
    """这一条现在附着的本人声明, "" when there is none."""
    found = _beside_one(record.pk)
    return words(found[0]) if found else ""


@questions.prepared
def _beside_one(record: int) -> QuerySet[Statement]:
    return Statement.objects.filter(record=record, taken_back_on__isnull=True).select_related("letter")


def beside(records: Iterable[CreditRecord]) -> dict[int, Statement]:
    """各条现在附着的本人声明, by record; those that have none are not in it."""
    standing = Statement.objects.filter(
        record__in=listed([record.pk for record in records]), taken_back_on__isnull=True
    )
    return {one.record_id: one for one in standing.select_related("letter")}


def words(statement: Statement) -> str:
    """声明的原话. Raises cipher.Unsealable when the envelope was altered."""
    return messages.text(statement.letter).strip()
