"""接口密钥: by which a bureau's system, not a person, is known at /api/v1/."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import User


class ServiceKey(models.Model):
    """接口密钥. Asked for by one officer, approved by another; what it may do, for whom and until when stands here.

    Of the secret only its SHA-256: it is 256 random bits, so there is nothing to guess and a slow hash would only
    cost each call.
    """

    prefix = models.CharField("前缀", max_length=12, unique=True)
    digest = models.CharField("密钥摘要", max_length=64)
    title = models.CharField("系统名称", max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="部门")
    scopes = ArrayField(models.CharField(max_length=20), verbose_name="权限")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="keys_made", verbose_name="申请人")
    made_on = models.DateField("申请日")
    expires_on = models.DateField("到期日（含当日）")
    approved_by = models.ForeignKey(
        User, models.PROTECT, related_name="keys_approved", verbose_name="批准人", null=True, blank=True
    )
    approved_on = models.DateField("批准日", null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, related_name="keys_revoked", verbose_name="停用人", null=True, blank=True
    )
    revoked_on = models.DateField("停用日", null=True, blank=True)
    last_used_on = models.DateField("最近使用日", null=True, blank=True)

    class Meta:
        verbose_name = "接口密钥"
        verbose_name_plural = "接口密钥"
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="two_people_stand_behind_a_key",
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("made_by")),
            ),
            models.CheckConstraint(
                name="an_approval_has_a_person_and_a_day",
                condition=models.Q(approved_by__isnull=True, approved_on__isnull=True)
                | models.Q(approved_by__isnull=False, approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_revocation_has_a_person_and_a_day",
                condition=models.Q(revoked_by__isnull=True, revoked_on__isnull=True)
                | models.Q(revoked_by__isnull=False, revoked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_key_ends_within_a_year",
                condition=models.Q(expires_on__gt=models.F("made_on"))
                & models.Q(expires_on__lte=models.F("made_on") + timedelta(days=366)),
            ),
            models.CheckConstraint(name="a_key_may_do_something", condition=models.Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="a_key_is_used_only_once_approved",
                condition=models.Q(last_used_on__isnull=True) | models.Q(approved_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.prefix}）"

    @property
    def audit_id(self) -> str:
        """Which key, in evidence."""
        return f"key:{self.prefix}"

    @property
    def audit_label(self) -> str:
        """Which key, in words."""
        return self.title
