"""将到期的撤回: known by its day in advance, prepared for it, taken on it (docs/adr/0055)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from daoli_credit.feeds.models import Prepared
from daoli_credit.feeds.models.prepared import Outcome
from daoli_credit.feeds.rules.patience import AHEAD
from daoli_credit.law import clock
from records.models import CreditRecord


@dataclass(frozen=True)
class Day:
    """一天: how many are withdrawn from the platform on it, and of these how many stand prepared."""

    day: date
    known: int
    prepared: int

    @property
    def waiting(self) -> int:
        """还没有备好的: prepared within a minute."""
        return self.known - self.prepared


def of(code: str) -> list[Day]:
    """哪一天从这个平台撤回几条, of what it holds now: the day after the last day of use, for the days ahead."""
    today = clock.today()
    held = CreditRecord.objects.in_force(on=today).filter(holdings__recipient=code, holdings__gone_at__isnull=True)
    ready = Exists(Prepared.objects.filter(feed=code, record=OuterRef("pk"), outcome=Outcome.OPEN))
    ending = held.filter(use_until__lt=today + AHEAD).annotate(ready=ready).values_list("use_until")
    counted = ending.annotate(n=Count("pk", distinct=True), m=Count("pk", distinct=True, filter=Q(ready=True)))
    return [Day(last + timedelta(days=1), n, m) for last, n, m in counted.order_by("use_until") if last]


def rows(code: str, *, day: date | None = None, settled: bool = False) -> QuerySet[Prepared]:
    """备好的撤回 of one platform, the next first; or those that were, the last first."""
    found = Prepared.objects.filter(feed=code).select_related("record__item", "record__department")
    found = found.filter(day=day) if day else found
    if settled:
        return found.exclude(outcome=Outcome.OPEN).order_by("-day", "-pk")
    return found.filter(outcome=Outcome.OPEN).order_by("day", "pk")


def late(code: str) -> datetime | None:
    """到了日子还没有撤回的: since the beginning of the earliest such day; None when there is none."""
    first = Prepared.objects.filter(feed=code, outcome=Outcome.OPEN, day__lte=clock.today()).order_by("day").first()
    return datetime.combine(first.day, time.min, tzinfo=clock.CHINA) if first else None
