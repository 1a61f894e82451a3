"""委托代办: a row with an end, not a grant that someone must remember to take back."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import User


class Delegations(models.QuerySet["Delegation"]):
    """Which of them work."""

    def running(self, on: date) -> Self:
        """那天有效的."""
        return self.filter(from_on__lte=on, until_on__gte=on, ended_at__isnull=True)

    def open(self, on: date) -> Self:
        """有效或者还没有开始的."""
        return self.filter(until_on__gte=on, ended_at__isnull=True)


class Delegation(models.Model):
    """委托: one verb of one department, lent for a stretch of days. Works only while the lender holds it."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="delegations_given", verbose_name="委托人")
    taker = models.ForeignKey(User, models.PROTECT, related_name="delegations_taken", verbose_name="受托人")
    verb = models.CharField("职责", max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="部门")
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）")
    reason = models.CharField("原因", max_length=100)
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="结束人")

    objects: ClassVar[models.Manager["Delegation"]] = Delegations.as_manager()

    class Meta:
        verbose_name = "委托"
        verbose_name_plural = "委托"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_delegation_ends", condition=models.Q(until_on__gte=models.F("from_on"))),
            models.CheckConstraint(name="nobody_delegates_to_themselves", condition=~models.Q(giver=models.F("taker"))),
            models.CheckConstraint(
                name="an_ended_delegation_says_by_whom",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} 委托 {self.taker}（至 {self.until_on}）"

    @property
    def duty(self) -> str:
        """The verb in words."""
        return str(dict(Department._meta.permissions).get(self.verb, self.verb))
