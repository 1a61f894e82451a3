"""原决定被变更、撤销: three working days in which the record must end or be corrected (行政处罚法 48)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.record import CreditRecord


class UndoingKind(models.TextChoices):
    """原决定怎么了."""

    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销"
    UNLAWFUL = "unlawful", "确认违法"
    VOID = "void", "确认无效"


class UndoingStatus(models.TextChoices):
    """状态. Registered by one, settled by another; overdue, the record pauses by itself."""

    DUE = "due", "待处理"
    PAUSED = "paused", "逾期未处理，已暂停提供"
    ENDED = "ended", "记录已终止"
    CORRECTED = "corrected", "记录已更正"


U = UndoingStatus
OPEN = (U.DUE, U.PAUSED)


class Undoings(models.QuerySet["Undoing"]):
    """本单位的处理件."""

    def of_departments(self, user: User) -> Self:
        """本单位的, whatever their status: for the acts, which refuse by status themselves."""
        return self.filter(record__department_id__in=user.departments("view_records"))

    def visible_to(self, user: User) -> Self:
        """本单位的, as long as the record is in force: what names a record is gone with it."""
        return self.of_departments(user).filter(record__in=CreditRecord.objects.in_force(on=clock.today()))

    def over(self, user: User) -> Self:
        """本单位已经处理完的: for the file of the office. Their pages say how each went, and nothing of the person."""
        return self.of_departments(user).exclude(status__in=OPEN)

    def open(self) -> Self:
        """待处理的."""
        return self.filter(status__in=OPEN)


class Undoing(Stepped):
    """原决定变更、撤销的处理."""

    status = models.CharField("状态", max_length=24, choices=U, default=U.DUE)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="undoings", verbose_name="信用记录")
    kind = models.CharField("原决定怎么了", max_length=16, choices=UndoingKind)
    document = models.CharField("变更、撤销的文书号", max_length=128)
    issuer = models.CharField("作出单位", max_length=80)
    changed_on = models.DateField("作出日")
    registered_on = models.DateField("登记日")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    due_on = models.DateField("最晚处理日", null=True, blank=True)
    due_why = models.CharField("期限依据", max_length=200, blank=True, default="")
    paused_on = models.DateField("暂停提供日", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="处理人"
    )
    over_on = models.DateField("处理日", null=True, blank=True)

    objects: ClassVar[models.Manager["Undoing"]] = Undoings.as_manager()

    class Meta:
        verbose_name = "原决定变更、撤销"
        verbose_name_plural = "原决定变更、撤销"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_undoing_has_a_known_status", condition=models.Q(status__in=U.values)),
            models.CheckConstraint(name="an_undoing_has_a_known_kind", condition=models.Q(kind__in=UndoingKind.values)),
            models.UniqueConstraint(
                name="one_open_undoing_per_record",
                fields=["record"],
                condition=models.Q(status__in=["due", "paused"]),
            ),
            models.CheckConstraint(
                name="another_than_who_registered_settles",
                condition=models.Q(settled_by__isnull=True) | ~models.Q(settled_by=models.F("registered_by")),
            ),
            models.CheckConstraint(
                name="a_settled_undoing_says_when",
                condition=~models.Q(status__in=["ended", "corrected"]) | models.Q(over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_undoing_is_registered_after_the_decision",
                condition=models.Q(registered_on__gte=models.F("changed_on")) & ~models.Q(document=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], name="open_undoings", condition=models.Q(status__in=["due", "paused"])),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whoever determined the record."""
        return self.record.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person whose record it is."""
        return self.record.person_keys()
