"""部门: the unit of access. Rights are granted on it, never on single records."""

from datetime import date
from typing import ClassVar, Self

from django.db import models


class Kind(models.TextChoices):
    """性质: what a department may do follows from it."""

    PARTY = "party", "党委部门"
    GOVERNMENT = "government", "政府部门"
    DISPATCHED = "dispatched", "派出机构"
    VERTICAL = "vertical", "垂直管理单位"
    MASS = "mass", "群团组织"
    JUDICIAL = "judicial", "司法机关"
    STREET = "street", "街道"
    SCHOOL = "school", "学校"
    EMPLOYER = "employer", "用人单位"


# The database holds both lists too: who may report penalties, and who can hold no right on records.
PENALISING = (Kind.GOVERNMENT, Kind.DISPATCHED, Kind.VERTICAL)
WITHOUT_RECORDS = (Kind.STREET, Kind.SCHOOL, Kind.EMPLOYER)


class Oversight(models.TextChoices):
    """督促方式: which letter the credit office may send."""

    REMINDER = "reminder+assessment", "督办单"
    NOTE = "working-note", "工作提示函"
    LETTER = "request-letter", "商请函"


class Departments(models.QuerySet["Department"]):
    """Which of them work, on a day."""

    def in_use(self, on: date) -> Self:
        """在用."""
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on), valid_from__lte=on)

    def shut(self, on: date) -> Self:
        """停用了，或者还没有起用."""
        return self.filter(models.Q(valid_to__lte=on) | models.Q(valid_from__gt=on))


class Department(models.Model):
    """部门. Never deleted (grants and records point at it); closed from `valid_to` on, and its work is `successor`'s.

    No row moves at a reorganisation: access.rights_of gives the successor's people what was the closed one's.
    """

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    name_en = models.CharField("英文名称", max_length=120)
    kind = models.CharField("性质", max_length=12, choices=Kind)
    oversight = models.CharField("督促方式", max_length=24, choices=Oversight)
    reports_penalties = models.BooleanField("可报送行政处罚")
    valid_from = models.DateField("起用日")
    valid_to = models.DateField("停用日", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, related_name="formers", null=True, blank=True, verbose_name="承接部门"
    )

    objects: ClassVar[models.Manager["Department"]] = Departments.as_manager()

    class Meta:
        verbose_name = "部门"
        verbose_name_plural = "部门"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        permissions: ClassVar = [
            ("view_records", "查看本部门信用记录"),
            ("submit_record", "录入和报送信用记录"),
            ("review_record", "复核信用记录"),
            ("assign_review", "改派复核"),
            ("view_listings", "查看列入案件"),
            ("propose_listing", "办理列入案件"),
            ("legal_review", "法制审核"),
            ("decide_listing", "审批列入决定"),
            ("handle_repair", "受理信用修复"),
            ("decide_repair", "决定信用修复"),
            ("answer_objection", "答复异议申诉"),
            ("operate_feeds", "推送值守"),
            ("plan_campaign", "安排宣传活动"),
            ("supervise", "督导"),
            ("export_records", "导出本部门信用记录"),
            ("approve_export", "复核导出"),
            ("explain_looks", "说明查询缘由"),
            ("delay_look", "提出暂缓告知"),
            ("approve_delay", "同意暂缓告知"),
            ("check_identity", "窗口核对身份"),
            ("draft_assessment", "起草影响评估和事件记录"),
            ("approve_assessment", "审定影响评估"),
            ("register_case", "登记在办的应用事项办件"),
            ("check_applicants", "信用核查"),
            ("approve_check", "复核信用核查"),
            ("apply_sharing", "申请共享目录事项"),
            ("answer_sharing", "答复共享申请"),
            ("report_measure", "反馈措施和激励的落实"),
            ("nominate_honour", "推荐守信激励对象"),
            ("verify_honour", "核实守信激励对象"),
            ("decide_honour", "审定守信激励对象"),
            ("handle_request", "登记依法调取"),
            ("approve_request", "签批依法调取"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="party_mass_and_judicial_bodies_report_no_penalties",
                condition=models.Q(reports_penalties=False)
                | models.Q(kind__in=["government", "dispatched", "vertical"]),
            ),
            models.CheckConstraint(
                name="a_department_ends_after_it_begins",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="a_closing_department_hands_its_work_over",
                condition=models.Q(valid_to__isnull=True, successor__isnull=True)
                | models.Q(valid_to__isnull=False, successor__isnull=False)
                | models.Q(valid_to__isnull=False, kind__in=["street", "school", "employer"]),
            ),
            models.CheckConstraint(
                name="nobody_succeeds_themselves",
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def in_use(self, on: date) -> bool:
        """在用: the same question as the queryset's, for one row that is already here."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to > on)
