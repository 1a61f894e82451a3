"""案件队列: which cases are late, and which this user has had in hand. Never by person."""

from django.db.models import BooleanField, Q
from django.db.models.expressions import ExpressionWrapper

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models.listing import Listings
from incentives.selectors import course

HANDS = (
    "proposed_by",
    "transit_checked_by",
    "reviewed_by",
    "legal_reviewed_by",
    "decided_by",
    "dropped_by",
    "revoked_by",
)


def late(cases: Listings) -> set[int]:
    """逾期的: a step that the list type limits, and whose day has passed."""
    today = clock.today()
    found = ((one.pk, course.due(one)) for one in cases.running())
    return {pk for pk, due in found if due and due[1] < today}


def handled_by(cases: Listings, user: User) -> Listings:
    """我经手的: any step of it was this user's."""
    mine = Q()
    for hand in HANDS:
        mine |= Q(**{hand: user})
    return cases.filter(mine)


def late_first(cases: Listings, late_ones: set[int]) -> Listings:
    """逾期的在前, then the newest."""
    if not late_ones:
        return cases
    is_late = ExpressionWrapper(Q(pk__in=late_ones), output_field=BooleanField())
    return cases.annotate(is_late=is_late).order_by("-is_late", "-pk")
