"""收录方: who holds a copy of a record. Written by feeds on a receipt; pages that say who holds one read this."""

from typing import ClassVar

from django.db import models

from records.models.record import CreditRecord


class Holding(models.Model):
    """收录方. One row per recipient and record; open until the recipient has confirmed that its copy is gone."""

    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="holdings")
    recipient = models.SlugField("收录方代码", max_length=40)
    recipient_name = models.CharField("收录方", max_length=80)
    revision = models.PositiveIntegerField("持有版本")
    since = models.DateTimeField("确认收录时间")
    removal_asked_at = models.DateTimeField("要求撤下时间", null=True, blank=True)
    removal_confirmed_at = models.DateTimeField("确认撤下时间", null=True, blank=True)

    class Meta:
        verbose_name = "收录方"
        verbose_name_plural = "收录方"
        ordering: ClassVar = ["record", "recipient"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_holding_per_recipient_and_record", fields=["record", "recipient"]),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name} 收录 {self.record}"

    @property
    def is_open(self) -> bool:
        """Does the recipient still hold a copy, as far as it has told us?"""
        return self.removal_confirmed_at is None
