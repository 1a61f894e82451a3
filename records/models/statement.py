"""本人声明: a person's own words beside a record, seen by every reader, gone when the person takes them back."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models import Message
from records.models.record import CreditRecord


class Statement(models.Model):
    """本人声明 (参照征信业管理条例第十六条). The words are sealed in the person's own message."""

    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="statements", verbose_name="信用记录")
    letter = models.ForeignKey(Message, models.PROTECT, related_name="+", verbose_name="声明（封存）")
    stated_on = models.DateField("声明日")
    taken_back_on = models.DateField("撤下日", null=True, blank=True)

    class Meta:
        verbose_name = "本人声明"
        verbose_name_plural = "本人声明"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_statement_beside_a_record",
                fields=["record"],
                condition=models.Q(taken_back_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_statement_is_taken_back_after_it_was_made",
                condition=models.Q(taken_back_on__isnull=True) | models.Q(taken_back_on__gte=models.F("stated_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} 的本人声明"
