"""条款: one sentence of the plan, and what becomes of it under the law in force."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.models.plan import Plan
from daoli_credit.supervision.models.task import Task


class Treatment(models.TextChoices):
    """处理: carried out, carried out as the law in force allows, or not carried out because it does not."""

    CARRIED_OUT = "carried-out", "落实"
    ADJUSTED = "adjusted", "依现行法调整后落实"
    DECLINED = "declined", "依法不予落实"


class Clause(models.Model):
    """方案条款. `basis` refers into the rule pack (`pipl#25`), `where` to the nouns whose pages show the work."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="clauses", verbose_name="方案")
    task = models.ForeignKey(Task, models.PROTECT, related_name="clauses", verbose_name="任务")
    number = models.CharField("编号", max_length=10)
    ref = models.CharField("方案序号", max_length=12)
    words = models.TextField("方案原文")
    treatment = models.CharField("处理", max_length=12, choices=Treatment)
    reason = models.TextField("怎样办、为什么")
    basis = ArrayField(models.CharField(max_length=60), verbose_name="依据", blank=True)
    where = ArrayField(models.CharField(max_length=40), verbose_name="落实位置")
    indicator = models.CharField("衡量方法", max_length=80, blank=True)
    departments = models.ManyToManyField(Department, verbose_name="单位")

    class Meta:
        verbose_name = "方案条款"
        verbose_name_plural = "方案条款"
        ordering: ClassVar = ["number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_clause_number_is_used_once_in_a_plan"),
            models.CheckConstraint(
                name="a_clause_not_carried_out_as_written_names_its_basis",
                condition=models.Q(treatment="carried-out") | ~models.Q(basis=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.words}"
