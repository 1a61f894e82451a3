"""共享法制审核: a small bureau's legal review, lent by a person of another department. A row with an end."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import User


class SharedLegals(models.QuerySet["SharedLegal"]):
    """Which of them work."""

    def running(self, on: date) -> Self:
        """那天有效的."""
        return self.filter(from_on__lte=on, until_on__gte=on, ended_at__isnull=True)

    def open(self, on: date) -> Self:
        """有效或者还没有开始的."""
        return self.filter(until_on__gte=on, ended_at__isnull=True)


class SharedLegal(models.Model):
    """共享法制审核: for a stretch of days the person holds the legal officer's verbs on a department not their own."""

    person = models.ForeignKey(User, models.PROTECT, related_name="legal_shares", verbose_name="法制审核人员")
    department = models.ForeignKey(Department, models.PROTECT, related_name="legal_shares", verbose_name="用人部门")
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）")
    reason = models.CharField("原因", max_length=100)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="授予人")
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="结束人")

    objects: ClassVar[models.Manager["SharedLegal"]] = SharedLegals.as_manager()

    class Meta:
        verbose_name = "共享法制审核"
        verbose_name_plural = "共享法制审核"
        ordering: ClassVar = ["-until_on", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_legal_share_ends", condition=models.Q(until_on__gte=models.F("from_on"))),
            models.CheckConstraint(
                name="an_ended_legal_share_says_by_whom",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} 为{self.department}法制审核（至 {self.until_on}）"
