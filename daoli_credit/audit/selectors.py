"""读存证: what was done to an object, and who looked at a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from daoli_credit.audit.models import Event, LookUp


@dataclass
class Look:
    """一次查询和它的结果."""

    look: LookUp
    outcomes: list[LookUp] = field(default_factory=list)


def history(noun: str, object_id: object) -> QuerySet[Event]:
    """办理经过: every event of one object, oldest first."""
    return Event.objects.filter(noun=noun, object_id=str(object_id)).order_by("id")


def looks_of(person_keys: list[bytes]) -> QuerySet[LookUp]:
    """谁看过这个人: looks under any key of the ring, newest first."""
    return LookUp.objects.filter(person_key__in=person_keys, ref=None).order_by("-id")


def with_outcomes(rows: Iterable[LookUp]) -> list[Look]:
    """这些查询, in the order given, each with its outcomes in the order they came."""
    looks = {row.pk: Look(row) for row in rows}
    keys = {bytes(one.look.person_key) for one in looks.values()}
    for row in LookUp.objects.filter(person_key__in=keys, ref__in=list(looks)).order_by("id"):
        if row.ref in looks:
            looks[row.ref].outcomes.append(row)
    return list(looks.values())


def looks_at(person_keys: list[bytes]) -> list[Look]:
    """谁看过这个人, all of it."""
    return with_outcomes(looks_of(person_keys))
