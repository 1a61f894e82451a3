"""读信用修复: lines for the desk, one case for its page, and what a person is told of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts.models import User
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import clock
from daoli_credit.workflow import noun
from records import identity
from records.identity import Identity
from records.models import Holding, Repair
from records.models.repair import IN_HAND, Repairs, S
from records.rules import repair_clocks
from records.rules.repair_clocks import Clock

# 应用事项 of a look at a person while a repair is handled.
HANDLING = "repair-handling"
KINDS = {S.APPLIED: "warn", S.UNMET: "off", S.ACCEPTED: "warn", S.WAITING: "off", S.DECIDED: "ok", S.CLOSED: "done"}


@dataclass(frozen=True)
class Line:
    """修复件的一行. Who it is about is shown, masked, only while the record is still in force."""

    repair: Repair
    who: Identity | None
    kind: str
    due: Clock | None
    overdue: bool


def line(repair: Repair) -> Line:
    """一行, with the clock that runs."""
    due = repair_clocks.running(repair)
    shown = repair.status in IN_HAND and repair.record.is_in_force(clock.today())
    return Line(
        repair,
        identity.masked(repair.record.subject) if shown else None,
        KINDS.get(S(repair.status), "off"),
        due,
        overdue=bool(due and due.overdue(clock.today())),
    )


def lines(repairs: Repairs) -> list[Line]:
    """列表行, whoever waits longest first."""
    related = ("record__item", "record__department", "record__subject")
    return [line(repair) for repair in repairs.select_related(*related).order_by("received_on", "pk")]


def waiting_for(user: User) -> Repairs:
    """等这个人办的: to be accepted where the user handles, to be decided where the user decides and did not handle."""
    mine = Repair.objects.visible_to(user)
    to_accept = mine.filter(status=S.APPLIED, record__department_id__in=user.departments("handle_repair"))
    to_decide = mine.filter(status=S.ACCEPTED, record__department_id__in=user.departments("decide_repair"))
    return to_accept | to_decide.exclude(handled_by=user)


def over(user: User) -> Repairs:
    """本单位已经办完的, for the page that says how each went."""
    return Repair.objects.over(user)


def of_person(user: User) -> Repairs:
    """本人的修复件, newest first, whatever has become of them."""
    found = Repair.objects.about(user.person_keys())
    return found.select_related("record__item", "record__department", "record__subject").order_by("-pk")


def holdings(repair: Repair) -> Sequence[Holding]:
    """收录方和它们的确认."""
    return list(repair.record.holdings.order_by("recipient"))


def told(repair: Repair) -> list[Told]:
    """办理经过, oldest first."""
    return by_day(noun(Repair), repair.pk)
