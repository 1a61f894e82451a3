"""读存证: what was done to an object, and who looked at a person."""

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


def looks_at(person_keys: list[bytes]) -> list[Look]:
    """谁看过这个人: looks under any key of the ring, newest first, each with its outcomes in the order they came."""
    looks: dict[int, Look] = {}
    for row in LookUp.objects.filter(person_key__in=person_keys).order_by("id"):
        if row.ref is None:
            looks[row.pk] = Look(row)
        elif row.ref in looks:
            looks[row.ref].outcomes.append(row)
    return list(reversed(looks.values()))
