"""依法调取销毁记载: that a request was deleted for good, and under which certificate."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class RequestDeletion(models.Model):
    """依法调取销毁记载. Numbers and days, no foreign keys: it outlives what it speaks of, and only grows.

    Of the document, of whoever brought it and of whom it asked about nothing is left; what was given stands in the
    register of disclosures, and the look in the log, each for its own time.
    """

    request_pk = models.BigIntegerField("依法调取件", primary_key=True)
    number = models.CharField("系统编号", max_length=24)
    department = models.SlugField("部门代码", max_length=40)
    certificate = models.CharField("销毁证明编号", max_length=24)
    over_on = models.DateField("办结日")
    due_on = models.DateField("保存届满日")
    deleted_on = models.DateField("销毁日")

    class Meta:
        verbose_name = "依法调取销毁记载"
        verbose_name_plural = "依法调取销毁记载"
        ordering: ClassVar = ["-deleted_on", "-request_pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="no_request_is_deleted_before_its_time", condition=Q(deleted_on__gt=F("due_on"))
            ),
            models.CheckConstraint(name="a_request_is_kept_after_its_end", condition=Q(due_on__gt=F("over_on"))),
        ]
        indexes: ClassVar = [models.Index(fields=["certificate"], name="request_deletion_certificate")]

    def __str__(self) -> str:
        return f"{self.number}（{self.certificate}）"
