"""激励兑现: one benefit of a person with an honour, reported by the office and confirmed by the person."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from incentives.models.matter_case import MatterCase
from incentives.models.measure_task import MeasureTask
from incentives.models.nomination import Nomination
from incentives.models.nomination_status import B
from records.models import CreditRecord


class Benefits(models.QuerySet["Benefit"]):
    """The two ways in: what this department gave, and what I received; both only while the honour stands."""

    def of_departments(self, user: User) -> Self:
        """本单位报的."""
        return self.filter(department_id__in=user.departments("report_measure"))

    def visible_to(self, user: User) -> Self:
        """本单位可见: until the honour's record has ended."""
        return self.of_departments(user).filter(_standing())

    def about(self, keys: list[bytes]) -> Self:
        """本人的."""
        return self.filter(nomination__subject__key_rows__digest__in=keys).filter(_standing()).distinct()


def _standing() -> Q:
    return Q(nomination__record__in=CreditRecord.objects.in_force(on=clock.today()))


class Benefit(Stepped):
    """激励兑现. The measure and the matter are codes of the pack; the case number is the office's own.

    The only place that says what was given: a reward's task leads here (`task`), and shows what the person says.
    """

    status = models.CharField("状态", max_length=24, choices=B, default=B.REPORTED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="benefits", verbose_name="荣誉推荐")
    measure = models.SlugField("激励措施", max_length=60)
    matter = models.SlugField("应用事项", max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="实施单位")
    case_number = models.CharField("办件编号", max_length=60)
    case = models.ForeignKey(
        MatterCase, models.PROTECT, related_name="benefits", null=True, blank=True, verbose_name="登记的办件"
    )
    task = models.ForeignKey(
        MeasureTask, models.PROTECT, related_name="benefits", null=True, blank=True, verbose_name="措施任务"
    )
    received_on = models.DateField("兑现日")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报告人")
    reported_on = models.DateField("报告日")
    answered_on = models.DateField("本人答复日", null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="撤销人"
    )
    retracted_on = models.DateField("撤销误报之日", null=True, blank=True)

    objects: ClassVar[models.Manager["Benefit"]] = Benefits.as_manager()

    class Meta:
        verbose_name = "激励兑现"
        verbose_name_plural = "激励兑现"
        ordering: ClassVar = ["-received_on", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_benefit_has_a_known_status", condition=Q(status__in=B.values)),
            models.CheckConstraint(
                name="a_benefit_names_measure_matter_and_case",
                condition=~Q(measure="") & ~Q(matter="") & ~Q(case_number=""),
            ),
            models.CheckConstraint(
                name="a_benefit_was_received_before_it_is_reported", condition=Q(received_on__lte=F("reported_on"))
            ),
            models.CheckConstraint(
                name="only_the_person_says_whether_it_arrived",
                condition=Q(
                    status__in=["received", "denied"], answered_on__isnull=False, answered_on__gte=F("reported_on")
                )
                | Q(status="reported", answered_on__isnull=True)
                | Q(status="retracted"),
            ),
            models.CheckConstraint(
                name="a_retracted_benefit_says_by_whom",
                condition=Q(status="retracted", retracted_by__isnull=False, retracted_on__isnull=False)
                | ~Q(status="retracted") & Q(retracted_by__isnull=True, retracted_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="a_benefit_is_reported_once",
                fields=["nomination", "measure", "department", "case_number", "received_on"],
                condition=~Q(status="retracted"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="benefit_by_department"),
            models.Index(fields=["received_on"], name="benefit_by_day", condition=Q(status="received")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Which department gave it."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person who received it."""
        return self.nomination.person_keys()
