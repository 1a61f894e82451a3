"""复议、诉讼中: the decision behind a record is before another body; readers are told until its outcome."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.record import CreditRecord


class ContestKind(models.TextChoices):
    """途径 (行政复议法、行政诉讼法)."""

    RECONSIDERATION = "reconsideration", "行政复议"
    SUIT = "suit", "行政诉讼"


class ContestStatus(models.TextChoices):
    """状态. The record stays marked while RUNNING."""

    RUNNING = "running", "正在审理"
    UPHELD = "upheld", "维持原决定"
    CHANGED = "changed", "变更原决定"
    ANNULLED = "annulled", "撤销原决定，或者确认违法、无效"
    ENDED = "ended", "撤回或者终止"
    UNFOUND = "unfound", "核实没有这一件"


C = ContestStatus
# What overturns the decision behind the record: the three working days begin.
OVERTURNED = (C.CHANGED, C.ANNULLED)


class Contests(models.QuerySet["Contest"]):
    """The two ways in, as with records."""

    def visible_to(self, user: User) -> Self:
        """本单位的复议、诉讼标注, as long as the record is in force."""
        mine = self.filter(record__department_id__in=user.departments("view_records"))
        return mine.filter(record__in=CreditRecord.objects.in_force(on=clock.today()))

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, by person key."""
        return self.filter(record__subject__key_rows__digest__in=keys).distinct()


class Contest(Stepped):
    """复议、诉讼标注. `body` is the reconsideration organ or the court; the case number is theirs."""

    status = models.CharField("状态", max_length=24, choices=C, default=C.RUNNING)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="contests", verbose_name="信用记录")
    kind = models.CharField("途径", max_length=16, choices=ContestKind)
    body = models.CharField("受理机关", max_length=80)
    case_number = models.CharField("案号", max_length=60)
    document = models.CharField("受理文书", max_length=128)
    accepted_on = models.DateField("受理日")
    by_person = models.BooleanField("由本人说明")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_on = models.DateField("登记日")
    outcome_number = models.CharField("结果文书号", max_length=128, blank=True, default="")
    outcome_on = models.DateField("结果作出日", null=True, blank=True)
    over_on = models.DateField("撤销标注日", null=True, blank=True)

    objects: ClassVar[models.Manager["Contest"]] = Contests.as_manager()

    class Meta:
        verbose_name = "复议、诉讼标注"
        verbose_name_plural = "复议、诉讼标注"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_contest_has_a_known_status", condition=models.Q(status__in=C.values)),
            models.CheckConstraint(name="a_contest_has_a_known_kind", condition=models.Q(kind__in=ContestKind.values)),
            models.UniqueConstraint(
                name="one_running_contest_per_record", fields=["record"], condition=models.Q(status="running")
            ),
            models.CheckConstraint(
                name="a_contest_names_its_case",
                condition=~models.Q(case_number="") & ~models.Q(body="") & ~models.Q(document=""),
            ),
            models.CheckConstraint(
                name="an_outcome_has_its_document_and_its_day",
                condition=~models.Q(status__in=["upheld", "changed", "annulled"])
                | (models.Q(outcome_on__isnull=False, over_on__isnull=False) & ~models.Q(outcome_number="")),
            ),
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
