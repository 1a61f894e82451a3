"""本期无新增: a unit that had nothing to report says so with one click, and is fully on time (promise 8)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department


class NoNews(models.Model):
    """本期无新增, for one unit and one week (Monday to Sunday). What was reported in it all the same goes first."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="单位")
    starts_on = models.DateField("本期首日")
    ends_on = models.DateField("本期末日")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确认人")
    said_on = models.DateField("确认日")

    class Meta:
        verbose_name = "本期无新增"
        verbose_name_plural = "本期无新增"
        ordering: ClassVar = ["-starts_on", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "starts_on"], name="no_news_is_said_once_a_week"),
            models.CheckConstraint(
                name="a_week_begins_on_monday_and_ends_on_sunday",
                condition=models.Q(starts_on__iso_week_day=1, ends_on__iso_week_day=7),
            ),
            models.CheckConstraint(
                name="no_news_is_said_in_or_after_its_week",
                condition=models.Q(said_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}：{self.starts_on} 起一周无新增"
