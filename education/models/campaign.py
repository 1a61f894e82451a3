"""宣传活动: what one unit did, or will do, on a key date or in between. About an event, never about who came."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped


class S(models.TextChoices):
    """状态."""

    PLANNED = "planned", "已安排"
    HELD = "held", "已举办"
    CANCELLED = "cancelled", "已取消"


class Contents(models.TextChoices):
    """宣传内容 (方案二（一）2)."""

    POLICY_LAW = "policy-law", "信用政策法规"
    KNOWLEDGE = "knowledge", "信用知识"
    TYPICAL_CASES = "typical-cases", "典型案例"


class Campaigns(models.QuerySet["Campaign"]):
    """The two ways in: what a user of the desk may see, and what everybody may."""

    def visible_to(self, user: User) -> Self:
        """可见: one's own unit's, and what others have held; the credit office sees all of them."""
        if user.may_anywhere("supervise"):
            return self
        if not user.may_anywhere("plan_campaign"):
            return self.none()
        return self.filter(models.Q(department_id__in=user.departments("plan_campaign")) | models.Q(status=S.HELD))

    def published(self) -> Self:
        """对外: what was held, newest first."""
        return self.filter(status=S.HELD).order_by("-held_on", "-pk")


class Campaign(Stepped):
    """宣传活动. `key_date` and `key_day` name the occurrence it belongs to; both empty for 日常宣传.

    There is no field for a participant, a picture or a list: none of them may be kept here.
    """

    status = models.CharField("状态", max_length=24, choices=S, default=S.PLANNED)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="牵头单位")
    partners = models.ManyToManyField(Department, related_name="+", verbose_name="配合单位", blank=True)
    key_date = models.CharField("宣传节点", max_length=40, blank=True, default="")
    key_day = models.DateField("节点首日", null=True, blank=True)
    title = models.CharField("活动名称", max_length=60)
    place = models.CharField("地点", max_length=60)
    contents = ArrayField(models.CharField(max_length=16, choices=Contents), verbose_name="宣传内容")
    planned_on = models.DateField("安排在")
    held_on = models.DateField("举办日期", null=True, blank=True)
    reached = models.PositiveIntegerField("参加人数", null=True, blank=True)
    reached_is_estimate = models.BooleanField("人数是估计", default=True)
    materials = models.CharField("宣传材料", max_length=300, blank=True, default="")
    links = ArrayField(models.URLField(max_length=300), verbose_name="报道链接", default=list, blank=True)
    summary = models.CharField("活动情况", max_length=500, blank=True, default="")
    cases_are_anonymous = models.BooleanField("案例已隐去身份", default=False)

    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="安排人")
    arranged_on = models.DateField("安排登记日")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="报告人"
    )
    reported_on = models.DateField("报告日", null=True, blank=True)

    objects: ClassVar[models.Manager["Campaign"]] = Campaigns.as_manager()

    class Meta:
        verbose_name = "宣传活动"
        verbose_name_plural = "宣传活动"
        ordering: ClassVar = ["-planned_on", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_campaign_has_a_known_status", condition=models.Q(status__in=S.values)),
            models.CheckConstraint(
                name="a_key_date_goes_with_its_day",
                condition=models.Q(key_date="", key_day__isnull=True)
                | (~models.Q(key_date="") & models.Q(key_day__isnull=False)),
            ),
            models.CheckConstraint(name="a_campaign_says_what_it_is_about", condition=~models.Q(contents=[])),
            models.CheckConstraint(
                name="a_campaign_was_held_before_it_was_reported",
                condition=~models.Q(status="held")
                | (
                    models.Q(held_on__isnull=False, reported_on__gte=models.F("held_on"), reported_by__isnull=False)
                    & ~models.Q(summary="")
                ),
            ),
            models.CheckConstraint(
                name="typical_cases_are_anonymous",
                condition=~models.Q(status="held")
                | ~models.Q(contents__contains=["typical-cases"])
                | models.Q(cases_are_anonymous=True),
            ),
            models.UniqueConstraint(
                name="a_campaign_is_arranged_once",
                fields=["department", "title", "planned_on"],
                condition=~models.Q(status="cancelled"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "key_date", "key_day"], name="campaign_by_key_date"),
            models.Index(fields=["-held_on", "-id"], name="campaign_held", condition=models.Q(status="held")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose campaign it is."""
        return self.department_id, self.department.code

    @property
    def contents_words(self) -> list[str]:
        """What it is about, in words."""
        return [Contents(one).label for one in self.contents]
