"""本节点无活动: one click, and the unit is fully on time for this key date (promise 8)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department


class NoCampaign(models.Model):
    """本节点无活动, said by a unit. A campaign that is held after all simply stands beside it and counts instead."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="单位")
    key_date = models.CharField("宣传节点", max_length=40)
    key_day = models.DateField("节点首日")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确认人")
    said_on = models.DateField("确认日")

    class Meta:
        verbose_name = "本节点无活动"
        verbose_name_plural = "本节点无活动"
        ordering: ClassVar = ["-key_day", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "key_date", "key_day"], name="no_campaign_is_said_once_per_key_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}：{self.key_date}（{self.key_day}）本节点无活动"
