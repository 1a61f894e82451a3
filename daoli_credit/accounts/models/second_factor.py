"""第二因素: an authenticator's secret, sealed, and the recovery codes that stand in for it."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models.user import User


class SecondFactor(models.Model):
    """动态口令. One per user; counts from `confirmed_at`. `last_step` is the newest time step used (RFC 6238)."""

    user = models.OneToOneField(User, models.PROTECT, related_name="second_factor", verbose_name="用户")
    token = models.UUIDField("编号", unique=True)
    secret = models.BinaryField("密钥（封存）")
    made_at = models.DateTimeField("生成时间")
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最后用过的时间步", default=0)

    class Meta:
        verbose_name = "第二因素"
        verbose_name_plural = "第二因素"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} 的动态口令"


class RecoveryCode(models.Model):
    """恢复码. Only its keyed digest; good once."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes", verbose_name="第二因素")
    digest = models.BinaryField("摘要", max_length=34)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "恢复码"
        verbose_name_plural = "恢复码"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["factor", "digest"], name="a_recovery_code_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.factor} 的恢复码"
