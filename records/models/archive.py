"""封存件: what is left of a record that has ended, under seal; and the acts by which one of them is opened."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped
from records.models.record import CreditRecord


class Copies(models.QuerySet["ArchiveCopy"]):
    """The way in: that there is a copy, never what it says."""

    def visible_to(self, user: User) -> Self:
        """本单位的封存件: number, days and kind of end only; whose it was stands inside."""
        mine = user.departments("view_records") | user.departments("legal_review") | user.departments("decide_listing")
        return self.filter(department_id__in=mine)


class ArchiveCopy(models.Model):
    """封存件. The bytes are bound to its own random token; nothing but an approved opening unseals them."""

    record = models.OneToOneField(
        CreditRecord, models.PROTECT, related_name="archive", primary_key=True, verbose_name="信用记录"
    )
    number = models.CharField("封存编号", max_length=24, unique=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="认定部门")
    end_kind = models.CharField("终止种类", max_length=24)
    ended_on = models.DateField("终止日")
    keep_until = models.DateField("保存至")
    sealed_on = models.DateField("封存日")
    envelope = models.BinaryField("内容（封存）")
    digest = models.BinaryField("内容摘要（SHA-256）", max_length=32)

    objects: ClassVar[models.Manager["ArchiveCopy"]] = Copies.as_manager()

    class Meta:
        verbose_name = "封存件"
        verbose_name_plural = "封存件"
        ordering: ClassVar = ["-ended_on", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_copy_is_kept_from_the_end_on", condition=models.Q(keep_until__gte=models.F("ended_on"))
            ),
            models.CheckConstraint(name="a_copy_says_how_it_ended", condition=~models.Q(end_kind="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "-ended_on"], name="copy_by_department"),
            models.Index(fields=["keep_until"], name="copy_by_end_of_keeping"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose record it was."""
        return self.department_id, self.department.code


class O(models.TextChoices):  # noqa: E742  a status class is one letter in every noun of this house
    """状态."""

    ASKED = "asked", "待另一人审批"
    APPROVED = "approved", "已同意，可以开启一次"
    REFUSED = "refused", "未同意"
    OPENED = "opened", "已开启"
    LAPSED = "lapsed", "过期未开启"


WAITING = (O.ASKED, O.APPROVED)


class Purpose(models.TextChoices):
    """所为何案: the cases in which an ended record may be needed; anything else has no ground here."""

    RECONSIDERATION = "reconsideration", "行政复议"
    SUIT = "suit", "行政诉讼"
    COMPENSATION = "compensation", "国家赔偿"
    SUPERVISION = "supervision", "司法机关、监察机关依法调取"


class Openings(models.QuerySet["ArchiveOpening"]):
    """The way in."""

    def visible_to(self, user: User) -> Self:
        """本单位提出的和待审批的: that one was opened and why, never what was shown."""
        mine = user.departments("legal_review") | user.departments("decide_listing")
        return self.filter(department_id__in=mine)


class ArchiveOpening(Stepped):
    """开启封存件. For one named case, by two people, once, within days; the person reads it in 谁看过."""

    status = models.CharField("状态", max_length=24, choices=O, default=O.ASKED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    archive = models.ForeignKey(ArchiveCopy, models.PROTECT, related_name="openings", verbose_name="封存件")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="认定部门")
    purpose = models.CharField("所为何案", max_length=16, choices=Purpose)
    case_number = models.CharField("案号", max_length=80)
    authority = models.CharField("受案机关", max_length=60)
    article = models.CharField("依据的条文", max_length=120)
    document_number = models.CharField("调取文书号", max_length=80)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    requested_on = models.DateField("提出日")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="审批人"
    )
    decided_on = models.DateField("审批日", null=True, blank=True)
    open_until = models.DateField("可开启至", null=True, blank=True)
    opened_on = models.DateField("开启日", null=True, blank=True)
    look_id = models.BigIntegerField("查询编号", null=True, blank=True)
    told_on = models.DateField("告知本人日", null=True, blank=True)

    objects: ClassVar[models.Manager["ArchiveOpening"]] = Openings.as_manager()

    class Meta:
        verbose_name = "开启封存件"
        verbose_name_plural = "开启封存件"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_opening_has_a_known_status", condition=models.Q(status__in=O.values)),
            models.CheckConstraint(
                name="an_opening_is_for_a_known_purpose", condition=models.Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="an_opening_names_its_case_and_its_ground",
                condition=~models.Q(case_number="")
                & ~models.Q(authority="")
                & ~models.Q(article="")
                & ~models.Q(document_number=""),
            ),
            models.CheckConstraint(
                name="four_eyes_on_an_opening",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("requested_by")),
            ),
            models.CheckConstraint(
                name="nothing_is_opened_without_a_second_person",
                condition=models.Q(status="asked")
                | models.Q(decided_by__isnull=False, decided_on__isnull=False)
                & (models.Q(status="refused") | models.Q(open_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_opened_copy_has_its_look",
                condition=models.Q(status="opened", look_id__isnull=False, opened_on__isnull=False)
                | ~models.Q(status="opened") & models.Q(look_id__isnull=True, opened_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_copy_is_opened_in_its_time",
                condition=models.Q(opened_on__isnull=True)
                | models.Q(opened_on__lte=models.F("open_until"), opened_on__gte=models.F("decided_on")),
            ),
            models.UniqueConstraint(
                name="one_opening_waits_per_copy_and_person",
                fields=["archive", "requested_by"],
                condition=models.Q(status__in=["asked", "approved"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose record it was."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person whom the record was about."""
        return self.archive.record.person_keys()


sealed.register(sealed.Other("records.ArchiveCopy", "digest", "内容摘要，不用密钥"))
