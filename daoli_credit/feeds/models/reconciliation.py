"""对账: our holdings beside what the platform says it holds, by (record, revision, hash)."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models import Department
from daoli_credit.feeds.models.feed import Feed


class Reconciliation(models.Model):
    """一次对账. A run that could not ask says so in `failed` and changes nothing else."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="reconciliations", verbose_name="平台")
    at = models.DateTimeField("时间")
    here = models.PositiveIntegerField("我方记为收录", default=0)
    there = models.PositiveIntegerField("对方自述持有", default=0)
    differences = models.PositiveIntegerField("差异", default=0)
    failed = models.CharField("未能对账", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "对账"
        verbose_name_plural = "对账"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.feed_id} {self.at:%Y-%m-%d %H:%M}"


class TheirCopy(models.Model):
    """对方自述的一份: from the reconciliation that first saw it until one that no longer did."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="their_copies", verbose_name="平台")
    record_number = models.CharField("系统编号", max_length=24)
    revision = models.PositiveIntegerField("对方版本")
    digest = models.CharField("摘要", max_length=64)
    seen_at = models.DateTimeField("首次见到")
    unseen_at = models.DateTimeField("不再见到", null=True, blank=True)

    class Meta:
        verbose_name = "对方自述的一份"
        verbose_name_plural = "对方自述的一份"
        ordering: ClassVar = ["record_number", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_copy_of_a_record_at_a_time",
                fields=["feed", "record_number"],
                condition=models.Q(unseen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_number} 第 {self.revision} 版"


class Difference(models.TextChoices):
    """差异种类."""

    MISSING = "missing", "对方没有"
    EXTRA = "extra", "对方仍有，我方没有记为收录"
    REVISION = "revision", "版本不同"
    CONTENT = "content", "版本相同，内容不同"
    REPAIRED = "repaired", "对方已修复或撤下，我方仍在效"
    ENDED = "ended", "我方已到期或终止，对方仍有"


class Discrepancy(models.Model):
    """差异. Open until a later run no longer sees it."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="discrepancies", verbose_name="平台")
    record_number = models.CharField("系统编号", max_length=24)
    kind = models.CharField("种类", max_length=12, choices=Difference)
    ours = models.PositiveIntegerField("我方版本", null=True, blank=True)
    theirs = models.PositiveIntegerField("对方版本", null=True, blank=True)
    cause = models.CharField("可能的原因", max_length=120, blank=True, default="")
    owner = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    alarm = models.BooleanField("终止以后对方仍有", default=False)
    found_at = models.DateTimeField("发现时间")
    cleared_at = models.DateTimeField("消除时间", null=True, blank=True)

    class Meta:
        verbose_name = "差异"
        verbose_name_plural = "差异"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_discrepancy_of_a_kind",
                fields=["feed", "record_number", "kind"],
                condition=models.Q(cleared_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_number}：{self.get_kind_display()}"
