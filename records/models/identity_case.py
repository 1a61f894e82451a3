"""身份核定: who a record is about, decided by two people with a document. Nothing here is guessed, nothing is moved."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.workflow import Stepped
from records.models.subject import Subject


class IdentityStatus(models.TextChoices):
    """状态."""

    ASKED = "asked", "待核对"
    PROPOSED = "proposed", "待核定"
    SETTLED = "settled", "已核定"
    KEPT = "kept", "维持登记"
    REFUSED = "refused", "不予核定"


class IdentityKind(models.TextChoices):
    """核定什么."""

    NAME = "name", "登记姓名"
    SAME = "same", "认定为同一人"
    APART = "apart", "撤销同一人认定"
    CAPACITY = "capacity", "不具有完全民事行为能力"
    DEATH = "death", "已经去世"
    BACK = "back", "恢复主体资格"


S = IdentityStatus
K = IdentityKind
RUNNING = (S.ASKED, S.PROPOSED)


class IdentityCases(models.QuerySet["IdentityCase"]):
    """The only way in for pages."""

    def visible_to(self, user: User) -> Self:
        """区信用办可见: those who check identities at the window, and those who decide."""
        offices = user.departments("check_identity") | user.departments("supervise")
        return self.filter(department_id__in=offices)


class IdentityCase(Stepped):
    """身份核定件. `claimed` is the name that somebody says is right, sealed; `moved` are the subjects it changed."""

    status = models.CharField("状态", max_length=24, choices=S, default=S.PROPOSED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("核定事项", max_length=12, choices=K)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="核定单位")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="identity_cases", verbose_name="信用主体")
    other = models.ForeignKey(
        Subject, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="另一个号码"
    )
    undoes = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="撤销的认定"
    )
    claimed = models.BinaryField("据称的姓名（封存）", null=True, blank=True)

    asked_for = models.ForeignKey(
        Department, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提出核对的部门"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提出核对的人"
    )
    opened_on = models.DateField("收件日")
    reason = models.TextField("理由", blank=True, default="")
    paper = models.CharField("依据的材料", max_length=60, blank=True, default="")
    paper_number = models.CharField("材料文号", max_length=60, blank=True, default="")
    paper_on = models.DateField("材料日期", null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="提出人"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="核定人"
    )
    over_on = models.DateField("办结日", null=True, blank=True)
    moved = models.JSONField("变动的主体", default=list, blank=True)
    ended = models.PositiveIntegerField("终止的记录数", default=0)

    objects: ClassVar[models.Manager["IdentityCase"]] = IdentityCases.as_manager()

    class Meta:
        verbose_name = "身份核定"
        verbose_name_plural = "身份核定"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_identity_case_has_a_known_status", condition=models.Q(status__in=S.values)),
            models.CheckConstraint(name="an_identity_case_has_a_known_kind", condition=models.Q(kind__in=K.values)),
            models.CheckConstraint(
                name="four_eyes_on_an_identity",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="an_identity_is_proposed_with_reason_and_document",
                condition=models.Q(status__in=["asked", "kept"])
                | (
                    models.Q(proposed_by__isnull=False, paper_on__isnull=False)
                    & ~models.Q(reason="")
                    & ~models.Q(paper="")
                ),
            ),
            models.CheckConstraint(
                name="a_settled_identity_was_decided",
                condition=~models.Q(status__in=["settled", "refused"])
                | models.Q(proposed_by__isnull=False, decided_by__isnull=False, over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="two_numbers_are_joined_or_parted",
                condition=(
                    models.Q(kind__in=["same", "apart"], other__isnull=False) & ~models.Q(other=models.F("subject"))
                )
                | (~models.Q(kind__in=["same", "apart"]) & models.Q(other__isnull=True)),
            ),
            models.UniqueConstraint(
                name="one_running_identity_case_of_a_kind",
                fields=["subject", "kind"],
                condition=models.Q(status__in=["asked", "proposed"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The credit office, which alone sees across departments whom a number belongs to."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of everybody in it."""
        others = self.other.person_keys() if self.other else []
        return list(dict.fromkeys([*self.subject.person_keys(), *others]))
