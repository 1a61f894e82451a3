"""取办: who has a record, or an imported sheet, that waits for review. A row says it; a stale one is released."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.law import clock
from records.models.batch import ImportBatch
from records.models.record import CreditRecord


class HowOver(models.TextChoices):
    """怎样结束的."""

    RUNNING = "", "在办"
    GIVEN_BACK = "given-back", "放回"
    REASSIGNED = "reassigned", "改派"
    STALE = "stale", "逾期释放"
    DONE = "done", "办完"


class Takes(models.QuerySet["Take"]):
    """In hand is a question asked of a day, like everything that ends by itself."""

    def running(self, on: date) -> Self:
        """在办: not over, and not yet stale."""
        return self.filter(over=HowOver.RUNNING, until__gte=on)


class Take(models.Model):
    """取办. `until` is the last day on which it keeps others away; `assigned_by` is empty where the taker chose."""

    record = models.ForeignKey(CreditRecord, models.CASCADE, related_name="takes", null=True, blank=True)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="takes", null=True, blank=True)
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="在办人")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="改派人"
    )
    taken_on = models.DateField("取办日")
    until = models.DateField("保留至")
    over = models.CharField("怎样结束", max_length=12, choices=HowOver, blank=True, default="")
    over_on = models.DateField("结束日", null=True, blank=True)

    objects: ClassVar[models.Manager["Take"]] = Takes.as_manager()

    class Meta:
        verbose_name = "取办"
        verbose_name_plural = "取办"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_take_is_of_a_record_or_of_a_sheet",
                condition=models.Q(record__isnull=True) ^ models.Q(batch__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_take_of_a_record_at_a_time", fields=["record"], condition=models.Q(over="")
            ),
            models.UniqueConstraint(
                name="one_take_of_a_sheet_at_a_time", fields=["batch"], condition=models.Q(over="")
            ),
            models.CheckConstraint(
                name="a_take_that_is_over_says_when",
                condition=models.Q(over="", over_on__isnull=True)
                | (~models.Q(over="") & models.Q(over_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_take_ends_after_it_begins", condition=models.Q(until__gte=models.F("taken_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record or self.batch}：{self.taker}"

    def is_running(self, on: date | None = None) -> bool:
        """The same question as the queryset's, for one row that is already here."""
        return self.over == HowOver.RUNNING and self.until >= (on or clock.today())
