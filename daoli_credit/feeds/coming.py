"""将到期的撤回: known by its day in advance; counted for the desk, made on the day (docs/adr/0027, 0046)."""

from datetime import date, timedelta

from django.db.models import Count

from daoli_credit.law import clock
from records.models import CreditRecord

AHEAD = timedelta(days=30)


def of(code: str) -> list[tuple[date, int]]:
    """哪一天从这个平台撤回几条, of what it holds now: the day after the last day of use, for the days ahead."""
    today = clock.today()
    held = CreditRecord.objects.in_force(on=today).filter(holdings__recipient=code, holdings__gone_at__isnull=True)
    ending = held.filter(use_until__lt=today + AHEAD).values_list("use_until").annotate(n=Count("pk", distinct=True))
    return [(last + timedelta(days=1), n) for last, n in ending.order_by("use_until") if last]
