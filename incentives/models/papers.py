"""案卷里的文书: notice, defences, decision, stored as told, never rendered again. Their text is a sealed message."""

from typing import ClassVar

from django.db import models

from daoli_credit import sealed
from incentives.models.listing import Listing
from incentives.models.status import Channel


class Notice(models.Model):
    """拟列入告知书, our text beside the bureau's own numbered document."""

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="notice")
    document_number = models.CharField("文号", max_length=128)
    template = models.CharField("模板版本", max_length=40)
    message = models.ForeignKey("accounts.Message", models.PROTECT, verbose_name="消息")
    digest = models.BinaryField("正文摘要（SHA-256）", max_length=32)

    class Meta:
        verbose_name = "拟列入告知书"
        verbose_name_plural = "拟列入告知书"
        default_permissions = ()

    def __str__(self) -> str:
        return self.document_number


class Defence(models.Model):
    """陈述申辩. The person keeps a copy: the sealed text lies in their own messages."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="defences")
    channel = models.CharField("途径", max_length=8, choices=Channel)
    posted_on = models.DateField("交邮或者提交日")
    received_on = models.DateField("收到日")
    message = models.ForeignKey("accounts.Message", models.PROTECT, verbose_name="消息")
    digest = models.BinaryField("正文摘要（SHA-256）", max_length=32)

    class Meta:
        verbose_name = "陈述申辩"
        verbose_name_plural = "陈述申辩"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="the_same_defence_once", fields=["listing", "digest"]),
            models.CheckConstraint(
                name="a_defence_is_received_after_it_was_posted",
                condition=models.Q(received_on__gte=models.F("posted_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing}（{self.get_channel_display()}）"


class Decision(models.Model):
    """列入决定书, our text beside the bureau's own numbered document."""

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="decision")
    document_number = models.CharField("文号", max_length=128)
    template = models.CharField("模板版本", max_length=40)
    message = models.ForeignKey("accounts.Message", models.PROTECT, verbose_name="消息")
    digest = models.BinaryField("正文摘要（SHA-256）", max_length=32)

    class Meta:
        verbose_name = "列入决定书"
        verbose_name_plural = "列入决定书"
        default_permissions = ()

    def __str__(self) -> str:
        return self.document_number


sealed.register(
    sealed.Other("incentives.Notice", "digest", "正文摘要，不用密钥"),
    sealed.Other("incentives.Defence", "digest", "正文摘要，不用密钥"),
    sealed.Other("incentives.Decision", "digest", "正文摘要，不用密钥"),
)
