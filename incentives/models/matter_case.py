"""办件: the bureau's own case in a matter. A number and its days; no person stands in it."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped


class C(models.TextChoices):
    """状态."""

    OPEN = "open", "在办"
    CLOSED = "closed", "已办结"


class MatterCases(models.QuerySet["MatterCase"]):
    """Whose they are, and whether they are open on a day."""

    def visible_to(self, user: User) -> Self:
        """本部门可见: whoever registers cases there, checks in them or reviews a check; nobody else."""
        verbs = ("register_case", "check_applicants", "approve_check")
        return self.filter(department_id__in=frozenset().union(*(user.departments(verb) for verb in verbs)))

    def open(self, on: date) -> Self:
        """在办: begun, and not closed on the day or before."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), opened_on__lte=on)


class MatterCase(Stepped):
    """办件. `case_number` is what the bureau's own system calls it; its facts stay, and what is closed stays closed."""

    status = models.CharField("状态", max_length=24, choices=C, default=C.OPEN)
    matter = models.SlugField("应用事项", max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    case_number = models.CharField("办件编号", max_length=60)
    opened_on = models.DateField("受理日")
    closed_on = models.DateField("办结日", null=True, blank=True)
    # a bureau's system opens and closes with its key: then there is a name and nobody behind it
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="登记人"
    )
    source = models.CharField("登记的系统", max_length=60, blank=True, default="")

    objects: ClassVar[models.Manager["MatterCase"]] = MatterCases.as_manager()

    class Meta:
        verbose_name = "办件"
        verbose_name_plural = "办件"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_matter_case_has_a_known_status", condition=Q(status__in=C.values)),
            models.CheckConstraint(name="a_matter_case_has_its_number", condition=~Q(matter="") & ~Q(case_number="")),
            models.CheckConstraint(
                name="a_closed_matter_case_has_its_day",
                condition=Q(status="open", closed_on__isnull=True)
                | Q(status="closed", closed_on__isnull=False, closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="somebody_or_a_system_opened_a_matter_case",
                condition=Q(opened_by__isnull=False, source="") | (Q(opened_by__isnull=True) & ~Q(source="")),
            ),
            models.UniqueConstraint(name="a_case_number_once_per_department", fields=["department", "case_number"]),
        ]
        indexes: ClassVar = [models.Index(fields=["department", "status", "-id"], name="matter_case_of_department")]

    def __str__(self) -> str:
        return self.case_number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose case it is."""
        return self.department_id, self.department.code

    def is_open(self, on: date) -> bool:
        """在办: the same question as the queryset's, for one row that is already here."""
        return self.opened_on <= on and (self.closed_on is None or self.closed_on > on)
