"""退回: why a record went back to its clerk, and what it said then; the clerk's changes are read against it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from records.models.kept_history import KeptHistory
from records.models.record import CreditRecord


class SentBack(KeptHistory):
    """退回. `reasons` are codes of `records.rules.returning`; `was` is the content without identity."""

    record = models.ForeignKey(CreditRecord, models.CASCADE, related_name="returns")
    revision = models.PositiveIntegerField("退回时的内容版本")
    reasons = models.JSONField("退回原因")
    words = models.CharField("说明", max_length=500)
    was = models.JSONField("退回时的内容")
    # no foreign key: who was only mistyped is kept nowhere
    subject_was = models.PositiveBigIntegerField("退回时的当事人")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="退回人")
    returned_on = models.DateField("退回日")

    class Meta:
        verbose_name = "退回"
        verbose_name_plural = "退回"
        ordering: ClassVar = ["record", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_return_names_its_reasons", condition=~models.Q(reasons=[])),
            models.CheckConstraint(
                name="a_return_says_what_is_asked", condition=~models.Q(words="") | models.Q(kept__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} 第 {self.revision} 版退回"
