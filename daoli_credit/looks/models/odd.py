"""异常查询: a look that a rule points at, for the audit administrator. It says nothing about the person."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped


class O(models.TextChoices):  # noqa: E742  a status class is one letter in every noun of this house
    """状态."""

    NEW = "new", "待核"
    ASKED = "asked", "已要求说明"
    EXPLAINED = "explained", "已说明待认定"
    CONFIRMED = "confirmed", "确认不当"
    CLEARED = "cleared", "没有问题"


class Rule(models.TextChoices):
    """规则."""

    NO_CASE = "no-case", "没有在办的件"
    OWN_NAME = "own-name", "与查询人同名"
    COLLEAGUE = "colleague", "与本单位同事同名"
    BURST = "burst", "短时间查询多人"
    NIGHT = "night", "夜间或者休息日"
    ADMITTED = "admitted", "本单位认定没有事由"


UNDECIDED = (O.NEW, O.ASKED, O.EXPLAINED)


class OddLooks(models.QuerySet["OddLook"]):
    """The way in."""

    def visible_to(self, user: User) -> Self:
        """审计管理员全部看得到; a department sees what it was asked to explain, except about oneself."""
        if user.officer == "audit":
            return self.all()
        asked = self.filter(department_id__in=user.departments("explain_looks"), status__in=[O.ASKED, O.EXPLAINED])
        return asked.exclude(looker=user)


class OddLook(Stepped):
    """异常查询. Pointed at by a rule, judged by a person; no rule confirms anything."""

    status = models.CharField("状态", max_length=24, choices=O, default=O.NEW)
    look_id = models.BigIntegerField("查询编号")
    rule = models.CharField("规则", max_length=12, choices=Rule)
    looker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查询人")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="查询的部门")
    found_on = models.DateField("发现日")
    asked_on = models.DateField("要求说明日", null=True, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="说明人"
    )
    explanation = models.CharField("本单位的说明", max_length=500, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="认定人"
    )
    decided_on = models.DateField("认定日", null=True, blank=True)
    finding = models.CharField("认定意见", max_length=500, blank=True, default="")

    objects: ClassVar[models.Manager["OddLook"]] = OddLooks.as_manager()

    class Meta:
        verbose_name = "异常查询"
        verbose_name_plural = "异常查询"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_odd_look_has_a_known_status", condition=models.Q(status__in=O.values)),
            models.CheckConstraint(name="an_odd_look_has_a_known_rule", condition=models.Q(rule__in=Rule.values)),
            models.UniqueConstraint(name="each_rule_once_per_look", fields=["look_id", "rule"]),
            models.CheckConstraint(
                name="nobody_explains_their_own_look",
                condition=models.Q(explained_by__isnull=True) | ~models.Q(explained_by=models.F("looker")),
            ),
            models.CheckConstraint(
                name="a_judged_look_says_by_whom_and_why",
                condition=~models.Q(status__in=["confirmed", "cleared"])
                | models.Q(decided_by__isnull=False, decided_on__isnull=False) & ~models.Q(finding=""),
            ),
        ]

    def __str__(self) -> str:
        return f"异常查询 {self.pk}（{self.get_rule_display()}）"

    @property
    def in_department(self) -> tuple[int, str]:
        """The department that looked."""
        return self.department_id, self.department.code


class Watch(models.Model):
    """看到哪里: up to which moment the log has been gone through. One row."""

    id = models.PositiveSmallIntegerField("编号", primary_key=True, default=1)
    through = models.DateTimeField("已看到")

    class Meta:
        verbose_name = "异常查询的进度"
        verbose_name_plural = "异常查询的进度"
        default_permissions = ()
        constraints: ClassVar = [models.CheckConstraint(name="there_is_one_watch", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"已看到 {self.through:%Y-%m-%d %H:%M}"
