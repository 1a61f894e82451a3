"""读依据失效件: what is paused, and what waits for whom."""

from django.db.models import Exists, OuterRef

from daoli_credit.accounts.models import User
from records.models import Lapse


def standing_still() -> Exists:
    """暂停中 of a record, as a condition: its item and body have a paused lapse."""
    return Exists(Lapse.objects.paused().filter(item=OuterRef("item"), department=OuterRef("department")))


def waiting_for(user: User) -> int:
    """等办的: a proposal for the second person, a lapse for the legal officer."""
    seen = Lapse.objects.visible_to(user)
    second = seen.filter(status="proposed", department_id__in=user.departments("review_record")).exclude(
        proposed_by=user
    )
    first = seen.filter(status="found", department_id__in=user.departments("legal_review"))
    return second.count() + first.count()
