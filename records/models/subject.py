"""信用主体: a natural person about whom at least one record was entered. No address, no kin, no note, no tag."""

import uuid
from typing import ClassVar

from django.db import models


class Subject(models.Model):
    """信用主体. Name and numbers lie in one sealed envelope; `records.identity.reveal` alone opens it."""

    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    envelope = models.BinaryField("身份（封存）")
    name_tail_key = models.BinaryField("姓名加末六位标识", max_length=34, db_index=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "信用主体"
        verbose_name_plural = "信用主体"
        default_permissions = ()

    def __str__(self) -> str:
        return f"信用主体 {self.pk}"

    def person_keys(self) -> list[bytes]:
        """The person keys under every key of the ring, newest first."""
        return [bytes(row.digest) for row in sorted(self.key_rows.all(), key=lambda row: -row.key_id)]


class SubjectKey(models.Model):
    """个人标识: one row per ring key. Uniqueness on each makes one person one subject, also while keys rotate."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="key_rows")
    key_id = models.PositiveSmallIntegerField("密钥号")
    digest = models.BinaryField("个人标识", max_length=34, unique=True)

    class Meta:
        verbose_name = "个人标识"
        verbose_name_plural = "个人标识"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_person_key_per_ring_key", fields=["subject", "key_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · 密钥 {self.key_id}"
