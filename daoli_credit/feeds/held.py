"""我方记为对方持有的: what one platform holds, and what of it has still to go; of what is over, whoever holds it."""

from django.db.models import Prefetch, Q, QuerySet

from records.models import CreditRecord, Holding

# chip → its word, and what it keeps
SHOWN: dict[str, tuple[str, Q]] = {
    "": ("全部", Q()),
    "asked": ("等待对方确认撤下", Q(asked_at__isnull=False)),
    "owed": ("终止以后还没有撤下", Q(owed=True)),
}


def rows(code: str, *, shown: str = "") -> QuerySet[Holding]:
    """对方持有的, the newest first; what is asked back, the longest waiting first."""
    found = Holding.objects.filter(SHOWN[shown][1], recipient=code, gone_at__isnull=True)
    found = found.select_related("record__department")
    return found.order_by("asked_at", "pk") if shown else found.order_by("-pk")


def counted(code: str) -> list[tuple[str, str, int]]:
    """各种几条: chip, word, how many."""
    return [(chip, word, rows(code, shown=chip).order_by().count()) for chip, (word, _) in SHOWN.items()]


def owed(department: str = "") -> QuerySet[CreditRecord]:
    """终止以后还有收录方没有撤下的, whoever they are (`owing`), the longest over first."""
    open_ones = Holding.objects.filter(owed=True)
    found = CreditRecord.objects.filter(pk__in=open_ones.values("record")).select_related("department")
    found = found.filter(department__code=department) if department else found
    owing = Prefetch("holdings", queryset=open_ones.order_by("recipient"), to_attr="owing")
    return found.prefetch_related(owing).order_by("ended_on", "pk")
