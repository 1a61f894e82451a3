"""案件队列: which cases are late, whose turn it is, and which this user has had in hand. Never by person."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Q
from django.db.models.expressions import ExpressionWrapper

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from incentives.models.listing import Listings
from incentives.models.status import S
from incentives.selectors import case, course, finding

HANDS = (
    "proposed_by",
    "transit_checked_by",
    "reviewed_by",
    "legal_reviewed_by",
    "decided_by",
    "dropped_by",
    "revoked_by",
)


NUMBERS = ("number", "notice_number", "decision_number", "ground_document", "revocation_number")


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


@dataclass(frozen=True)
class Asked:
    """筛选的条件."""

    status: str
    kind: str
    number: str
    turn: bool
    mine: bool
    late: bool

    @property
    def narrows(self) -> bool:
        """有没有条件."""
        return bool(self.status or self.kind or self.number or self.turn or self.mine or self.late)


def asked(of: Mapping[str, str]) -> Asked:
    """地址里写的条件; nonsense asks for nothing."""
    status, kind = of.get("status", ""), of.get("kind", "")
    return Asked(
        status=status if status in S.values else "",
        kind=kind if kind in pack.current().lists else "",
        number=finding.asked(of),
        turn=of.get("turn") == "1",
        mine=of.get("mine") == "1",
        late=of.get("late") == "1",
    )


def narrowed(cases: Listings, user: User, wanted: Asked) -> Listings:
    """符合条件的, all conditions together."""
    rows = finding.by_number(cases, wanted.number, *NUMBERS)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.kind:
        rows = rows.filter(list_type=wanted.kind)
    if wanted.turn:
        rows = rows.filter(pk__in=[one.pk for one in case.waiting_for(user)])
    if wanted.mine:
        rows = handled_by(rows, user)
    return rows.filter(pk__in=late(cases)) if wanted.late else rows
