"""日记: that on some day something of a unit was sent back, or its end written down; never of what, nor of how much."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models import Department


class DayNote(models.Model):
    """一笔. `about` is the day on which it had been reported, or on which it was over. A second of the same is none."""

    class Kind(models.TextChoices):
        RETURNED = "returned", "退回"
        INCOMPLETE = "incomplete", "缺项退回"
        EXPIRED = "expired", "到期终止"

    department = models.ForeignKey(
        Department, models.PROTECT, db_index=False, related_name="+", verbose_name="认定部门"
    )
    kind = models.CharField("种类", max_length=12, choices=Kind)
    about = models.DateField("报送日或者到期日")
    day = models.DateField("办理日")

    class Meta:
        verbose_name = verbose_name_plural = "日记"
        default_permissions = ()
        constraints: ClassVar = [
            # in the order in which supervision asks (records.days)
            models.UniqueConstraint(name="a_day_is_noted_once", fields=["kind", "day", "department", "about"]),
            models.CheckConstraint(
                name="a_note_is_of_a_known_kind", condition=models.Q(kind__in=["returned", "incomplete", "expired"])
            ),
            models.CheckConstraint(name="nothing_is_noted_ahead", condition=models.Q(about__lte=models.F("day"))),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.day} {self.get_kind_display()}"
