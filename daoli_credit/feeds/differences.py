"""对账差异的归口: what a platform holds otherwise than we do, for the department that has to settle it."""

from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.feeds.models import Delivery, Discrepancy
from daoli_credit.feeds.models.delivery import State
from records.outgoing import HANDLER


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
