"""抽查: which records of a sheet of permits, titles or honours were looked at, drawn so that anybody can draw again."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from records.models.batch import ImportBatch


class Sample(models.Model):
    """抽查. Never of adverse information (trigger). `drawn` follows from `seed` and `of` (`records.rules.sampling`)."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, related_name="sample")
    seed = models.CharField("随机种子", max_length=32)
    of = models.JSONField("总体（记录编号）")
    drawn = models.JSONField("抽中的记录编号")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_on = models.DateField("抽取日")
    wrong = models.JSONField("有差错的", default=list)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="认定人"
    )
    judged_on = models.DateField("认定日", null=True, blank=True)

    class Meta:
        verbose_name = "抽查"
        verbose_name_plural = "抽查"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_sample_is_not_empty", condition=~models.Q(drawn=[])),
            models.CheckConstraint(
                name="a_judged_sample_says_by_whom",
                condition=models.Q(judged_by__isnull=True, judged_on__isnull=True)
                | models.Q(judged_by__isnull=False, judged_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} 抽 {len(self.drawn)} 件"

    @property
    def passed(self) -> bool:
        """没有发现差错."""
        return self.judged_on is not None and not self.wrong
