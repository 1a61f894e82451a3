"""条文附件: the text that the legal officer read, sealed in the database and nowhere else."""

import uuid
from typing import ClassVar

from django.db import models

from daoli_credit import sealed
from daoli_credit.rulepack.models.change import RuleChange


class RuleText(models.Model):
    """条文附件. Never changed, never deleted; `digest` is the SHA-256 of what was attached."""

    change = models.OneToOneField(RuleChange, models.PROTECT, related_name="text", verbose_name="规则确认件")
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("文件种类", max_length=40)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("摘要（SHA-256）", max_length=64)
    envelope = models.BinaryField("密文")

    class Meta:
        verbose_name = "条文附件"
        verbose_name_plural = "条文附件"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_rule_text_is_there", condition=models.Q(size__gt=0) & ~models.Q(digest="") & ~models.Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


def context(text: RuleText) -> bytes:
    """What the envelope is bound to."""
    return b"rule-text|" + text.token.bytes


sealed.register(sealed.Envelope("rulepack.RuleText", "envelope", context, portion=4))
