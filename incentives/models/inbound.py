"""上级平台查询: a source that can be asked at the moment of a check, and what it answered to one check."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from incentives.models.check import Check


class Outcome(models.TextChoices):
    """答复的情形. Everything but the first is 未答复, and none of them says that there is nothing."""

    ANSWERED = "answered", "已答复"
    TIMEOUT = "timeout", "超时"
    UNREACHABLE = "unreachable", "没有连上"
    REFUSED = "refused", "对方拒绝"
    FAILED = "failed", "对方出错"
    UNVERIFIED = "unverified", "答复不可信"
    UNREADABLE = "unreadable", "答复读不懂"
    PAUSED = "paused", "暂停查询"
    NOT_ALLOWED = "not-allowed", "现在不能问"


# Nothing was said to anybody: neither a fault of the source nor an inquiry about the person.
NOT_ASKED = (Outcome.PAUSED, Outcome.NOT_ALLOWED)


class InboundSource(models.Model):
    """上级平台: what must survive a restart about it. Title, address, lists and key stand in the settings."""

    code = models.SlugField("代码", max_length=20, primary_key=True)
    enabled = models.BooleanField("可以查询", default=True)
    reason = models.CharField("暂停原因", max_length=200, blank=True, default="")
    changed_at = models.DateTimeField("暂停或恢复时间", null=True, blank=True)
    failures = models.PositiveIntegerField("连续没有答复的次数", default=0)
    broken_until = models.DateTimeField("暂停至", null=True, blank=True)

    class Meta:
        verbose_name = "上级平台"
        verbose_name_plural = "上级平台"
        ordering: ClassVar = ["code"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_paused_source_says_why", condition=Q(enabled=True) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.code


class InboundAnswer(models.Model):
    """一次查询怎样了: when, how long, answered or why not. Written once.

    What was answered lies sealed in the check's own answers (`CheckAnswer`), as far as the matter may use it, and
    nowhere else: it never becomes a record and is never sent on.
    """

    check_made = models.ForeignKey(Check, models.PROTECT, related_name="askings", verbose_name="信用核查")
    source = models.ForeignKey(InboundSource, models.PROTECT, related_name="answers", verbose_name="上级平台")
    attempt = models.PositiveSmallIntegerField("第几次")
    lists = ArrayField(models.CharField(max_length=60), verbose_name="所问的名单")
    day = models.DateField("查询日")
    asked_at = models.DateTimeField("提问时间")
    took_ms = models.PositiveIntegerField("用时（毫秒）", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提问人"
    )
    look = models.BigIntegerField("查询记录编号", null=True, blank=True)
    outcome = models.CharField("情形", max_length=12, choices=Outcome)
    why = models.CharField("未答复的原因", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "上级平台的答复"
        verbose_name_plural = "上级平台的答复"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_attempt_at_a_source_once", fields=["check_made", "source", "attempt"]),
            models.CheckConstraint(
                name="an_inbound_answer_has_a_known_outcome", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="no_answer_says_why",
                condition=Q(outcome="answered", why="") | (~Q(outcome="answered") & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="whoever_asks_about_a_person_is_logged",
                condition=Q(outcome__in=[one.value for one in NOT_ASKED]) | Q(look__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["source", "-id"], name="inbound_by_source")]

    def __str__(self) -> str:
        return f"{self.check_made} {self.source_id} 第 {self.attempt} 次"

    @property
    def answered(self) -> bool:
        """已答复."""
        return self.outcome == Outcome.ANSWERED
