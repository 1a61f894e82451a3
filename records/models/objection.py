"""异议申诉: a person says what of a record is wrong; its source answers point by point, by another than the enterer."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Message, User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.kept_history import KeptHistory
from records.models.record import CreditRecord


class ObjectionStatus(models.TextChoices):
    """状态. The record stays marked from RAISED until it is answered or withdrawn."""

    RAISED = "raised", "正在核实"
    WAITING = "waiting", "等待本人补充"
    PAUSED = "paused", "逾期未答复，已暂停提供"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"
    WITHDRAWN = "withdrawn", "已撤回"
    MOOT = "moot", "无须办理"


S = ObjectionStatus
RUNNING = (S.RAISED, S.WAITING, S.PAUSED)


class Objections(models.QuerySet["Objection"]):
    """The two ways in, as with records."""

    def visible_to(self, user: User) -> Self:
        """本单位的异议件: running or answered, as long as their record is in force; what has ended is gone here too."""
        mine = self.filter(record__department_id__in=user.departments("answer_objection"))
        return mine.filter(record__in=CreditRecord.objects.in_force(on=clock.today()))

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, by person key."""
        return self.filter(record__subject__key_rows__digest__in=keys).distinct()


class Objection(KeptHistory, Stepped):
    """异议申诉. `points` are what is said to be wrong; `answers` has one entry for each, in the same order."""

    status = models.CharField("状态", max_length=24, choices=S, default=S.RAISED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="objections", verbose_name="信用记录")
    points = models.JSONField("异议的项目")
    letter = models.ForeignKey(Message, models.PROTECT, related_name="+", verbose_name="本人的陈述（封存）")
    raised_on = models.DateField("提出日")
    due_on = models.DateField("最晚答复日", null=True, blank=True)
    due_why = models.CharField("期限依据", max_length=200, blank=True, default="")
    extended_on = models.DateField("延长日", null=True, blank=True)
    asked_on = models.DateField("要求补充日", null=True, blank=True)
    asked_for = models.CharField("等本人补充什么", max_length=300, blank=True, default="", db_default="")
    waited = models.PositiveSmallIntegerField("已等待的工作日", default=0, db_default=0)
    paused_on = models.DateField("暂停提供日", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人（不得答复）"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="答复人"
    )
    answered_on = models.DateField("答复日", null=True, blank=True)
    answer_number = models.CharField("答复文号", max_length=60, blank=True, default="")
    answers = models.JSONField("逐项答复", default=list)
    corrects_revision = models.PositiveIntegerField("更正的内容版本", null=True, blank=True)
    before = models.JSONField("更正前的内容", null=True, blank=True)
    over_on = models.DateField("办结日", null=True, blank=True)

    objects: ClassVar[models.Manager["Objection"]] = Objections.as_manager()

    class Meta:
        verbose_name = "异议申诉"
        verbose_name_plural = "异议申诉"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_objection_has_a_known_status", condition=models.Q(status__in=S.values)),
            models.UniqueConstraint(
                name="one_running_objection_per_record",
                fields=["record"],
                condition=models.Q(status__in=["raised", "waiting", "paused"]),
            ),
            models.CheckConstraint(
                name="an_objection_says_what_is_wrong", condition=~models.Q(points=[]) | models.Q(kept__isnull=False)
            ),
            models.CheckConstraint(
                name="another_than_the_enterer_answers",
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("entered_by")),
            ),
            models.CheckConstraint(
                name="an_answer_has_its_document_and_its_points",
                condition=~models.Q(status__in=["upheld", "dismissed"])
                | (
                    models.Q(answered_by__isnull=False, answered_on__isnull=False)
                    & ~models.Q(answer_number="")
                    & (~models.Q(answers=[]) | models.Q(kept__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="paused_says_since_when",
                condition=~models.Q(status="paused") | models.Q(paused_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                name="running_objections",
                condition=models.Q(status__in=["raised", "waiting", "paused"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whoever determined the record answers for it."""
        return self.record.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person whose record it is."""
        return self.record.person_keys()
