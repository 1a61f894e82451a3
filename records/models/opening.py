"""打开文书: this reviewer has been shown this record, as it stood at this content version, before deciding on it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from records.models.record import CreditRecord


class Opening(models.Model):
    """打开. The database lets nobody approve an adverse record without their own row of its present version."""

    record = models.ForeignKey(CreditRecord, models.CASCADE, related_name="openings")
    revision = models.PositiveIntegerField("内容版本")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="复核人")
    opened_on = models.DateField("打开日")

    class Meta:
        verbose_name = "打开文书"
        verbose_name_plural = "打开文书"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_version_is_opened_once_by_each_reviewer", fields=["record", "reviewer", "revision"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} 第 {self.revision} 版：{self.reviewer}"
