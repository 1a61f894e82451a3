"""自查更正: a department finds its own mistake; one person proposes, another agrees, the person is told."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.kept_history import KeptHistory
from records.models.record import CreditRecord


class AmendmentStatus(models.TextChoices):
    """状态. The record stays as it is until another person has agreed."""

    PROPOSED = "proposed", "待复核"
    AGREED = "agreed", "已更正"
    WITHDRAWN = "withdrawn-record", "已撤回信息"
    REFUSED = "refused", "未同意"
    DROPPED = "dropped", "已收回"


class AmendmentKind(models.TextChoices):
    """更正还是撤回."""

    CORRECT = "correct", "更正内容"
    WITHDRAW = "withdraw", "撤回整条"


class WithdrawCause(models.TextChoices):
    """撤回的原因: a closed vocabulary; the words stand beside it."""

    NONE = "", "不是撤回"
    PERSON = "wrong-person", "记在了别人名下"
    REVOKED = "document-revoked", "原文书已被撤销、变更或者确认无效"
    TWICE = "reported-twice", "同一件事重复归集"
    UNLAWFUL = "not-collectable", "不属于可以归集的信息"


A = AmendmentStatus


class Amendments(models.QuerySet["Amendment"]):
    """The two ways in, as with objections."""

    def visible_to(self, user: User) -> Self:
        """本单位的更正件, as long as their record is in force; what has ended is gone here too."""
        mine = self.filter(record__department_id__in=user.departments("view_records"))
        return mine.filter(record__in=CreditRecord.objects.in_force(on=clock.today()))

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, by person key."""
        return self.filter(record__subject__key_rows__digest__in=keys).distinct()


class Amendment(KeptHistory, Stepped):
    """自查更正. `changes` maps a held field to what it should be; `before` is kept when it has been agreed to."""

    status = models.CharField("状态", max_length=24, choices=A, default=A.PROPOSED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="amendments", verbose_name="信用记录")
    kind = models.CharField("更正还是撤回", max_length=12, choices=AmendmentKind)
    changes = models.JSONField("更正为", default=dict)
    cause = models.CharField("撤回原因", max_length=20, choices=WithdrawCause, blank=True, default="")
    document_number = models.CharField("依据文书", max_length=128)
    reason = models.CharField("理由", max_length=500)
    of_revision = models.PositiveIntegerField("所更正的内容版本")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_on = models.DateField("提出日")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="复核人"
    )
    decided_on = models.DateField("复核日", null=True, blank=True)
    # set in the transaction of the agreement and never otherwise: the database lets the record change for it
    agreed = models.BooleanField("已同意", default=False)

    objects: ClassVar[models.Manager["Amendment"]] = Amendments.as_manager()

    class Meta:
        verbose_name = "自查更正"
        verbose_name_plural = "自查更正"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="an_amendment_has_a_known_status", condition=models.Q(status__in=A.values)),
            models.UniqueConstraint(
                name="one_waiting_amendment_per_record", fields=["record"], condition=models.Q(status="proposed")
            ),
            models.CheckConstraint(
                name="four_eyes_on_an_amendment",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="an_agreed_amendment_was_decided",
                condition=models.Q(agreed=False) | models.Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_amendment_has_its_document_and_its_reason",
                condition=~models.Q(document_number="") & (~models.Q(reason="") | models.Q(kept__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_correction_says_what_a_withdrawal_says_why",
                condition=(models.Q(kind="correct", cause="") & (~models.Q(changes={}) | models.Q(kept__isnull=False)))
                | (models.Q(kind="withdraw", changes={}) & ~models.Q(cause="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whoever determined the record corrects it."""
        return self.record.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person whose record it is."""
        return self.record.person_keys()
