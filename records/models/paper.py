"""文书: a letter set on A4 once, kept as the very bytes handed over, with how and when they reached the person."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Message
from records.models.attachment import Format
from records.models.record import Service


class Paper(models.Model):
    """送达文书（PDF）. One for each letter. `digest` is of the whole file: a copy can be compared."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="paper", verbose_name="消息")
    number = models.CharField("系统编号", max_length=40)
    document_number = models.CharField("本单位文号", max_length=128, blank=True, default="")
    layout = models.CharField("版面", max_length=12)
    envelope = models.BinaryField("PDF（封存）")
    digest = models.BinaryField("文件摘要（SHA-256）", max_length=32)
    made_on = models.DateField("制成日")

    class Meta:
        verbose_name = "送达文书"
        verbose_name_plural = "送达文书"
        default_permissions = ()

    def __str__(self) -> str:
        return self.number

    @property
    def digest_hex(self) -> str:
        """文件摘要, as anybody's tool writes it."""
        return bytes(self.digest).hex()


class PaperService(models.Model):
    """文书的送达证明 (行政处罚法 61): registered once, by a person; reading on the screen is not one of the ways."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="service", verbose_name="文书")
    how = models.CharField("送达方式", max_length=16, choices=[one for one in Service.choices if one[0]])
    served_on = models.DateField("送达日期")
    proof = models.CharField("送达证明", max_length=60)
    registered_on = models.DateField("登记日")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "文书送达"
        verbose_name_plural = "文书送达"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_paper_is_served_in_a_known_way",
                condition=models.Q(how__in=[one for one in Service.values if one]),
            ),
            models.CheckConstraint(name="a_service_has_its_proof", condition=~models.Q(proof="")),
            models.CheckConstraint(
                name="a_service_is_registered_after_it_happened",
                condition=models.Q(registered_on__gte=models.F("served_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.get_how_display()}"


class PaperConfirmation(models.Model):
    """电子送达确认书: what the person has signed before a paper may be served electronically; its scan, sealed."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="confirmation", verbose_name="文书")
    format = models.CharField("格式", max_length=4, choices=Format)
    size = models.PositiveIntegerField("大小（字节）")
    envelope = models.BinaryField("内容（封存）")
    digest = models.BinaryField("摘要（SHA-256）", max_length=32)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")

    class Meta:
        verbose_name = "电子送达确认书"
        verbose_name_plural = "电子送达确认书"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_confirmation_has_a_known_format", condition=models.Q(format__in=Format.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} 电子送达确认书"


sealed.register(sealed.Other("records.Paper", "digest", "文件摘要，不用密钥"))
