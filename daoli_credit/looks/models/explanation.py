"""查询说明: the person asks why somebody looked; the department that looked answers, by another than the looker."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, Message, User
from daoli_credit.workflow import Stepped


class E(models.TextChoices):
    """状态. There is no 不予说明."""

    RAISED = "raised", "待说明"
    ANSWERED = "answered", "已说明"
    WITHDRAWN = "withdrawn", "已撤回请求"


class Finding(models.TextChoices):
    """结论."""

    NONE = "", "尚未说明"
    GROUNDED = "grounded", "有正当事由"
    IMPROPER = "improper", "没有正当事由"


class Explanations(models.QuerySet["Explanation"]):
    """The two ways in."""

    def visible_to(self, user: User) -> Self:
        """本单位要说明的, by whoever may explain there; the looker reads it too, and may not answer."""
        return self.filter(department_id__in=user.departments("explain_looks"))

    def about(self, keys: list[bytes]) -> Self:
        """本人请求的."""
        return self.filter(person_key__in=keys)


class Explanation(Stepped):
    """查询说明. Question and answer are letters to the person, sealed like every message."""

    status = models.CharField("状态", max_length=24, choices=E, default=E.RAISED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    look_id = models.BigIntegerField("查询编号")
    person_key = models.BinaryField("个人标识", max_length=34)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="查询的部门")
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查询人")
    question = models.ForeignKey(Message, models.PROTECT, related_name="+", null=True, verbose_name="请求的原文")
    raised_on = models.DateField("请求日")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="说明人"
    )
    answered_on = models.DateField("说明日", null=True, blank=True)
    finding = models.CharField("结论", max_length=12, choices=Finding, blank=True, default="")
    answer = models.ForeignKey(
        Message, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="说明的原文"
    )

    objects: ClassVar[models.Manager["Explanation"]] = Explanations.as_manager()

    class Meta:
        verbose_name = "查询说明"
        verbose_name_plural = "查询说明"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_explanation_has_a_known_status", condition=models.Q(status__in=E.values)),
            models.UniqueConstraint(
                name="one_open_explanation_per_look", fields=["look_id"], condition=models.Q(status="raised")
            ),
            models.CheckConstraint(
                name="the_looker_does_not_explain",
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("looked_by")),
            ),
            models.CheckConstraint(
                name="an_answer_is_whole",
                condition=~models.Q(status="answered")
                | models.Q(answered_by__isnull=False, answered_on__isnull=False, answer__isnull=False)
                & ~models.Q(finding=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_key", "-id"], name="explanation_by_person"),
            models.Index(fields=["raised_on"], name="open_explanations", condition=models.Q(status="raised")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The department that looked."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Who asked."""
        return [bytes(self.person_key)]


sealed.register(sealed.Other("looks.Explanation", "person_key", "提出后不改写，用本人的每一个标识去找"))
