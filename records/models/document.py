"""两书: the documents told to the person when a record takes effect, stored as told, never rendered again."""

from typing import ClassVar

from django.db import models

from daoli_credit import sealed
from records.models.record import CreditRecord


class DocumentKind(models.TextChoices):
    """文书种类."""

    EFFECT = "effect-notice", "信用信息记入告知书"
    REPAIR = "repair-notice", "信用修复告知书"


class ServedDocument(models.Model):
    """告知文书. The text is sealed, bound to its message's token; the digest lets anyone compare a paper copy."""

    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="documents")
    kind = models.CharField("种类", max_length=16, choices=DocumentKind)
    template = models.CharField("模板版本", max_length=40)
    message = models.ForeignKey("accounts.Message", models.PROTECT, verbose_name="消息")
    digest = models.BinaryField("正文摘要（SHA-256）", max_length=32)

    class Meta:
        verbose_name = "告知文书"
        verbose_name_plural = "告知文书"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_document_once_per_record", fields=["record", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.record}）"


sealed.register(sealed.Other("records.ServedDocument", "digest", "正文摘要，不用密钥"))
