"""任务 and 责任分工: what the plan asks for, and of whom."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.models.plan import Plan


class Task(models.Model):
    """任务. `plan_term` is the plan's own wording of the deadline, `plan_due` its day if it names one: history only."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name="方案")
    number = models.CharField("编号", max_length=8)
    ref = models.CharField("方案序号", max_length=12)
    title = models.CharField("任务", max_length=60)
    plan_term = models.CharField("方案原定期限", max_length=20, blank=True)
    plan_due = models.DateField("方案原定期限（日）", null=True, blank=True)
    delivers = ArrayField(models.CharField(max_length=20), verbose_name="由哪些部分办理")
    departments = models.ManyToManyField(Department, through="Assignment", verbose_name="责任单位")

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering: ClassVar = ["number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_task_number_is_used_once_in_a_plan"),
            models.CheckConstraint(
                name="a_due_day_rests_on_words_of_the_plan",
                condition=models.Q(plan_due__isnull=True) | ~models.Q(plan_term=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Role(models.TextChoices):
    """分工: the plan names responsible units only; who leads and who joins is entered by the credit office."""

    LEAD = "lead", "牵头"
    JOINT = "joint", "配合"
    RESPONSIBLE = "responsible", "责任单位"


class Assignment(models.Model):
    """责任分工: one department's part in one task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments", verbose_name="任务")
    department = models.ForeignKey(Department, models.PROTECT, related_name="assignments", verbose_name="部门")
    role = models.CharField("分工", max_length=12, choices=Role, default=Role.RESPONSIBLE)

    class Meta:
        verbose_name = "责任分工"
        verbose_name_plural = "责任分工"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "department"], name="a_department_has_one_part_in_a_task"),
            models.UniqueConstraint(fields=["task"], condition=models.Q(role="lead"), name="a_task_has_one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.department}：{self.task}（{self.get_role_display()}）"
