"""导出: a list of a department's own records in one sealed file, for one person, for a few days."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped
from records.models.record import CreditRecord


class X(models.TextChoices):
    """状态."""

    ASKED = "asked", "待制作"
    WAITING = "waiting", "待第二人复核"
    APPROVED = "approved", "已同意导出"
    REFUSED = "refused", "未同意"
    MADE = "made", "可以领取"
    DROPPED = "dropped", "没有制作"
    EXPIRED = "expired", "已删除"


class Form(models.TextChoices):
    """文件种类."""

    XLSX = "xlsx", "Excel 表格（.xlsx）"
    CSV = "csv", "文本表格（.csv）"


class Exports(models.QuerySet["ExportRequest"]):
    """The way in: the requester's own, and for the second person those of the department."""

    def visible_to(self, user: User) -> Self:
        """本人申请的，和本人可以复核的."""
        second = models.Q(department_id__in=user.departments("approve_export"))
        return self.filter(models.Q(requested_by=user) | second)


class ExportRequest(Stepped):
    """导出. What it will hold is asked again when it is made, and once more each time it is fetched."""

    status = models.CharField("状态", max_length=24, choices=X, default=X.ASKED)
    number = models.CharField("导出编号", max_length=24, unique=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="部门")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间")
    record_status = models.CharField("所选状态", max_length=24, blank=True, default="")
    purpose = models.CharField("用途", max_length=60)
    case_number = models.CharField("办件编号", max_length=60)
    full_identity = models.BooleanField("完整身份", default=False)
    form = models.CharField("文件种类", max_length=4, choices=Form, default=Form.XLSX)
    rows = models.PositiveIntegerField("行数")

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="复核人"
    )
    decided_on = models.DateField("复核日", null=True, blank=True)
    made_at = models.DateTimeField("制作时间", null=True, blank=True)
    expires_on = models.DateField("可领取至", null=True, blank=True)
    fetched = models.PositiveSmallIntegerField("领取次数", default=0)
    gone_because = models.CharField("没有文件的原因", max_length=120, blank=True, default="")

    objects: ClassVar[models.Manager["ExportRequest"]] = Exports.as_manager()

    class Meta:
        verbose_name = "导出"
        verbose_name_plural = "导出"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_export_has_a_known_status", condition=models.Q(status__in=X.values)),
            models.CheckConstraint(
                name="an_export_says_why",
                condition=~models.Q(purpose="") & ~models.Q(case_number=""),
            ),
            models.CheckConstraint(name="an_export_has_at_most_5000_rows", condition=models.Q(rows__lte=5000)),
            models.CheckConstraint(
                name="four_eyes_on_an_export",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("requested_by")),
            ),
            models.CheckConstraint(
                name="a_large_or_full_export_has_a_second_person",
                condition=~models.Q(status__in=["made", "expired"], made_at__isnull=False)
                | models.Q(rows__lte=200, full_identity=False)
                | models.Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_export_that_was_made_ends",
                condition=models.Q(made_at__isnull=True, expires_on__isnull=True)
                | models.Q(made_at__isnull=False, expires_on__isnull=False),
            ),
            models.CheckConstraint(name="an_export_is_fetched_three_times", condition=models.Q(fetched__lte=3)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose records they are."""
        return self.department_id, self.department.code

    def is_over(self, on: date) -> bool:
        """已过期: asked on the day, whether or not the file has been deleted yet."""
        return self.expires_on is not None and self.expires_on < on


class ExportedRecord(models.Model):
    """名单里的一条. Rows stay after the file has gone: what was in it can be answered for."""

    export = models.ForeignKey(ExportRequest, models.PROTECT, related_name="held")
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "导出的记录"
        verbose_name_plural = "导出的记录"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_record_once_per_export", fields=["export", "record"]),
        ]

    def __str__(self) -> str:
        return f"{self.export} · {self.record}"


class ExportFile(models.Model):
    """封存的导出文件. Never plain, nowhere but in the database; deleted when its time is over."""

    export = models.OneToOneField(ExportRequest, models.PROTECT, related_name="file", primary_key=True)
    envelope = models.BinaryField("内容（封存）")

    class Meta:
        verbose_name = "封存的导出文件"
        verbose_name_plural = "封存的导出文件"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.export)
