"""领域覆盖一格后面的: the items of a domain, what this week's mark says, and for the unit itself its own records."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack
from daoli_credit.supervision import quality
from daoli_credit.supervision.weeks import Week
from records.models import CreditRecord

MOST = 50  # of one domain and week: enough to look at, and the page does not grow with what was reported


@dataclass(frozen=True)
class Domain:
    """一个领域: its mark of the week, its items, and the unit's own records behind a ✓."""

    title: str
    mark: tuple[str, str, str]
    items: Sequence[str]
    records: Sequence[CreditRecord]


def behind(unit: Department, week: Week, user: User) -> list[Domain]:
    """每个领域一行, in the order of the table. Records only as far as this user may see them."""
    heads, (row,) = quality.coverage([unit], week, today=clock.today())
    marks = {head: mark for head, mark in zip(heads, row.marks, strict=True) if mark}
    found = []
    for code, items in quality.domains(unit).items():
        title = quality.title_of(code)
        if title in marks:
            found.append(Domain(title, marks[title], items, _records(unit, code, week, user)))
    return found


def _records(unit: Department, domain: str, week: Week, user: User) -> list[CreditRecord]:
    codes = [item.code for item in pack.current().items.values() if domain in (item.domains or ("",))]
    own = CreditRecord.objects.visible_to(user).filter(Q(department=unit), item__in=codes)
    return list(own.filter(submitted_on__range=(week.first, week.last)).order_by("pk")[:MOST])
