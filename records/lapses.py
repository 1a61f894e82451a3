"""读依据失效件: what is paused, and what waits for whom."""

from django.db.models import Exists, OuterRef, QuerySet

from daoli_credit.accounts.models import User
from records.models import Lapse


def standing_still() -> Exists:
    """暂停中 of a record, as a condition: its item and body have a paused lapse."""
    return Exists(Lapse.objects.paused().filter(item=OuterRef("item"), department=OuterRef("department")))


def to_confirm(user: User) -> QuerySet[Lapse]:
    """等第二人的: what another has proposed."""
    mine = Lapse.objects.visible_to(user).filter(department_id__in=user.departments("review_record"))
    return mine.filter(status="proposed").exclude(proposed_by=user)


def to_settle(user: User) -> QuerySet[Lapse]:
    """等法制审核人员的: a lapse that was found."""
    mine = Lapse.objects.visible_to(user).filter(department_id__in=user.departments("legal_review"))
    return mine.filter(status="found")
