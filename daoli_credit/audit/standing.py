"""存证的现状: until when evidence is sealed and what still waits. Ids, times and hashes; never whose or about whom."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from daoli_credit.audit.models import Seal


@dataclass(frozen=True)
class Standing:
    """封存的现状: the newest seal if there is one, how many seals, and how many rows wait for the next."""

    last: Seal | None
    seals: int
    waiting: int


def standing() -> Standing:
    """封存的现状."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_unsealed")
        (waiting,) = cursor.fetchone()
    return Standing(seals().first(), seals().count(), waiting)


def seals() -> QuerySet[Seal]:
    """封存批次, newest first."""
    return Seal.objects.order_by("-id")
