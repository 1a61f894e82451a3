"""委托代办: a row with an end, not a grant that someone must remember to take back."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import User


class Delegation(models.Model):
    """委托: one verb of one department, lent for a stretch of days. Works only while the lender holds it."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="delegations_given", verbose_name="委托人")
    taker = models.ForeignKey(User, models.PROTECT, related_name="delegations_taken", verbose_name="受托人")
    verb = models.CharField("职责", max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="部门")
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）")
    reason = models.CharField("原因", max_length=100)

    class Meta:
        verbose_name = "委托"
        verbose_name_plural = "委托"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_delegation_ends", condition=models.Q(until_on__gte=models.F("from_on"))),
            models.CheckConstraint(name="nobody_delegates_to_themselves", condition=~models.Q(giver=models.F("taker"))),
        ]

    def __str__(self) -> str:
        return f"{self.giver} 委托 {self.taker}（至 {self.until_on}）"
