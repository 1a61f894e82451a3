"""对账差异的归口: what a platform holds otherwise than we do, for the department that has to settle it."""

from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.feeds.models import Discrepancy


def of(user: User) -> QuerySet[Discrepancy]:
    """未消除的差异 of the user's departments, the longest open first."""
    mine = Discrepancy.objects.filter(cleared_at__isnull=True, owner_id__in=user.departments("submit_record"))
    return mine.order_by("pk")
