"""规则版本和叠加: the loaded editions, and what the office has confirmed or suspended."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Edition(models.Model):
    """规则版本: the whole content of one edition as it was loaded. Exactly one is in use."""

    code = models.CharField("编号", max_length=40)
    title = models.CharField("名称", max_length=200)
    demo = models.BooleanField("演示规则")
    digest = models.CharField("摘要", max_length=64, unique=True)
    content = models.JSONField("内容")
    loaded_at = models.DateTimeField("载入时间")
    active = models.BooleanField("现行", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "规则版本"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["active"], condition=Q(active=True), name="law_only_one_edition_in_use"),
        ]

    def __str__(self) -> str:
        return self.title


class Overlay(models.Model):
    """叠加: a legal officer and a second person confirm, suspend or resume one row; it outlives a reload.

    Append-only, by trigger: the rows of a kind and code are read in their order. `row_digest` says what was confirmed,
    so that a row that has since been rewritten waits for confirmation again.
    """

    class Action(models.TextChoices):
        CONFIRM = "confirm", "确认"
        SUSPEND = "suspend", "暂停"
        RESUME = "resume", "恢复"

    kind = models.CharField("类别", max_length=40)
    code = models.CharField("编号", max_length=80)
    action = models.CharField("动作", max_length=10, choices=Action.choices)
    row_digest = models.CharField("所确认内容的摘要", max_length=32, blank=True)
    document_name = models.CharField("条文附件名称", max_length=200, blank=True)
    document_digest = models.CharField("条文附件摘要", max_length=64, blank=True)
    by = models.CharField("法制审核人员", max_length=150)
    second_by = models.CharField("第二人", max_length=150)
    reason = models.CharField("理由", max_length=500)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "规则确认和暂停"
        indexes: ClassVar = [models.Index(fields=["kind", "code", "-id"], name="law_overlay_latest")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("second_by")), name="law_overlay_needs_two_persons"),
            models.CheckConstraint(
                condition=~Q(action="confirm") | (~Q(row_digest="") & ~Q(document_digest="")),
                name="law_overlay_confirms_with_the_text",
            ),
            models.CheckConstraint(
                condition=Q(action__in=["confirm", "suspend", "resume"]), name="law_overlay_does_a_known_thing"
            ),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(second_by="") & ~Q(reason=""), name="law_overlay_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.kind} {self.code}"
