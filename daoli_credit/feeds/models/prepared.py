"""备好的撤回: what a platform holds and has to give back on a day that is known; the sweep of that day takes it."""

from typing import ClassVar

from django.db import models

from daoli_credit.feeds.models.feed import Feed
from records.models import CreditRecord


class Outcome(models.TextChoices):
    """结果."""

    OPEN = "", "已备好"
    TAKEN = "taken", "到日已撤回"
    MOOT = "moot", "不再需要"


class Prepared(models.Model):
    """备好的撤回. It names the record and the day and no revision: numbers go on growing until then.

    Not changed once it is settled, and deleted with its record only (trigger).
    """

    feed = models.ForeignKey(Feed, models.PROTECT, db_index=False, related_name="prepared", verbose_name="平台")
    record = models.ForeignKey(CreditRecord, models.PROTECT, db_index=False, related_name="+", verbose_name="信用记录")
    day = models.DateField("撤回日")
    made_at = models.DateTimeField("备好时间")
    outcome = models.CharField("结果", max_length=8, choices=Outcome, blank=True, default="", db_default="")
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)

    class Meta:
        verbose_name = "备好的撤回"
        verbose_name_plural = "备好的撤回"
        ordering: ClassVar = ["day", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_withdrawal_stands_prepared",
                fields=["feed", "record"],
                condition=models.Q(settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_settled_preparation_says_how",
                condition=models.Q(settled_at__isnull=True, outcome="")
                | models.Q(settled_at__isnull=False, outcome__in=["taken", "moot"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["feed", "day", "id"], name="prepared_by_day", condition=models.Q(outcome="")),
            models.Index(fields=["record", "feed"], name="prepared_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.day}"
