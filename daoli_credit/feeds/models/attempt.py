"""推送尝试: recorded whatever happened; rows are never changed."""

from typing import ClassVar

from django.db import models

from daoli_credit.feeds.models.delivery import Delivery


class Outcome(models.TextChoices):
    """结果."""

    ACCEPTED = "accepted", "对方受理"
    REFUSED = "refused", "对方当场退回"
    FAILED = "failed", "没有送成"
    UNKNOWN = "unknown", "结果不明"


class Attempt(models.Model):
    """推送尝试. The answer is masked before it is kept."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="tries", verbose_name="推送单")
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=12, choices=Outcome)
    http_status = models.PositiveSmallIntegerField("HTTP 状态", null=True, blank=True)
    package = models.PositiveBigIntegerField("所在的包", null=True, blank=True)
    answer = models.CharField("对方的话（已遮盖）", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "推送尝试"
        verbose_name_plural = "推送尝试"
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.delivery}：{self.get_outcome_display()}"
