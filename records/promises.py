"""读承诺不实: what waits for the second person, one case with its course, and what the person is told of it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import pack
from daoli_credit.law.rows import Limit
from daoli_credit.workflow import noun
from records.models import FalsePromise, Repair
from records.models.repair_offer import F


def waiting_for(user: User) -> QuerySet[FalsePromise]:
    """等这个人确认的: found by another of the same body."""
    decides = user.departments("decide_repair")
    return (
        FalsePromise.objects.visible_to(user).filter(repair__record__department_id__in=decides).exclude(found_by=user)
    )


def to_confirm(user: User) -> QuerySet[FalsePromise]:
    """等这个人确认的, for the list: whoever waits longest first."""
    return waiting_for(user).select_related("repair__record__item", "found_by").order_by("pk")


def of(repair: Repair) -> FalsePromise | None:
    """这一件的认定, if there is one."""
    return FalsePromise.objects.filter(repair=repair).select_related("found_by", "decided_by").first()


def told(promise: FalsePromise) -> list[Told]:
    """办理经过, oldest first."""
    return by_day(noun(FalsePromise), promise.pk)


def confirmed_about(user: User) -> frozenset[int]:
    """本人的哪几件修复 had a promise that two people found to be untrue."""
    found = FalsePromise.objects.about(user.person_keys()).filter(status=F.CONFIRMED)
    return frozenset(found.values_list("repair_id", flat=True))


@dataclass(frozen=True)
class Own:
    """本人看到的: what was found and confirmed, what follows from it, and by when it may be appealed."""

    promise: FalsePromise
    reconsider: Limit
    sue: Limit


def own(repair: Repair) -> Own | None:
    """本人看到的认定; one that nobody has confirmed, or that was dropped, has no consequence and was never told."""
    found = of(repair)
    if found is None or found.status != F.CONFIRMED:
        return None
    rules = pack.current()
    return Own(found, rules.limit("reconsider"), rules.limit("sue"))
