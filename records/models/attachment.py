"""附件: the scan of a decision, of a receipt of service, or of an identity's proof. Sealed, and shown to few."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import User
from daoli_credit.workflow import Stepped
from records.models.identity_case import IdentityCase
from records.models.record import CreditRecord


class Paper(models.TextChoices):
    """是什么."""

    DECISION = "decision", "决定书"
    RECEIPT = "receipt", "送达回证"
    PROOF = "proof", "证明材料"
    CONFIRMATION = "confirmation", "电子送达确认书"


class Format(models.TextChoices):
    """文件格式, as told by the first bytes and never by the name."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG"
    OFD = "ofd", "OFD"


MIME = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "ofd": "application/ofd"}


class Attachments(models.QuerySet["Attachment"]):
    """The two ways in. Neither reads the bytes: `records.sealed_attachments` opens one."""

    def visible_to(self, user: User) -> Self:
        """本单位可见: with its record, or with its case."""
        records = CreditRecord.objects.visible_to(user)
        cases = IdentityCase.objects.visible_to(user)
        return self.filter(models.Q(record__in=records) | models.Q(case__in=cases)).defer("envelope")


class Attachment(models.Model):
    """附件. The name that the file had is not kept: people write names and numbers into it."""

    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(
        CreditRecord, models.CASCADE, related_name="attachments", null=True, blank=True, verbose_name="信用记录"
    )
    case = models.ForeignKey(
        IdentityCase, models.CASCADE, related_name="attachments", null=True, blank=True, verbose_name="身份核定件"
    )
    paper = models.CharField("是什么", max_length=12, choices=Paper)
    format = models.CharField("格式", max_length=4, choices=Format)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.BinaryField("摘要", max_length=32)
    envelope = models.BinaryField("内容（封存）")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects: ClassVar[models.Manager["Attachment"]] = Attachments.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_attachment_belongs_to_one_thing",
                condition=models.Q(record__isnull=False, case__isnull=True)
                | models.Q(record__isnull=True, case__isnull=False),
            ),
            models.CheckConstraint(
                name="an_attachment_has_a_known_format", condition=models.Q(format__in=Format.values)
            ),
            models.UniqueConstraint(
                name="the_same_file_once_on_a_record",
                fields=["record", "digest"],
                condition=models.Q(record__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()}（{self.get_format_display()}）"

    @property
    def owner(self) -> Stepped:
        """What it belongs to."""
        found = self.record or self.case
        if found is None:
            raise TypeError("附件没有所属的件")
        return found

    @property
    def kilobytes(self) -> int:
        """大小, for people."""
        return -(-self.size // 1024)
