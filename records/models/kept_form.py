"""没有存完的录入: what a clerk has typed and not yet saved, sealed, so that a lost session loses nothing."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department


class KeptForm(models.Model):
    """没有存完的录入. One for each clerk and form; only that clerk opens it. Gone when saved or a week old."""

    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="录入人")
    department = models.ForeignKey(Department, models.CASCADE, related_name="+", verbose_name="部门")
    item = models.CharField("目录事项", max_length=60)
    envelope = models.BinaryField("内容（封存）")
    kept_at = models.DateTimeField("暂存时间")

    class Meta:
        verbose_name = "没有存完的录入"
        verbose_name_plural = "没有存完的录入"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_kept_form_each", fields=["user", "department", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.item}（{self.kept_at:%Y-%m-%d %H:%M}）"
