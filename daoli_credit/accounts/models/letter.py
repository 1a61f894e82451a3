"""激活信: what a citizen takes home from the window to open a sign-in of their own."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.user import User

TRIES = 5


class ActivationLetter(models.Model):
    """激活信. Bound to a person key; holds no name, no number, and of its one-time code only a keyed digest."""

    token = models.UUIDField("编号", unique=True)
    number = models.CharField("信号", max_length=20, unique=True)
    person_key = models.BinaryField("个人标识", max_length=34)
    digest = models.BinaryField("激活码摘要", max_length=34)
    printed_by = models.ForeignKey(User, models.PROTECT, related_name="letters_printed", verbose_name="核对人")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="窗口所在部门")
    printed_on = models.DateField("打印日")
    good_until = models.DateField("有效至（含当日）")
    wrong_tries = models.PositiveSmallIntegerField("输错次数", default=0)
    used_on = models.DateField("使用日", null=True, blank=True)
    voided_on = models.DateField("作废日", null=True, blank=True)

    class Meta:
        verbose_name = "激活信"
        verbose_name_plural = "激活信"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_key"],
                condition=models.Q(used_on__isnull=True, voided_on__isnull=True),
                name="one_living_letter_per_person",
            ),
            models.CheckConstraint(
                name="a_letter_is_used_or_voided_not_both",
                condition=models.Q(used_on__isnull=True) | models.Q(voided_on__isnull=True),
            ),
            models.CheckConstraint(name="a_letter_dies_of_wrong_tries", condition=models.Q(wrong_tries__lte=TRIES)),
            models.CheckConstraint(
                name="a_dead_letter_opens_nothing",
                condition=models.Q(used_on__isnull=True) | models.Q(wrong_tries__lt=TRIES),
            ),
            models.CheckConstraint(
                name="a_letter_is_good_for_a_month_and_no_longer",
                condition=models.Q(good_until__gt=models.F("printed_on"))
                & models.Q(good_until__lte=models.F("printed_on") + timedelta(days=31)),
            ),
            models.CheckConstraint(
                name="a_letter_is_used_in_its_time",
                condition=models.Q(used_on__isnull=True)
                | models.Q(used_on__gte=models.F("printed_on"), used_on__lte=models.F("good_until")),
            ),
        ]

    def __str__(self) -> str:
        return self.number
