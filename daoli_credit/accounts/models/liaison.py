"""联络员: whom the credit office rings up in a department, and who stands in."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models.department import Department


class Liaison(models.Model):
    """联络员及其替补, for a stretch of days. A contact, not a right: neither needs an account."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="liaisons", verbose_name="部门")
    name = models.CharField("联络员", max_length=40)
    phone = models.CharField("办公电话", max_length=20)
    substitute = models.CharField("替补", max_length=40)
    substitute_phone = models.CharField("替补的办公电话", max_length=20)
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）", null=True, blank=True)

    class Meta:
        verbose_name = "联络员"
        verbose_name_plural = "联络员"
        ordering: ClassVar = ["-from_on", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_liaison_ends_after_beginning",
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="a_liaison_has_a_substitute",
                condition=~models.Q(name="") & ~models.Q(substitute="") & ~models.Q(name=models.F("substitute")),
            ),
            models.UniqueConstraint(
                name="one_liaison_at_a_time", fields=["department"], condition=models.Q(until_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}联络员 {self.name}"
