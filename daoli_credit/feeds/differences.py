"""对账差异的归口: what a platform holds otherwise than we do, for the department that has to settle it."""

from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.feeds import selectors
from daoli_credit.feeds.models import Delivery, Discrepancy
from daoli_credit.feeds.models.delivery import State
from records.outgoing import HANDLER


def of(user: User) -> QuerySet[Discrepancy]:
    """未消除的差异 of the user's departments, the longest open first."""
    mine = Discrepancy.objects.filter(cleared_at__isnull=True, owner_id__in=user.departments("submit_record"))
    return mine.order_by("pk")


def at_the_desk(user: User) -> int:
    """等推送值守处理的 how many: what is held and what differs with the office as its owner."""
    if not user.may_anywhere("operate_feeds"):
        return 0
    held = Delivery.objects.filter(state=State.HELD, held_owner__code=HANDLER).count()
    return held + Discrepancy.objects.filter(cleared_at__isnull=True, owner__code=HANDLER).count()


def waiting_for(user: User) -> int:
    """等本部门核对的 how many: what was sent back, and what differs."""
    return selectors.returned_count(user) + of(user).count()
