"""暂缓告知: a look is kept from the person's page for a time, under an article, with a second signature and an end."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped


class D(models.TextChoices):
    """状态. Over is a question (`hides`), not a status."""

    ASKED = "asked", "待签批"
    SIGNED = "signed", "已同意暂缓"
    REFUSED = "refused", "未同意"
    LIFTED = "lifted", "已提前解除"


class Delays(models.QuerySet["LookDelay"]):
    """The way in."""

    def visible_to(self, user: User) -> Self:
        """本单位提出的和等签批的; the audit administrator sees each at once."""
        if user.officer == "audit":
            return self.all()
        mine = user.departments("delay_look") | user.departments("approve_delay")
        return self.filter(department_id__in=mine)

    def hiding(self, *, on: date) -> Self:
        """这一天还在暂缓的."""
        return self.filter(status=D.SIGNED, until_on__gte=on)


class LookDelay(Stepped):
    """暂缓告知. The look-up row itself is never touched. A longer time is a new one, signed anew."""

    status = models.CharField("状态", max_length=24, choices=D, default=D.ASKED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    look_id = models.BigIntegerField("查询编号")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="查询的部门")
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查询人")
    article = models.CharField("依据", max_length=60)
    reason = models.CharField("告知会妨碍什么", max_length=300)
    asked_on = models.DateField("提出日")
    until_on = models.DateField("暂缓至")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="签批人"
    )
    signed_on = models.DateField("签批日", null=True, blank=True)
    lifted_on = models.DateField("解除日", null=True, blank=True)

    objects: ClassVar[models.Manager["LookDelay"]] = Delays.as_manager()

    class Meta:
        verbose_name = "暂缓告知"
        verbose_name_plural = "暂缓告知"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_delay_has_a_known_status", condition=models.Q(status__in=D.values)),
            models.CheckConstraint(
                name="a_delay_ends_after_it_begins", condition=models.Q(until_on__gt=models.F("asked_on"))
            ),
            models.CheckConstraint(
                name="a_delay_names_its_article_and_reason", condition=~models.Q(article="") & ~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_delay",
                condition=models.Q(signed_by__isnull=True)
                | ~models.Q(signed_by=models.F("requested_by")) & ~models.Q(signed_by=models.F("looked_by")),
            ),
            models.CheckConstraint(
                name="nothing_is_delayed_without_a_signature",
                condition=models.Q(status="asked") | models.Q(signed_by__isnull=False, signed_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_delay_waits_per_look", fields=["look_id"], condition=models.Q(status="asked")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["look_id"], name="delay_by_look")]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The department that looked."""
        return self.department_id, self.department.code

    def hides(self, on: date) -> bool:
        """这一天还在暂缓: the same question as the queryset's."""
        return self.status == D.SIGNED and self.until_on >= on
