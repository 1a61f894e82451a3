"""停用的密钥: from its row on, nobody is registered under that key again, whatever ring a stale process still holds."""

from typing import ClassVar

from django.db import models


class RetiredKey(models.Model):
    """停用的密钥. The database refuses a person key under it; the row itself only grows."""

    key_id = models.PositiveSmallIntegerField("密钥号", primary_key=True)
    at = models.DateTimeField("停用时间", auto_now_add=True)

    class Meta:
        verbose_name = "停用的密钥"
        verbose_name_plural = "停用的密钥"
        default_permissions = ()
        ordering: ClassVar = ["key_id"]

    def __str__(self) -> str:
        return f"密钥 {self.pk}"
