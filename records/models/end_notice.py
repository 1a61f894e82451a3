"""终止登记: something outside this portal has ended a record — it was repaired elsewhere, or its ground is gone."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.record import CreditRecord


class N(models.TextChoices):
    """状态."""

    NOTED = "noted", "待另一人核对"
    CONFIRMED = "confirmed", "已核对，记录已终止"
    REFUSED = "refused", "核对不符"
    MOOT = "moot", "无须办理"


class Cause(models.TextChoices):
    """终止事由; the same words stand as the record's kind of end.

    A decision that was changed or revoked has its own queue (`Undoing`), somebody who died a case of identity.
    """

    ELSEWHERE = "elsewhere", "已在别处修复"
    BASIS = "basis", "依据失效"


class EndNotices(models.QuerySet["EndNotice"]):
    """The way in."""

    def visible_to(self, user: User) -> Self:
        """本单位待核对的; one that is over says nothing any more, as its record."""
        mine = user.departments("submit_record") | user.departments("review_record")
        standing = CreditRecord.objects.in_force(on=clock.today())
        return self.filter(record__department_id__in=mine, status=N.NOTED, record__in=standing)


class EndNotice(Stepped):
    """终止登记. Registered by one, checked against the paper by another; only then does the record end, at once."""

    status = models.CharField("状态", max_length=24, choices=N, default=N.NOTED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="end_notices", verbose_name="信用记录")
    cause = models.CharField("终止事由", max_length=12, choices=Cause)
    source = models.CharField("谁告知", max_length=60)
    document_number = models.CharField("告知或者证明的文号", max_length=80)
    document_on = models.DateField("文书日期")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    noted_on = models.DateField("登记日")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="核对人"
    )
    checked_on = models.DateField("核对日", null=True, blank=True)

    objects: ClassVar[models.Manager["EndNotice"]] = EndNotices.as_manager()

    class Meta:
        verbose_name = "终止登记"
        verbose_name_plural = "终止登记"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_end_notice_has_a_known_status", condition=models.Q(status__in=N.values)),
            models.CheckConstraint(name="an_end_notice_has_a_known_cause", condition=models.Q(cause__in=Cause.values)),
            models.CheckConstraint(
                name="an_end_notice_names_its_paper",
                condition=~models.Q(source="") & ~models.Q(document_number=""),
            ),
            models.CheckConstraint(
                name="four_eyes_on_an_end_notice",
                condition=models.Q(checked_by__isnull=True) | ~models.Q(checked_by=models.F("noted_by")),
            ),
            models.CheckConstraint(
                name="a_checked_end_notice_says_by_whom",
                condition=~models.Q(status__in=["confirmed", "refused"])
                | models.Q(checked_by__isnull=False, checked_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_end_notice_waits_per_record", fields=["record"], condition=models.Q(status="noted")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose record it is."""
        return self.record.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person whose record it is."""
        return self.record.person_keys()
