"""信用修复: a person's application to end publicity and shared use early, and what the determining body answers."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import User
from daoli_credit.workflow import Stepped
from records.models.kept_history import KeptHistory
from records.models.record import CreditRecord


class RepairStatus(models.TextChoices):
    """状态. There is no 不同意: what is missing is listed, and may be supplied at any time."""

    APPLIED = "applied", "待受理"
    UNMET = "unmet", "条件未满足"
    WAITING = "waiting", "等待本人补充"
    ACCEPTED = "accepted", "已受理"
    DECIDED = "decided", "已同意修复"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回申请"
    MOOT = "moot", "无须办理"


S = RepairStatus
IN_HAND = (S.APPLIED, S.UNMET, S.ACCEPTED, S.WAITING)
RUNNING = (*IN_HAND, S.DECIDED)


class Repairs(models.QuerySet["Repair"]):
    """The two ways in, as with records."""

    def of_departments(self, user: User) -> Self:
        """本单位的修复件, whatever their status: for the acts, which refuse by status themselves."""
        mine = user.departments("handle_repair") | user.departments("decide_repair")
        return self.filter(record__department_id__in=mine)

    def visible_to(self, user: User) -> Self:
        """本单位可见: what is in hand, and what waits for the recipients; what is over is the person's own history."""
        return self.of_departments(user).filter(status__in=RUNNING)

    def over(self, user: User) -> Self:
        """本单位已经办完的: for the file of the office. Their pages say how each went, and nothing of the person."""
        return self.of_departments(user).exclude(status__in=RUNNING)

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, by person key."""
        return self.filter(record__subject__key_rows__digest__in=keys).distinct()


class Repair(KeptHistory, Stepped):
    """信用修复. `received_on` starts the clock of acceptance anew when the person has supplied what was missing."""

    status = models.CharField("状态", max_length=24, choices=S, default=S.APPLIED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="repairs", verbose_name="信用记录")
    paid = models.BooleanField("款项已缴清")
    corrected = models.BooleanField("行为已纠正")
    promise = models.TextField("信用承诺")
    statement = models.TextField("本人说明", blank=True, default="")
    credit_china_number = models.CharField("“信用中国”受理编号", max_length=60, blank=True, default="")
    credit_china_on = models.DateField("在“信用中国”申请日", null=True, blank=True)
    unmet = models.JSONField("未满足的条件", default=list)

    applied_on = models.DateField("申请日")
    received_on = models.DateField("收到日")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="受理人"
    )
    accepted_on = models.DateField("受理日", null=True, blank=True)
    asked_on = models.DateField("要求补充日", null=True, blank=True)
    asked_for = models.CharField("等本人补充什么", max_length=300, blank=True, default="", db_default="")
    waited = models.PositiveSmallIntegerField("已等待的工作日", default=0, db_default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="决定人"
    )
    decided_on = models.DateField("决定日", null=True, blank=True)
    over_on = models.DateField("办结日", null=True, blank=True)

    objects: ClassVar[models.Manager["Repair"]] = Repairs.as_manager()

    class Meta:
        verbose_name = "信用修复"
        verbose_name_plural = "信用修复"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_repair_has_a_known_status", condition=models.Q(status__in=S.values)),
            models.UniqueConstraint(
                name="one_running_repair_per_record",
                fields=["record"],
                condition=models.Q(status__in=["applied", "unmet", "accepted", "waiting", "decided"]),
            ),
            models.CheckConstraint(
                name="an_application_says_its_duties_are_done_and_promises",
                condition=models.Q(paid=True, corrected=True) & ~models.Q(promise=""),
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_repair",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("handled_by")),
            ),
            models.CheckConstraint(
                name="a_decided_repair_was_handled_and_decided",
                condition=~models.Q(status__in=["decided", "closed"])
                | models.Q(
                    handled_by__isnull=False,
                    accepted_on__isnull=False,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="unmet_conditions_are_listed",
                condition=~models.Q(status="unmet") | ~models.Q(unmet=[]),
            ),
            models.CheckConstraint(
                name="a_waiting_repair_says_for_what_and_since_when",
                condition=~models.Q(status="waiting") | (models.Q(asked_on__isnull=False) & ~models.Q(asked_for="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["received_on"],
                name="running_repairs",
                condition=models.Q(status__in=["applied", "unmet", "accepted", "waiting", "decided"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The body that determined the record repairs it (谁认定、谁修复)."""
        return self.record.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person whose record it is."""
        return self.record.person_keys()
