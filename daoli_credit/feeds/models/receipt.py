"""回执: what the platform says it has done with a delivery; early, late, twice or contradicting, all are kept."""

from typing import ClassVar

from django.db import models

from daoli_credit.feeds.models.delivery import Delivery


class Verdict(models.TextChoices):
    """回执结论."""

    ACCEPTED = "accepted", "已办理"
    REJECTED = "rejected", "已退回"


class Receipt(models.Model):
    """回执. The same word heard twice is one row; another word is another row; no row is changed."""

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, db_index=False, related_name="receipts", verbose_name="推送单"
    )
    number = models.CharField("对方回执号", max_length=64)
    verdict = models.CharField("结论", max_length=12, choices=Verdict)
    words = models.CharField("对方的话（已遮盖）", max_length=300, blank=True, default="")
    at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "回执"
        verbose_name_plural = "回执"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="the_same_word_is_kept_once", fields=["delivery", "number", "verdict"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}（{self.get_verdict_display()}）"
