"""受托人: whoever processes personal information for the office, under a contract and its supervision."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models.assessment import ImpactAssessment
from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import Officer, User
from daoli_credit.workflow import Stepped


class C(models.TextChoices):
    """状态."""

    PLANNED = "planned", "拟委托"
    ACTIVE = "active", "委托中"
    ENDED = "ended", "已终止"


class Contractors(models.QuerySet["Contractor"]):
    """One way in."""

    def visible_to(self, user: User) -> Self:
        """可见: as the assessments are."""
        if user.officer == Officer.AUDIT and user.is_active:
            return self
        return self.filter(
            department_id__in=user.departments("draft_assessment") | user.departments("approve_assessment")
        )


class Contractor(Stepped):
    """受托人. What 个人信息保护法 第二十一条 wants agreed: purpose, term, method, kinds, measures, supervision."""

    status = models.CharField("状态", max_length=24, choices=C, default=C.PLANNED)
    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=80)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="委托单位")
    purpose = models.CharField("委托处理的目的", max_length=300)
    method = models.CharField("处理方式", max_length=300)
    data_kinds = models.CharField("个人信息种类", max_length=300)
    measures = models.CharField("保护措施", max_length=500)
    supervision = models.CharField("怎样监督", max_length=300)
    starts_on = models.DateField("委托自")
    ends_on = models.DateField("委托至（含当日）")
    assessment = models.ForeignKey(
        ImpactAssessment, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="影响评估"
    )
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_on = models.DateField("登记日")
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="启用人"
    )
    activated_on = models.DateField("启用日", null=True, blank=True)

    objects: ClassVar[models.Manager["Contractor"]] = Contractors.as_manager()

    class Meta:
        verbose_name = "受托人"
        verbose_name_plural = "受托人"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_contractor_has_a_known_status", condition=models.Q(status__in=C.values)),
            models.CheckConstraint(
                name="an_entrustment_ends_after_it_begins", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="an_active_contractor_has_its_assessment_and_a_second_person",
                condition=~models.Q(status="active")
                | (
                    models.Q(assessment__isnull=False, activated_by__isnull=False, activated_on__isnull=False)
                    & ~models.Q(activated_by=models.F("registered_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_department(self) -> tuple[int, str]:
        """The credit office."""
        return self.department_id, self.department.code
