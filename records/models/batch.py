"""批次: one sheet of a bureau, from upload to records that wait for review."""

import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, ServiceKey, User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.catalogue import CatalogueItem


class B(models.TextChoices):
    """状态."""

    UPLOADED = "uploaded", "等待读取"
    READING = "reading", "正在读取"
    CHECKED = "checked", "待确认"
    COMMITTING = "committing", "正在入库"
    FAILED = "failed", "读取失败"
    COMMITTED = "committed", "已入库"
    CANCELLED = "cancelled", "已作废"
    UNDONE = "undone", "已整批撤回"


class Verdict(models.TextChoices):
    """一行的结论."""

    NEW = "new", "可入库"
    CHANGED = "changed", "内容不同"
    PERSON = "person", "需人工核对"
    WRONG = "wrong", "有差错"
    SAME = "same", "重复"
    APART = "apart", "非个人主体"


class Batches(models.QuerySet["ImportBatch"]):
    """The only way in for pages."""

    def visible_to(self, user: User) -> Self:
        """本单位可见."""
        return self.filter(department_id__in=user.departments("view_records"))

    def visible_to_system(self, key: ServiceKey) -> Self:
        """由这个系统报送的."""
        return self.filter(uploaded_key=key)


class ImportBatch(Stepped):
    """批次. `stated` is what the bureau says once for the whole sheet; the sheet itself lies in `SealedSheet`."""

    status = models.CharField("状态", max_length=24, choices=B, default=B.UPLOADED)
    number = models.CharField("批次号", max_length=24, unique=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(CatalogueItem, models.PROTECT, verbose_name="目录事项")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="认定部门")
    stated = models.JSONField("整表说明", default=dict)
    file_name = models.CharField("文件名", max_length=120)
    file_size = models.PositiveIntegerField("文件大小（字节）")
    file_digest = models.BinaryField("文件摘要（SHA-256）", max_length=32, null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="上传人"
    )
    uploaded_key = models.ForeignKey(
        ServiceKey, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="报送的系统"
    )
    request_id = models.CharField("对方的请求编号", max_length=64, blank=True, default="")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now, editable=False)
    reading_since = models.DateTimeField("开始读取", null=True, blank=True)
    done = models.PositiveIntegerField("已核对行数", default=0)
    total = models.PositiveIntegerField("行数", default=0)
    kind = models.CharField("文件种类", max_length=40, blank=True, default="")
    failure = models.CharField("读取失败的原因", max_length=500, blank=True, default="")
    checked_on = models.DateField("核对日", null=True, blank=True)
    checked_under = models.CharField("核对所用规则", max_length=64, blank=True, default="")
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="确认人"
    )
    committed_at = models.DateTimeField("确认时间", null=True, blank=True)
    entering_since = models.DateTimeField("后台接手入库", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("后台接手次数", default=0)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="撤回人"
    )
    undone_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects: ClassVar[models.Manager["ImportBatch"]] = Batches.as_manager()

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_batch_has_a_known_status", condition=models.Q(status__in=B.values)),
            models.CheckConstraint(
                name="a_batch_comes_from_a_person_or_a_system",
                condition=models.Q(uploaded_by__isnull=False, uploaded_key__isnull=True)
                | models.Q(uploaded_by__isnull=True, uploaded_key__isnull=False),
            ),
            models.UniqueConstraint(
                name="each_request_of_a_system_once",
                fields=["uploaded_key", "request_id"],
                condition=models.Q(uploaded_key__isnull=False),
            ),
            models.CheckConstraint(
                name="a_committed_batch_says_who_and_when",
                condition=~models.Q(status="committed")
                | models.Q(committed_by__isnull=False, committed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_batch_on_its_way_in_says_who_confirmed_it",
                condition=~models.Q(status="committing") | models.Q(committed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_undone_batch_was_committed_less_than_a_day_ago",
                condition=~models.Q(status="undone")
                | models.Q(
                    undone_by__isnull=False,
                    committed_at__isnull=False,
                    undone_at__isnull=False,
                    undone_at__gte=models.F("committed_at"),
                    undone_at__lte=models.F("committed_at") + timedelta(hours=24),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def sender(self) -> str:
        """Who sent it: a clerk, or a bureau's own system."""
        return f"{self.uploaded_key.title}（接口）" if self.uploaded_key else str(self.uploaded_by)

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose batch it is."""
        return self.department_id, self.department.code


class SealedSheet(models.Model):
    """封存的原表: the bytes as uploaded (part 0), and cached the rows that passed (from part 1) and that differ.

    Never plain.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="sheets")
    part = models.PositiveIntegerField("部分")
    envelope = models.BinaryField("内容（封存）")

    class Meta:
        verbose_name = "封存的原表"
        verbose_name_plural = "封存的原表"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_part_of_a_sheet_once", fields=["batch", "part"]),
        ]

    def __str__(self) -> str:
        return f"{self.batch} 第 {self.part} 部分"


class BatchRow(models.Model):
    """表中的一行: its verdict, in the clerk's words. Identity is masked; no number and no name stands here.

    What became of it is its `record`, which points here, so that a row is written once.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, db_index=False, related_name="rows")
    line = models.PositiveIntegerField("表中行号")
    verdict = models.CharField("结论", max_length=8, choices=Verdict)
    cause = models.CharField("原因", max_length=60, blank=True, default="")
    problems = models.JSONField("问题", default=list)
    who = models.CharField("当事人（已遮盖）", max_length=12, blank=True, default="")
    number_tail = models.CharField("证件号码（已遮盖）", max_length=24, blank=True, default="")
    document_number = models.CharField("文书号", max_length=128, blank=True, default="")
    determined_on = models.DateField("认定日期", null=True, blank=True)

    class Meta:
        verbose_name = "导入的一行"
        verbose_name_plural = "导入的一行"
        ordering: ClassVar = ["batch", "line"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_line_of_a_batch_once", fields=["batch", "line"]),
            models.CheckConstraint(name="a_row_has_a_known_verdict", condition=models.Q(verdict__in=Verdict.values)),
        ]
        indexes: ClassVar = [
            # the few rows that somebody must look at, in a sheet of any length; the good ones are found by their lines
            models.Index(
                name="row_to_look_at", fields=["batch", "verdict", "line"], condition=~models.Q(verdict="new")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} 第 {self.line} 行"


class Receipt(models.Model):
    """入库回执: what was entered, in words; its digest stands in the evidence. No name and no number of a person."""

    batch = models.OneToOneField(ImportBatch, models.PROTECT, related_name="receipt", primary_key=True)
    text = models.TextField("正文")
    digest = models.BinaryField("正文摘要（SHA-256）", max_length=32)
    event = models.BigIntegerField("存证事件编号")

    class Meta:
        verbose_name = "入库回执"
        verbose_name_plural = "入库回执"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.batch} 的回执"


sealed.register(
    sealed.Other("records.ImportBatch", "file_digest", "文件摘要，不用密钥"),
    sealed.Other("records.Receipt", "digest", "正文摘要，不用密钥"),
)
