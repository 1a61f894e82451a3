"""个人信息保护影响评估: what must be thought through, and agreed by a second person, before anything is opened.

It stands in the foundation because feeds, lists and matters each ask for it and none of them may look upwards.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from daoli_credit.accounts.models.columns import who
from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import Officer, User
from daoli_credit.workflow import Stepped


class A(models.TextChoices):
    """状态."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审定"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已审定"
    ENDED = "ended", "已停用"


class Subject(models.TextChoices):
    """评估的对象: what cannot be opened without one (个人信息保护法 第五十五条)."""

    FEED = "feed", "推送平台"
    LIST_TYPE = "list-type", "名单类型"
    MATTER = "matter", "应用事项"
    INBOUND = "inbound-source", "上级平台查询"
    CONTRACTOR = "contractor", "受托人"


class Assessments(models.QuerySet["ImpactAssessment"]):
    """The two ways in: whoever has to do with them, and whoever asks whether one is in force."""

    def visible_to(self, user: User) -> Self:
        """可见: those who draft and approve them in the credit office, and the audit officer; nobody else."""
        if user.officer == Officer.AUDIT and user.is_active:
            return self
        return self.filter(
            department_id__in=user.departments("draft_assessment") | user.departments("approve_assessment")
        )

    def in_force(self, kind: str, code: str, *, on: date) -> Self:
        """在效的: approved, not ended, its term not over."""
        return self.standing(on=on).filter(kind=kind, code=code)

    def standing(self, *, on: date) -> Self:
        """在效的, of every subject."""
        return self.filter(status=A.APPROVED, approved_on__lte=on, valid_until__gte=on)


class ImpactAssessment(Stepped):
    """影响评估. The three contents of 第五十六条 are three columns; kept for ever (the law: three years)."""

    status = models.CharField("状态", max_length=24, choices=A, default=A.DRAFT)
    number = models.CharField("编号", max_length=24, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="评估单位")
    kind = models.CharField("对象种类", max_length=16, choices=Subject)
    code = models.SlugField("对象代码", max_length=60)
    title = models.CharField("对象", max_length=80)
    purpose = models.CharField("处理目的", max_length=500)
    method = models.CharField("处理方式", max_length=500)
    data_kinds = models.CharField("个人信息种类", max_length=300)
    necessity = models.CharField("是否合法、正当、必要", max_length=1000)
    effect = models.CharField("对个人权益的影响和安全风险", max_length=1000)
    measures = models.CharField("保护措施是否合法、有效、与风险相适应", max_length=1000)
    conclusion = models.CharField("结论", max_length=500)
    valid_until = models.DateField("有效至（含当日）")

    drafted_by = who("起草人", later=False)
    drafted_on = models.DateField("起草日")
    submitted_by = who("提交人")
    submitted_on = models.DateField("提交日", null=True, blank=True)
    approved_by = who("审定人")
    approved_on = models.DateField("审定日", null=True, blank=True)
    ended_on = models.DateField("停用日", null=True, blank=True)

    objects: ClassVar[models.Manager["ImpactAssessment"]] = Assessments.as_manager()

    class Meta:
        verbose_name = "个人信息保护影响评估"
        verbose_name_plural = "个人信息保护影响评估"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_assessment_has_a_known_status", condition=models.Q(status__in=A.values)),
            models.CheckConstraint(
                name="an_assessment_is_of_a_known_kind", condition=models.Q(kind__in=Subject.values)
            ),
            models.CheckConstraint(
                name="four_eyes_on_an_assessment",
                condition=models.Q(approved_by__isnull=True)
                | (~models.Q(approved_by=models.F("drafted_by")) & ~models.Q(approved_by=models.F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="an_approved_assessment_says_by_whom_and_when",
                condition=~models.Q(status__in=["approved", "ended"])
                | models.Q(submitted_by__isnull=False, approved_by__isnull=False, approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_assessment_says_when",
                condition=models.Q(status="ended", ended_on__isnull=False)
                | (~models.Q(status="ended") & models.Q(ended_on__isnull=True)),
            ),
            models.UniqueConstraint(
                name="one_assessment_in_force_per_subject",
                fields=["kind", "code"],
                condition=models.Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def in_department(self) -> tuple[int, str]:
        """The credit office."""
        return self.department_id, self.department.code

    @property
    def about(self) -> str:
        """对象, in words."""
        return f"{self.get_kind_display()}：{self.title}"
