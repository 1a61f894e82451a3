"""成批核查: a sheet of one case's applications, from upload to its answers. All of it runs, or none."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, ServiceKey, User
from daoli_credit.workflow import Stepped
from incentives.models.matter_case import MatterCase


class K(models.TextChoices):
    """状态."""

    UPLOADED = "uploaded", "等待读取"
    READING = "reading", "正在核对"
    WRONG = "wrong", "有差错，没有核查"
    WAITING = "waiting", "待第二人同意"
    APPROVED = "approved", "已同意，等待核查"
    REFUSED = "refused", "未同意"
    DONE = "done", "已核查"


WORKING = (K.UPLOADED, K.READING, K.APPROVED)


class CheckSets(models.QuerySet["CheckSet"]):
    """The way in for pages."""

    def visible_to(self, user: User) -> Self:
        """本部门的成批核查."""
        verbs = ("check_applicants", "approve_check")
        return self.filter(department_id__in=frozenset().union(*(user.departments(verb) for verb in verbs)))

    def visible_to_system(self, key: ServiceKey) -> Self:
        """由这个系统提出的."""
        return self.filter(asked_key=key)


class CheckSet(Stepped):
    """成批核查. The sheet lies sealed and goes when it has been answered; what stays names nobody."""

    status = models.CharField("状态", max_length=24, choices=K, default=K.UPLOADED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(MatterCase, models.PROTECT, related_name="check_sets", verbose_name="办件")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    matter = models.SlugField("应用事项", max_length=60)
    file_name = models.CharField("文件名", max_length=120)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提出人"
    )
    asked_key = models.ForeignKey(
        ServiceKey, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提出的系统"
    )
    request_id = models.CharField("对方的请求编号", max_length=64, blank=True, default="")
    asked_at = models.DateTimeField("提出时间")
    reading_since = models.DateTimeField("开始读取", null=True, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    most = models.PositiveIntegerField("不须第二人的上限", default=0)
    # the first and the last ones, for the second person; what stands in them names nobody
    applications = models.JSONField("申请编号（首尾）", default=list)
    failure = models.CharField("没有核查的原因", max_length=500, blank=True, default="")
    # cause, what to do, how many rows, the first line numbers; neither name nor number of anybody
    problems = models.JSONField("差错", default=list)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="同意人"
    )
    decided_on = models.DateField("同意日", null=True, blank=True)
    refusal = models.CharField("不同意的理由", max_length=300, blank=True, default="")
    done_at = models.DateTimeField("核查时间", null=True, blank=True)
    answered_on = models.DateField("核查日", null=True, blank=True)

    objects: ClassVar[models.Manager["CheckSet"]] = CheckSets.as_manager()

    class Meta:
        verbose_name = "成批核查"
        verbose_name_plural = "成批核查"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_check_set_has_a_known_status", condition=Q(status__in=K.values)),
            models.CheckConstraint(
                name="a_check_set_comes_from_a_person_or_a_system",
                condition=Q(asked_by__isnull=False, asked_key__isnull=True)
                | Q(asked_by__isnull=True, asked_key__isnull=False),
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_check_set",
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="a_large_check_set_has_a_second_person",
                condition=~Q(status__in=["approved", "done"])
                | Q(rows__lte=F("most"))
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="what_went_wrong_was_not_checked",
                condition=Q(problems=[], failure="") | Q(status__in=["wrong", "uploaded", "reading"]),
            ),
            models.UniqueConstraint(
                name="each_check_set_of_a_system_once",
                fields=["asked_key", "request_id"],
                condition=Q(asked_key__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["department", "-id"], name="check_set_of_department")]

    def __str__(self) -> str:
        return self.number

    @property
    def asker(self) -> str:
        """谁提出的: an officer, or a bureau's own system."""
        return f"{self.asked_key.title}（接口）" if self.asked_key else str(self.asked_by)

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose set it is."""
        return self.department_id, self.department.code


class CheckSheet(models.Model):
    """封存的一段: of the sheet as uploaded (part 0 and on), or of the lines of the result. Never plain."""

    check_set = models.ForeignKey(CheckSet, models.PROTECT, related_name="sheets", verbose_name="成批核查")
    result = models.BooleanField("结果各行", default=False)
    part = models.PositiveIntegerField("部分")
    envelope = models.BinaryField("内容（封存）")

    class Meta:
        verbose_name = "封存的核查表"
        verbose_name_plural = "封存的核查表"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_part_of_a_check_sheet_once", fields=["check_set", "result", "part"]),
        ]

    def __str__(self) -> str:
        return f"{self.check_set} 第 {self.part} 部分"


def context_of(kept: CheckSheet) -> bytes:
    """What a sealed part is bound to."""
    kind = b"check-result|" if kept.result else b"check-sheet|"
    return kind + kept.check_set.token.bytes + kept.part.to_bytes(4, "big")


sealed.register(
    sealed.Envelope("incentives.CheckSheet", "envelope", context_of, related=("check_set",), portion=4),
)
