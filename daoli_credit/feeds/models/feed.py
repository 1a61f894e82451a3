"""推送平台: what must survive a restart about a feed. Title, address and key stand in the settings."""

from typing import ClassVar

from django.db import models


class Feed(models.Model):
    """推送平台. `enabled` is the kill switch of the ordinary lane; withdrawals go on (docs/feeds.md)."""

    code = models.SlugField("代码", max_length=20, primary_key=True)
    enabled = models.BooleanField("推送中", default=True)
    reason = models.CharField("暂停原因", max_length=200, blank=True, default="")
    changed_at = models.DateTimeField("暂停或恢复时间", null=True, blank=True)
    failures = models.PositiveIntegerField("连续失败次数", default=0)
    broken_until = models.DateTimeField("熔断至", null=True, blank=True)
    reconcile_asked_at = models.DateTimeField("要求对账时间", null=True, blank=True)
    receipts_after = models.PositiveBigIntegerField("回执取到", default=0)
    receipts_failed = models.CharField("最近一次取回执没有成", max_length=200, blank=True, default="")
    epoch = models.PositiveBigIntegerField("纪元", default=1)
    serial = models.PositiveBigIntegerField("包序号", default=0)
    # set by after_restore, cleared when this feed has been reconciled in the new epoch: until then nothing is sent
    restored_at = models.DateTimeField("恢复备份时间", null=True, blank=True)
    # the sweep has looked at the revisions up to this number in its present round
    walked_to = models.PositiveBigIntegerField("扫描到", default=0, db_default=0)
    # withdrawals of the days ahead were last prepared then
    prepared_at = models.DateTimeField("备撤回时间", null=True, blank=True)
    recalled_at = models.DateTimeField("全部召回时间", null=True, blank=True)

    class Meta:
        verbose_name = "推送平台"
        verbose_name_plural = "推送平台"
        ordering: ClassVar = ["code"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_paused_feed_says_why", condition=models.Q(enabled=True) | ~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.code
