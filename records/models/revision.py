"""版本: what the outside may hold of a record; one more for every act that changes it."""

from typing import ClassVar

from django.db import models

from records.models.kept_history import KeptHistory
from records.models.record import CreditRecord


class Kind(models.TextChoices):
    """版本种类. Later numbers win, whatever their kind."""

    EFFECTIVE = "effective", "生效"
    CORRECTED = "corrected", "更正"
    MARKED = "marked", "标注异议"
    UNMARKED = "unmarked", "撤销标注"
    SUSPENDED = "suspended", "暂停"
    RESUMED = "resumed", "恢复"
    CONTESTED = "contested", "标注复议、诉讼中"
    UNCONTESTED = "uncontested", "撤销复议、诉讼标注"
    STATED = "stated", "附本人声明"
    RESTATED = "restated", "重申"
    ENDED = "ended", "终止"


# After one of these the outside may hold nothing of the record.
WITHDRAWALS = frozenset({Kind.SUSPENDED, Kind.ENDED})


class Revision(KeptHistory):
    """版本. The number only grows; rows are never changed."""

    record = models.ForeignKey(CreditRecord, models.PROTECT, db_index=False, related_name="revisions")
    number = models.PositiveIntegerField("版本号")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    day = models.DateField("日期")
    before = models.JSONField("更正前的内容", null=True, blank=True)
    made_at = models.DateTimeField("写入时间", auto_now_add=True)

    class Meta:
        verbose_name = "版本"
        verbose_name_plural = "版本"
        ordering: ClassVar = ["record", "number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_revision_number_once_per_record", fields=["record", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.record} 第 {self.number} 版（{self.get_kind_display()}）"
