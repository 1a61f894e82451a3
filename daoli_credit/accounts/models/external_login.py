"""本单位认证账号: a staff user's account at the unit's own identity service."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models.user import User


class ExternalLogin(models.Model):
    """关联的登录. The subject stands here only as a keyed digest; a row is made by the user, never by signing in."""

    user = models.ForeignKey(User, models.PROTECT, related_name="external_logins", verbose_name="用户")
    provider = models.SlugField("认证服务代码", max_length=20)
    issuer = models.CharField("签发者", max_length=200)
    subject_key = models.BinaryField("对方用户标识（摘要）", max_length=34, unique=True)
    linked_at = models.DateTimeField("关联时间")

    class Meta:
        verbose_name = "本单位认证账号"
        verbose_name_plural = "本单位认证账号"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "issuer"], name="one_account_per_identity_service"),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.provider}）"
