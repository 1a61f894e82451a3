"""对账差异的归口: what a platform holds otherwise than we do, for the department that has to settle it."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.feeds.models import Delivery, Discrepancy, TheirCopy
from daoli_credit.feeds.models.delivery import State
from daoli_credit.feeds.models.reconciliation import Difference
from records.models import CreditRecord
from records.outgoing import HANDLER

Named = TypeVar("Named", Discrepancy, TheirCopy)


def of(user: User) -> QuerySet[Discrepancy]:
    """未消除的差异 of the user's departments, the longest open first."""
    mine = Discrepancy.objects.filter(cleared_at__isnull=True, owner_id__in=user.departments("submit_record"))
    return mine.order_by("pk")


def held_at_the_desk(user: User) -> QuerySet[Delivery]:
    """等推送值守处理的暂缓: what is held with the office as its owner."""
    held = Delivery.objects.filter(state=State.HELD, held_owner__code=HANDLER)
    return held if user.may_anywhere("operate_feeds") else held.none()


def at_the_desk(user: User) -> QuerySet[Discrepancy]:
    """等推送值守处理的差异: what differs with the office as its owner."""
    open_ones = Discrepancy.objects.filter(cleared_at__isnull=True, owner__code=HANDLER)
    return open_ones if user.may_anywhere("operate_feeds") else open_ones.none()


def ours(rows: QuerySet[Named]) -> QuerySet[Named]:
    """写明编号是不是我方的 (`known`): a platform also names what it never had from us, and that opens no page."""
    said = CreditRecord.objects.filter(number=OuterRef("record_number"), revisions__isnull=False)
    return rows.annotate(known=Exists(said))


@dataclass(frozen=True)
class Waits:
    """一个平台里等推送值守处理的: held deliveries and open differences; the menu counts their sum."""

    code: str
    held: int
    differing: int


def by_feed(user: User) -> list[Waits]:
    """等推送值守处理的, by platform, as the menu counts them."""
    held = dict(held_at_the_desk(user).values_list("feed").annotate(n=Count("pk")).order_by())
    differing = dict(at_the_desk(user).values_list("feed").annotate(n=Count("pk")).order_by())
    return [Waits(code, held.get(code, 0), differing.get(code, 0)) for code in sorted({*held, *differing})]


def of_feed(code: str, *, kind: str = "", cleared: bool = False, owner: str = "") -> QuerySet[Discrepancy]:
    """一个平台的差异: those that are open, or those that are over; alarms first, then the newest."""
    found = ours(Discrepancy.objects.filter(feed=code, cleared_at__isnull=not cleared).select_related("owner"))
    found = found.filter(kind=kind) if kind else found
    found = found.filter(owner__code=owner) if owner else found
    return found.order_by("-cleared_at", "-pk") if cleared else found.order_by("-alarm", "-pk")


def counted(code: str, *, cleared: bool = False) -> list[tuple[str, str, int]]:
    """各种差异几处: code, name, how many; every kind, also those of which there are none."""
    found = Discrepancy.objects.filter(feed=code, cleared_at__isnull=not cleared)
    counts = dict(found.values_list("kind").annotate(n=Count("pk")).order_by())
    return [(str(value), str(label), counts.get(value, 0)) for value, label in Difference.choices]
