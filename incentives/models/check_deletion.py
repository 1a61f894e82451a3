"""核查销毁记载: that what a closed case had been checked for was deleted for good, and under which certificate."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class CheckDeletion(models.Model):
    """核查销毁记载. Plain text and numbers, no foreign keys: it outlives what it speaks of, and only grows.

    The case stays: a number and its days. Of its checks, answers, feedback and sheets nothing is left but their own
    numbers, by which the certificate is compared with the evidence.
    """

    case_pk = models.BigIntegerField("办件", primary_key=True)
    department = models.SlugField("部门代码", max_length=40)
    certificate = models.CharField("销毁证明编号", max_length=24)
    numbers = ArrayField(models.CharField(max_length=24), verbose_name="核查编号、成批核查编号")
    rows = models.JSONField("销毁的行数", default=dict)
    closed_on = models.DateField("办结日")
    due_on = models.DateField("保存届满日")
    deleted_on = models.DateField("销毁日")

    class Meta:
        verbose_name = "核查销毁记载"
        verbose_name_plural = "核查销毁记载"
        ordering: ClassVar = ["-deleted_on", "-case_pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="no_check_is_deleted_before_its_time", condition=Q(deleted_on__gt=F("due_on"))),
            models.CheckConstraint(name="a_check_is_kept_after_its_case", condition=Q(due_on__gt=F("closed_on"))),
            models.CheckConstraint(name="a_check_deletion_names_what_went", condition=Q(numbers__len__gt=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["certificate"], name="check_deletion_by_certificate")]

    def __str__(self) -> str:
        return f"{self.case_pk}（{self.certificate}）"
