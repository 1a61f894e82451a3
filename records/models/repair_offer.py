"""修复提醒和失实承诺: what stands before an application, and what may follow a promise that was not true."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Message, User
from daoli_credit.workflow import Stepped
from records.models.record import CreditRecord
from records.models.repair import Repair


class RepairOffer(models.Model):
    """修复提醒: on the first day on which it may be applied for, once for each record."""

    record = models.OneToOneField(CreditRecord, models.PROTECT, related_name="repair_offer", verbose_name="信用记录")
    message = models.ForeignKey(Message, models.PROTECT, related_name="+", verbose_name="消息")
    offered_on = models.DateField("提醒日")

    class Meta:
        verbose_name = "修复提醒"
        verbose_name_plural = "修复提醒"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.record} 的修复提醒"


class FalsePromiseStatus(models.TextChoices):
    """状态: one finds, another confirms."""

    FOUND = "found", "待另一人确认"
    CONFIRMED = "confirmed", "已确认"
    DROPPED = "dropped", "不予确认"


F = FalsePromiseStatus


class FalsePromises(models.QuerySet["FalsePromise"]):
    """The two ways in."""

    def of_departments(self, user: User) -> Self:
        """本单位的, whatever their status: for the acts, which refuse by status themselves."""
        mine = user.departments("handle_repair") | user.departments("decide_repair")
        return self.filter(repair__record__department_id__in=mine)

    def visible_to(self, user: User) -> Self:
        """本单位待确认的."""
        return self.of_departments(user).filter(status=F.FOUND)

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, by person key."""
        return self.filter(repair__record__subject__key_rows__digest__in=keys).distinct()


class FalsePromise(Stepped):
    """失实承诺 (信用修复管理办法): its consequence comes from the pack, never from the officer."""

    status = models.CharField("状态", max_length=24, choices=F, default=F.FOUND)
    repair = models.OneToOneField(Repair, models.PROTECT, related_name="false_promise", verbose_name="信用修复")
    facts = models.CharField("查明的事实", max_length=300)
    document = models.CharField("书面认定的文号", max_length=128)
    found_on = models.DateField("认定日")
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认定人")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="确认人"
    )
    over_on = models.DateField("确认日", null=True, blank=True)
    barred_until = models.DateField("此日以前不得申请修复", null=True, blank=True)
    article = models.CharField("依据", max_length=200, blank=True, default="")

    objects: ClassVar[models.Manager["FalsePromise"]] = FalsePromises.as_manager()

    class Meta:
        verbose_name = "失实承诺"
        verbose_name_plural = "失实承诺"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_false_promise_has_a_known_status", condition=models.Q(status__in=F.values)),
            models.CheckConstraint(
                name="four_eyes_on_a_false_promise",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("found_by")),
            ),
            models.CheckConstraint(
                name="a_confirmed_false_promise_was_decided",
                condition=models.Q(status="found") | models.Q(decided_by__isnull=False, over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_bar_has_its_article_and_its_confirmation",
                condition=models.Q(barred_until__isnull=True) | (models.Q(status="confirmed") & ~models.Q(article="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repair} 的失实承诺"

    @property
    def in_department(self) -> tuple[int, str]:
        """Whoever decided the repair."""
        return self.repair.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person who promised."""
        return self.repair.person_keys()
