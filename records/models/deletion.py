"""销毁记载: that a record was deleted for good, what went with it and under which certificate. Nothing else is left."""

from typing import ClassVar, Self

from django.db import models

from daoli_credit.accounts.models import Department, User


class Deletions(models.QuerySet["Deletion"]):
    """The way in."""

    def visible_to(self, user: User) -> Self:
        """本单位的销毁记载; those who supervise see all. It names nobody."""
        if user.may_anywhere("supervise"):
            return self.all()
        mine = Department.objects.filter(pk__in=user.departments("view_records") | user.departments("legal_review"))
        return self.filter(department__in=mine.values("code"))


class Deletion(models.Model):
    """销毁记载. Plain text and numbers, no foreign keys: it outlives what it speaks of, and only grows."""

    record_pk = models.BigIntegerField("原编号", primary_key=True)
    record_number = models.CharField("记录编号", max_length=24, unique=True)
    archive_number = models.CharField("封存编号", max_length=24)
    department = models.SlugField("认定部门代码", max_length=40)
    certificate = models.CharField("销毁证明编号", max_length=24)
    due_on = models.DateField("保存届满日")
    deleted_on = models.DateField("销毁日")
    rows = models.JSONField("一并销毁的行数", default=dict)
    person_gone = models.BooleanField("主体一并销毁", default=False)

    objects: ClassVar[models.Manager["Deletion"]] = Deletions.as_manager()

    class Meta:
        verbose_name = "销毁记载"
        verbose_name_plural = "销毁记载"
        ordering: ClassVar = ["-deleted_on", "-record_pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nothing_is_deleted_before_its_time", condition=models.Q(deleted_on__gt=models.F("due_on"))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["certificate"], name="deletion_by_certificate")]

    def __str__(self) -> str:
        return f"{self.record_number}（{self.certificate}）"
