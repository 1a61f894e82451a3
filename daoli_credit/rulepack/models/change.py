"""规则确认件: one row of the rules to be confirmed, suspended or resumed, by a legal officer and a second person."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.law.models import Overlay
from daoli_credit.workflow import Stepped

Action = Overlay.Action


class G(models.TextChoices):
    """状态."""

    PROPOSED = "proposed", "待第二人同意"
    AGREED = "agreed", "已同意"
    REFUSED = "refused", "未同意"


class RuleChanges(models.QuerySet["RuleChange"]):
    """The only way in for pages."""

    def visible_to(self, user: User) -> Self:
        """可见: rules are about nobody; who confirmed them every member of staff may know."""
        return self if user.is_active and user.face == Face.STAFF else self.none()

    def about(self, kind: str, code: str) -> Self:
        """关于这一条规则的, newest first."""
        return self.filter(kind=kind, code=code)


class RuleChange(Stepped):
    """规则确认件. `row_digest` is the row as the legal officer read it: what is agreed to is that and nothing newer."""

    status = models.CharField("状态", max_length=24, choices=G, default=G.PROPOSED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    action = models.CharField("动作", max_length=10, choices=Action.choices)
    kind = models.CharField("类别", max_length=40)
    code = models.CharField("编号", max_length=80)
    title = models.CharField("规则", max_length=300)
    edition = models.CharField("规则版本", max_length=40)
    row_digest = models.CharField("所读内容的摘要", max_length=32)
    reason = models.CharField("核对情况和理由", max_length=500)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="办理单位")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_on = models.DateField("提出日")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="第二人"
    )
    decided_on = models.DateField("决定日", null=True, blank=True)

    objects: ClassVar[models.Manager["RuleChange"]] = RuleChanges.as_manager()

    class Meta:
        verbose_name = "规则确认件"
        verbose_name_plural = "规则确认件"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["kind", "code", "-id"], name="rule_changes_of_a_row")]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_rule_change_has_a_known_status", condition=models.Q(status__in=G.values)),
            models.CheckConstraint(
                name="a_rule_change_does_a_known_thing", condition=models.Q(action__in=Action.values)
            ),
            models.CheckConstraint(
                name="a_rule_change_needs_two_persons",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_decided_rule_change_says_by_whom_and_when",
                condition=models.Q(status="proposed", decided_by__isnull=True, decided_on__isnull=True)
                | models.Q(status__in=["agreed", "refused"], decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_rule_change_says_what_was_read_and_why",
                condition=~models.Q(row_digest="") & ~models.Q(reason=""),
            ),
            models.UniqueConstraint(
                name="one_open_change_per_rule", fields=["kind", "code"], condition=models.Q(status="proposed")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The credit office: the rules are the whole district's."""
        return self.department_id, self.department.code
