"""提前移出: a listing ends before its term, for the conditions of its list type; asked by one, decided by another."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models import CreditRecord


class X(models.TextChoices):
    """状态."""

    ASKED = "asked", "等审批人决定"
    GRANTED = "granted", "已提前移出"
    REFUSED = "refused", "不予提前移出"


# The end_kind of a record that a granted exit has ended.
LEFT_EARLY = "left-early"


class EarlyExits(models.QuerySet["EarlyExit"]):
    """The two ways in."""

    def of_departments(self, user: User) -> Self:
        """本单位的, whatever became of them: for the acts."""
        return self.filter(department_id__in=user.departments("view_listings"))

    def visible_to(self, user: User) -> Self:
        """本单位可见, as long as the record is in force."""
        return self.of_departments(user).filter(record__in=CreditRecord.objects.in_force(on=clock.today()))


class EarlyExit(Stepped):
    """提前移出. `conditions` are those of the type, as they stood, each of them ticked by the one who asks."""

    status = models.CharField("状态", max_length=24, choices=X, default=X.ASKED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="early_exits", verbose_name="信用记录")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="列入机关")
    list_type = models.SlugField("名单类型", max_length=60)
    conditions = ArrayField(models.CharField(max_length=100), verbose_name="已具备的条件")
    article = models.CharField("依据", max_length=300)
    document_number = models.CharField("证明文书号", max_length=128)
    ground_on = models.DateField("条件具备之日")
    due_on = models.DateField("最晚办理", null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_on = models.DateField("提出日")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="决定人"
    )
    decided_on = models.DateField("决定日", null=True, blank=True)
    decision_number = models.CharField("移出决定文号", max_length=128, blank=True, default="")
    refused_why = models.CharField("不予移出的理由", max_length=500, blank=True, default="")

    objects: ClassVar[models.Manager["EarlyExit"]] = EarlyExits.as_manager()

    class Meta:
        verbose_name = "提前移出"
        verbose_name_plural = "提前移出"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_early_exit_has_a_known_status", condition=Q(status__in=X.values)),
            models.CheckConstraint(
                name="an_early_exit_names_conditions_article_and_document",
                condition=Q(conditions__len__gt=0) & ~Q(article="") & ~Q(document_number=""),
            ),
            models.CheckConstraint(name="a_ground_to_leave_is_not_ahead", condition=Q(ground_on__lte=F("asked_on"))),
            models.CheckConstraint(
                name="another_than_who_asked_decides_an_exit",
                condition=Q(decided_by__isnull=True, decided_on__isnull=True)
                | (Q(decided_by__isnull=False, decided_on__gte=F("asked_on")) & ~Q(decided_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="a_decided_exit_has_its_number_or_its_reason",
                condition=(~Q(status="granted") | (Q(decided_on__isnull=False) & ~Q(decision_number="")))
                & (~Q(status="refused") | (Q(decided_on__isnull=False) & ~Q(refused_why=""))),
            ),
            models.UniqueConstraint(
                name="one_early_exit_at_a_time", fields=["record"], condition=Q(status__in=["asked", "granted"])
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Who decides it."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person who leaves the list."""
        return self.record.person_keys()
