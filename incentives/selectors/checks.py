"""读核查: the lists of the desk, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from incentives.models import Check, CheckAnswer, CheckDeletion, CheckSet, MatterCase
from incentives.models.check import Checks
from incentives.models.check_set import CheckSets, K
from records.models import CreditRecord


def unanswered() -> "QuerySet[CheckAnswer]":
    """待反馈的: something was found that still stands, and nobody has said what was decided."""
    standing = CreditRecord.objects.provided(on=clock.today()).filter(pk=OuterRef("record"))
    rows = CheckAnswer.objects.filter(due_on__isnull=False, feedback__isnull=True)
    return rows.filter(Exists(standing)) | rows.filter(record__isnull=True)


def feedback_due(user: User) -> Checks:
    """待反馈的核查, in departments where the user checks; the earliest first."""
    mine = Check.objects.visible_to(user).filter(department_id__in=user.departments("check_applicants"))
    return mine.filter(Exists(unanswered().filter(check_made=OuterRef("pk")))).order_by("pk")


def sets(user: User) -> CheckSets:
    """本部门的成批核查, newest first."""
    found = CheckSet.objects.visible_to(user).select_related("case", "department", "asked_by", "asked_key")
    return found.order_by("-pk")


def sets_to_approve(user: User) -> CheckSets:
    """等这个人同意的成批核查: of their department, asked by somebody else."""
    mine = CheckSet.objects.visible_to(user).filter(department_id__in=user.departments("approve_check"))
    return mine.filter(status=K.WAITING).exclude(asked_by=user)


@dataclass(frozen=True)
class Gone:
    """一件办件的核查已经销毁: what is known of it is how many there were, and until when they were kept."""

    case_number: str
    row: CheckDeletion

    @property
    def count(self) -> int:
        """几次（几张表）."""
        return len(self.row.numbers)


def destroyed(user: User, most: int) -> Sequence[Gone]:
    """本部门已销毁的核查, the last ones first; the case itself stays, so that its number can be said."""
    mine = user.departments("check_applicants") | user.departments("approve_check")
    codes = Department.objects.filter(pk__in=mine).values_list("code", flat=True)
    rows = list(CheckDeletion.objects.filter(department__in=list(codes))[:most])
    cases = MatterCase.objects.in_bulk([row.case_pk for row in rows])
    return [Gone(cases[row.case_pk].case_number if row.case_pk in cases else "", row) for row in rows]
