"""个人信息安全事件: what happened to whose data, what was done at once, who was told, and when."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who
from daoli_credit.accounts.models.user import Officer
from daoli_credit.workflow import Stepped


class I(models.TextChoices):  # noqa: E742  the house names its statuses by one letter
    """状态."""

    OPENED = "opened", "已登记"
    ASSESSED = "assessed", "已研判"
    REPORTED = "reported", "已报告"
    CLOSED = "closed", "已办结"


class Kind(models.TextChoices):
    """种类 (个人信息保护法 第五十七条)，发生或者可能发生."""

    LEAK = "leak", "泄露"
    TAMPERING = "tampering", "篡改"
    LOSS = "loss", "丢失"
    MISUSE = "misuse", "越权查看或者滥用"


class Level(models.TextChoices):
    """分级. From 较大 on the cyberspace administration is told within hours."""

    NONE = "", "未研判"
    GENERAL = "general", "一般"
    LARGER = "larger", "较大"
    MAJOR = "major", "重大"
    GRAVE = "grave", "特别重大"


class Incidents(models.QuerySet["Incident"]):
    """One way in."""

    def visible_to(self, user: User) -> Self:
        """可见: those who handle and close it in the credit office, and the audit officer."""
        if user.officer == Officer.AUDIT and user.is_active:
            return self
        return self.filter(
            department_id__in=user.departments("draft_assessment") | user.departments("approve_assessment")
        )


class Incident(Stepped):
    """安全事件. No name and no number of anybody stands here: how many people, and which kinds of data."""

    status = models.CharField("状态", max_length=24, choices=I, default=I.OPENED)
    number = models.CharField("编号", max_length=24, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="办理单位")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    found_at = models.DateTimeField("发现时间")
    what = models.CharField("发生了什么", max_length=500)
    data_kinds = models.CharField("涉及的个人信息种类", max_length=300)
    people = models.PositiveIntegerField("涉及人数（估计）", null=True, blank=True)
    level = models.CharField("分级", max_length=8, choices=Level, blank=True, default="")
    harm = models.CharField("原因和可能的危害", max_length=500, blank=True, default="")
    remedy = models.CharField("补救措施", max_length=500, blank=True, default="")
    told_authority_at = models.DateTimeField("通知监管部门时间", null=True, blank=True)
    authority = models.CharField("通知了哪个部门", max_length=80, blank=True, default="")
    told_persons_on = models.DateField("通知个人日期", null=True, blank=True)
    not_told_because = models.CharField("不通知个人的理由", max_length=300, blank=True, default="")

    opened_by = who("登记人", later=False)
    opened_at = models.DateTimeField("登记时间")
    closed_by = who("办结人")
    closed_on = models.DateField("办结日", null=True, blank=True)

    objects: ClassVar[models.Manager["Incident"]] = Incidents.as_manager()

    class Meta:
        verbose_name = "安全事件"
        verbose_name_plural = "安全事件"
        ordering: ClassVar = ["-found_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_incident_has_a_known_status", condition=models.Q(status__in=I.values)),
            models.CheckConstraint(
                name="an_incident_is_found_before_it_is_opened", condition=models.Q(opened_at__gte=models.F("found_at"))
            ),
            models.CheckConstraint(
                name="an_assessed_incident_has_its_level_and_remedy",
                condition=models.Q(status="opened") | (~models.Q(level="") & ~models.Q(remedy="") & ~models.Q(harm="")),
            ),
            models.CheckConstraint(
                name="a_reported_incident_says_who_was_told",
                condition=models.Q(status__in=["opened", "assessed"])
                | (
                    models.Q(told_authority_at__gte=models.F("found_at"))
                    & ~models.Q(authority="")
                    & (models.Q(told_persons_on__isnull=False) | ~models.Q(not_told_because=""))
                ),
            ),
            models.CheckConstraint(
                name="an_incident_is_closed_by_another_than_opened_it",
                condition=~models.Q(status="closed")
                | (
                    models.Q(closed_by__isnull=False, closed_on__isnull=False)
                    & ~models.Q(closed_by=models.F("opened_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @property
    def in_department(self) -> tuple[int, str]:
        """The credit office."""
        return self.department_id, self.department.code

    @property
    def told_at(self) -> datetime | None:
        """When the clock stopped."""
        return self.told_authority_at
