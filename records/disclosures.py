"""读对外提供登记: the person's own rows, and counts for the office in which nobody can be made out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from daoli_credit.accounts.models import User
from records.models import Disclosure

FEWEST = 10  # a smaller cell is not shown (design.md §9)


@dataclass(frozen=True)
class Cell:
    """一格: a recipient, an item and its basis, and how often; None when too few to be shown."""

    recipient: str
    item: str
    channel: str
    basis: str
    count: int | None


def of_person(user: User) -> QuerySet[Disclosure]:
    """提供给了谁: every copy of this person's records that went out, the newest first."""
    return Disclosure.objects.about(user.person_keys()).order_by("-pk")


def counts(first: date, last: date) -> list[Cell]:
    """各接收方各依据的次数 between two days; no person and no record number."""
    rows = (
        Disclosure.objects.filter(day__gte=first, day__lte=last)
        .values_list("recipient_title", "item_title", "channel", "basis")
        .annotate(n=Count("pk"))
        .order_by("recipient_title", "item_title", "basis")
    )
    return [
        Cell(recipient, item, channel, basis, count if count >= FEWEST else None)
        for recipient, item, channel, basis, count in rows
    ]
