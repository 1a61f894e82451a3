"""收录方: who holds a copy of a record. One row per recipient and record; every page that says so reads it here."""

from typing import ClassVar

from django.db import models

from records.models.record import CreditRecord


class Holding(models.Model):
    """收录方. Written by `records.workflows.holding` only. Open until the recipient has confirmed that it is gone."""

    record = models.ForeignKey(CreditRecord, models.PROTECT, db_index=False, related_name="holdings")
    recipient = models.SlugField("收录方代码", max_length=40)
    recipient_title = models.CharField("收录方", max_length=60)
    # 0 until the recipient has said that it holds something: a copy may be out, and counts as held
    revision = models.PositiveIntegerField("所持版本")
    since = models.DateTimeField("收录时间")
    refusal = models.CharField("对方退回的理由", max_length=300, blank=True, default="")
    asked_at = models.DateTimeField("要求撤下时间", null=True, blank=True)
    gone_at = models.DateTimeField("确认撤下时间", null=True, blank=True)
    # kept by triggers alone: the record has ended and the copy is not known to be gone
    owed = models.BooleanField("终止后未撤下", default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = "收录方"
        verbose_name_plural = "收录方"
        ordering: ClassVar = ["record", "recipient"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_holding_per_recipient_and_record", fields=["record", "recipient"]),
            models.CheckConstraint(
                name="what_is_gone_is_not_owed", condition=models.Q(owed=False) | models.Q(gone_at__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["record"], name="open_holdings", condition=models.Q(gone_at__isnull=True)),
            models.Index(fields=["record"], name="owed_holdings", condition=models.Q(owed=True)),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_title}：{self.record}"
