"""共享授权的使用: when somebody was last looked at in a matter, and when a sharing that nobody uses is closed."""

from datetime import date, timedelta

from django.db.models import Max

from daoli_credit.audit.models import LookUp
from daoli_credit.law import deadlines
from incentives.models import Sharing
from incentives.rules.sharing import IDLE

BEFORE_ANY_LIMIT = timedelta(days=3 * 366)  # further back nothing is looked for: whatever the pack says is shorter


def last_uses(pairs: set[tuple[str, str]], today: date) -> dict[tuple[str, str], date]:
    """最近一次使用, by (matter, department code): the last look that an officer of it took at anybody there."""
    if not pairs:
        return {}
    found = LookUp.objects.filter(
        kind=LookUp.Kind.LOOK,
        matter__in={matter for matter, _ in pairs},
        department__in={code for _, code in pairs},
        day__gte=today - BEFORE_ANY_LIMIT,
    )
    return {(matter, code): day for matter, code, day in found.values_list("matter", "department").annotate(Max("day"))}


def idle_after(row: Sharing, last: date | None) -> date | None:
    """不用就关闭的日子: the last day of the year after the last use, or after the beginning; None if none is known."""
    begun = row.active_from
    if begun is None:
        return None
    due = deadlines.deadline(IDLE, max(begun, last) if last else begun)
    return due.on if due else None
