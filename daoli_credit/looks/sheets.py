"""申请人表里的查询: a sheet has a case, a measure and a second person of its own, and is not asking one by one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from daoli_credit.looks.rules.odd import Seen
from incentives.models import CheckSet
from incentives.models.check_set import K

Whose = tuple[str, str, str, date | None]


def _answered(days: Iterable[date]) -> Counter[Whose]:
    """How many looks the sheets of these days account for, by who asked, matter, case and day."""
    found: Counter[Whose] = Counter()
    done = CheckSet.objects.filter(status=K.DONE, answered_on__in=set(days))
    for one in done.select_related("asked_by", "asked_key", "case"):
        asker = one.asked_by or one.asked_key
        if asker is not None:
            found[asker.audit_id, one.matter, one.case.case_number, one.answered_on] += one.rows
    return found


def without(looks: Sequence[Seen]) -> list[Seen]:
    """逐个的查询: the looks less as many as the sheets account for; whoever looks on beside a sheet is counted."""
    left = _answered(look.day for look in looks)
    singly = []
    for look in looks:
        whose = (look.actor_id, look.matter, look.case_number, look.day)
        if left[whose] > 0:
            left[whose] -= 1
        else:
            singly.append(look)
    return singly
