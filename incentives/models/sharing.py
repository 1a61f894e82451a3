"""共享授权: one department asks one other for items of its catalogue, in one matter, until a day."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daoli_credit.accounts.models import Department, ImpactAssessment, User
from daoli_credit.accounts.models.columns import who
from daoli_credit.workflow import Stepped

OFFICE = "credit-office"
LONGEST = timedelta(days=3 * 366)  # the database's own bound; the pack's `share-term` is shorter


class H(models.TextChoices):
    """状态."""

    ASKED = "asked", "待提供部门答复"
    AGREED = "agreed", "待区信用办决定"
    ACTIVE = "active", "已启用"
    REFUSED = "refused", "提供部门未同意"
    DECLINED = "declined", "区信用办未启用"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "已停用"
    EXPIRED = "expired", "已到期"
    CLOSED = "closed", "因一年未使用已关闭"


WAITING = (H.ASKED, H.AGREED)
WAS_ACTIVE = (H.ACTIVE, H.ENDED, H.EXPIRED, H.CLOSED)


class Reason(models.TextChoices):
    """不同意的理由, in fixed words."""

    NO_BASIS = "no-basis", "所写依据没有规定要查看这类信息"
    NOT_NEEDED = "not-needed", "办这个事项用不到，或者可以用别的材料代替"
    TOO_MUCH = "too-much", "超出办理所需的最小范围"
    NOT_PROVIDER = "not-provider", "本部门没有这类信息，或者由垂直系统提供"
    BARRED = "barred", "法律、法规规定不得提供"


class Sharings(models.QuerySet["Sharing"]):
    """Who sees it, and whether it holds on a day."""

    def visible_to(self, user: User) -> Self:
        """可见: the department that asks, the one that is asked, and the credit office."""
        return self.filter(
            Q(department_id__in=user.departments("apply_sharing") | user.departments("check_applicants"))
            | Q(provider_id__in=user.departments("answer_sharing") | user.departments("apply_sharing"))
            | Q(office_id__in=user.departments("approve_assessment") | user.departments("draft_assessment"))
        )

    def active(self, on: date) -> Self:
        """在用: put into force and its last day not over. A status that nobody has written yet changes nothing."""
        return self.filter(status=H.ACTIVE, active_from__lte=on, active_until__gte=on)


def _codes(title: str) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=80), verbose_name=title, default=list, blank=True)


class Sharing(Stepped):
    """共享授权. What was asked and what was agreed are two sets of columns; a fact, once written, stays (trigger)."""

    status = models.CharField("状态", max_length=24, choices=H, default=H.ASKED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    matter = models.SlugField("应用事项", max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="申请部门")
    provider = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="提供部门")
    office = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="决定单位")
    items = _codes("申请的目录事项")
    fields = _codes("申请的栏目")
    duty = _codes("职责依据")
    purpose = models.CharField("用途", max_length=300)
    wanted_until = models.DateField("希望用到")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日")
    due_on = models.DateField("答复期限", null=True, blank=True)

    agreed_items = _codes("同意的目录事项")
    agreed_fields = _codes("同意的栏目")
    refusal = models.CharField("不同意的理由", max_length=16, choices=Reason, blank=True, default="")
    answered_by = who("答复人")
    answered_on = models.DateField("答复日", null=True, blank=True)

    assessment = models.ForeignKey(
        ImpactAssessment, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="影响评估"
    )
    decided_by = who("决定人")
    decided_on = models.DateField("决定日", null=True, blank=True)
    active_from = models.DateField("启用日", null=True, blank=True)
    active_until = models.DateField("有效至（含当日）", null=True, blank=True)
    over_on = models.DateField("结束日", null=True, blank=True)
    over_why = models.CharField("结束的原因", max_length=300, blank=True, default="")

    objects: ClassVar[models.Manager["Sharing"]] = Sharings.as_manager()

    class Meta:
        verbose_name = "共享授权"
        verbose_name_plural = "共享授权"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_sharing_has_a_known_status", condition=Q(status__in=H.values)),
            models.CheckConstraint(
                name="a_sharing_says_what_for_and_on_what_basis",
                condition=Q(items__len__gt=0, fields__len__gt=0, duty__len__gt=0) & ~Q(purpose="") & ~Q(matter=""),
            ),
            models.CheckConstraint(name="nobody_shares_with_themselves", condition=~Q(department=F("provider"))),
            models.CheckConstraint(
                name="no_more_is_agreed_than_was_asked",
                condition=Q(agreed_items__contained_by=F("items"), agreed_fields__contained_by=F("fields")),
            ),
            models.CheckConstraint(
                name="an_answer_to_a_sharing_is_whole",
                condition=Q(
                    answered_by__isnull=True, answered_on__isnull=True, refusal="", agreed_items=[], agreed_fields=[]
                )
                | (
                    Q(answered_by__isnull=False, answered_on__isnull=False, answered_on__gte=F("asked_on"))
                    & (
                        Q(refusal="", agreed_items__len__gt=0, agreed_fields__len__gt=0)
                        | (~Q(refusal="") & Q(agreed_items=[], agreed_fields=[]))
                    )
                ),
            ),
            models.CheckConstraint(name="a_refused_sharing_says_why", condition=~Q(status="refused") | ~Q(refusal="")),
            models.CheckConstraint(
                name="what_goes_on_was_agreed_to",
                condition=~Q(status__in=["agreed", "active", "declined", "ended", "expired", "closed"])
                | Q(answered_on__isnull=False, refusal=""),
            ),
            models.CheckConstraint(
                name="a_sharing_in_force_was_assessed_and_decided",
                condition=~Q(status__in=["active", "ended", "expired", "closed"])
                | Q(
                    assessment__isnull=False,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    active_from__isnull=False,
                    active_until__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="a_sharing_ends",
                condition=Q(active_from__isnull=True, active_until__isnull=True)
                | Q(
                    active_until__gte=F("active_from"),
                    active_until__lte=F("active_from") + LONGEST,
                    active_from__gte=F("answered_on"),
                ),
            ),
            models.CheckConstraint(
                name="whoever_asks_answers_and_decides_are_three",
                condition=(Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")))
                & (Q(decided_by__isnull=True) | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("answered_by")))),
            ),
            models.CheckConstraint(
                name="a_sharing_that_is_over_says_when_and_why",
                condition=(Q(status__in=["asked", "agreed", "active", "refused"], over_on__isnull=True, over_why=""))
                | (
                    Q(status__in=["declined", "withdrawn", "ended", "expired", "closed"], over_on__isnull=False)
                    & ~Q(over_why="")
                ),
            ),
            models.UniqueConstraint(
                name="one_sharing_asked_for_per_matter_and_provider",
                fields=["department", "matter", "provider"],
                condition=Q(status__in=["asked", "agreed"]),
            ),
            models.UniqueConstraint(
                name="one_sharing_in_force_per_matter_and_provider",
                fields=["department", "matter", "provider"],
                condition=Q(status="active"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Who asks."""
        return self.department_id, self.department.code

    def department_for(self, verb: str) -> tuple[int, str]:
        """Who asks, who is asked and who decides are three departments."""
        whose = {"answer_sharing": self.provider, "approve_assessment": self.office}.get(verb, self.department)
        return whose.pk, whose.code

    def is_active(self, on: date) -> bool:
        """在用: the same question as the queryset's, for one row that is already here."""
        begun = self.active_from is not None and self.active_from <= on
        return self.status == H.ACTIVE and begun and self.active_until is not None and on <= self.active_until
