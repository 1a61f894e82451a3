"""一件办件里没有第二人同意就核查了多少人: one by one and by sheets together, or many small ones were a way around."""

from collections.abc import Collection

from django.db.models import Sum

from daoli_credit.audit.models import LookUp
from incentives.models import Check, CheckSet
from incentives.models.check_set import K


def alone(case_id: int, *, apart: Collection[bytes] = ()) -> int:
    """已经核查的人数, without those of `apart`; what a second person agreed to does not count."""
    singles = Check.objects.filter(case=case_id, of_set=None).exclude(person_key__in=list(apart))
    sets = CheckSet.objects.filter(case=case_id, status=K.DONE, decided_by=None)
    return singles.values("person_key").distinct().count() + (sets.aggregate(n=Sum("rows"))["n"] or 0)


def asked_before(case_number: str, keys: Collection[bytes]) -> bool:
    """这个人在这一件里已经核查过: the same applicant again is nobody new."""
    looks = LookUp.objects.filter(person_key__in=list(keys), kind=LookUp.Kind.LOOK, case_number=case_number)
    return looks.exists()
