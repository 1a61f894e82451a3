"""读本人声明: what stands beside a record now, and how long it may be."""

from daoli_credit.accounts import messages
from daoli_credit.law import pack
from records.models import CreditRecord, Statement

LONGEST = 500  # where the pack has no limit of its own


def longest() -> int:
    """字数上限."""
    return pack.current().limit("statement-length").value or LONGEST


def of(record: CreditRecord) -> str:
    """这一条现在附着的本人声明, "" when there is none."""
    found = Statement.objects.filter(record=record, taken_back_on__isnull=True).select_related("letter").first()
    return messages.text(found.letter).strip() if found else ""
