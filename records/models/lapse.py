"""依据失效件: one item of one determining body that rests on a basis which is no longer in force."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped
from records.models.catalogue import CatalogueItem


class L(models.TextChoices):
    """状态. Whether it is paused is a fact beside it (`paused_on`)."""

    FOUND = "found", "依据已失效"
    PROPOSED = "proposed", "改挂待第二人同意"
    ANCHORED = "anchored", "已改挂继任依据"


class Lapses(models.QuerySet["Lapse"]):
    """What a user may see, and what is paused."""

    def visible_to(self, user: User) -> Self:
        """可见: the determining body's own legal officers, clerks and reviewers."""
        return self.filter(department_id__in=user.departments("view_records") | user.departments("legal_review"))

    def paused(self) -> Self:
        """暂停中: display and sending stand still until it is anchored to a successor."""
        return self.filter(paused_on__isnull=False).exclude(status=L.ANCHORED)


class Lapse(Stepped):
    """依据失效件. `lapsed_on` is the basis's last day in force; `pause_from` the first day of the pause."""

    status = models.CharField("状态", max_length=24, choices=L, default=L.FOUND)
    number = models.CharField("系统编号", max_length=24, unique=True)
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="lapses", verbose_name="目录事项")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="认定部门")
    basis = models.CharField("失效的依据", max_length=80)
    basis_title = models.CharField("失效的依据名称", max_length=200)
    lapsed_on = models.DateField("施行到")
    found_on = models.DateField("发现日")
    pause_from = models.DateField("暂停自", null=True, blank=True)
    paused_on = models.DateField("已暂停日", null=True, blank=True)
    successor = models.CharField("继任依据", max_length=80, blank=True, default="")
    successor_title = models.CharField("继任依据名称", max_length=200, blank=True, default="")
    reason = models.CharField("改挂的理由", max_length=500, blank=True, default="")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提出人"
    )
    proposed_on = models.DateField("提出日", null=True, blank=True)
    anchored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="第二人"
    )
    anchored_on = models.DateField("改挂日", null=True, blank=True)

    objects: ClassVar[models.Manager["Lapse"]] = Lapses.as_manager()

    class Meta:
        verbose_name = "依据失效件"
        verbose_name_plural = "依据失效件"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_lapse_has_a_known_status", condition=models.Q(status__in=L.values)),
            models.UniqueConstraint(name="one_lapse_per_item_body_and_basis", fields=["item", "department", "basis"]),
            models.CheckConstraint(
                name="a_lapse_is_anchored_by_two_persons_to_a_successor",
                condition=~models.Q(status="anchored")
                | (
                    models.Q(proposed_by__isnull=False, anchored_by__isnull=False, anchored_on__isnull=False)
                    & ~models.Q(anchored_by=models.F("proposed_by"))
                    & ~models.Q(successor="")
                ),
            ),
            models.CheckConstraint(
                name="a_pause_does_not_come_before_its_day",
                condition=models.Q(paused_on__isnull=True) | models.Q(paused_on__gte=models.F("pause_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The determining body: the records are its own."""
        return self.department_id, self.department.code

    @property
    def is_paused(self) -> bool:
        """暂停中."""
        return self.paused_on is not None and self.status != L.ANCHORED

    def is_due(self, on: date) -> bool:
        """该暂停了."""
        return self.paused_on is None and self.pause_from is not None and self.pause_from <= on
