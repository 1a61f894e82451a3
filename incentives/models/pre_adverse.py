"""拟作出不利决定事先告知书: before a check's result is used against a person, the person hears of it and may answer."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who, words
from daoli_credit.law import clock
from incentives.models.check import Check, CheckAnswer
from incentives.models.noticed import Noticed
from incentives.models.pre_adverse_constraints import CONSTRAINTS
from incentives.models.pre_adverse_status import OPEN, P, Result
from incentives.models.status import Channel
from records.models import CreditRecord, Subject
from records.models.record import Service


class PreAdverseNotices(models.QuerySet["PreAdverseNotice"]):
    """The two ways in."""

    def visible_to(self, user: User) -> Self:
        """本部门可见: whoever checks there or approves; nobody else, not even whose record it rests on."""
        verbs = ("check_applicants", "approve_check")
        return self.filter(department_id__in=frozenset().union(*(user.departments(verb) for verb in verbs)))

    def readable_by(self, user: User) -> Self:
        """文书还读得到的: until the record has ended; what has ended is shown to staff nowhere, a copy neither."""
        standing = CreditRecord.objects.in_force(on=clock.today())
        return self.visible_to(user).filter(models.Q(record__isnull=True) | models.Q(record__in=standing))

    def about(self, keys: list[bytes]) -> Self:
        """本人的: from the notice on; before it nothing has been said to anybody."""
        return self.filter(subject__key_rows__digest__in=keys, noticed_on__isnull=False).distinct()

    def running(self) -> Self:
        """办理中."""
        return self.filter(status__in=OPEN)


class PreAdverseNotice(Noticed):
    """事先告知书. It rests on one measure of a check's answer: of this register, or of a platform above. Facts stay.

    `record` is the record behind the answer, none behind a platform's: with it the notice goes at the end of keeping.
    """

    status = models.CharField("状态", max_length=12, choices=P, default=P.DRAFTED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    check_made = models.ForeignKey(Check, models.PROTECT, related_name="notices", verbose_name="信用核查")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    matter = models.SlugField("应用事项", max_length=60)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="当事人")
    answer = models.ForeignKey(CheckAnswer, models.PROTECT, related_name="notices", verbose_name="核查答复")
    record = models.ForeignKey(
        CreditRecord, models.PROTECT, related_name="pre_adverse", null=True, blank=True, verbose_name="依据的信用记录"
    )
    measure = models.SlugField("措施", max_length=60)
    force = models.CharField("应当或者可以", max_length=4)
    outlives = models.BooleanField("依法长于记录", default=False)
    proposed = models.TextField("拟作出的决定")
    legal_ground = models.TextField("依据")
    discretion = models.TextField("裁量理由", blank=True, default="")
    outright = models.BooleanField("法律直接规定，告知与决定同时送达", default=False)
    outright_basis = models.TextField("直接规定的条文", blank=True, default="")
    edition = models.CharField("规则版本", max_length=40)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_on = models.DateField("拟稿日")

    notice_message = models.ForeignKey(
        "accounts.Message", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="告知书"
    )

    result = models.CharField("结果", max_length=8, choices=Result, blank=True, default="")
    decided_by = who("决定登记人")
    decided_on = models.DateField("决定日", null=True, blank=True)
    decision_number = words("决定文号", 128)
    decided_why = models.TextField("决定理由", blank=True, default="")
    response = models.TextField("对陈述申辩的逐条回应", blank=True, default="")
    decision_message = models.ForeignKey(
        "accounts.Message", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="决定告知"
    )
    decision_service = models.CharField("决定送达方式", max_length=16, choices=Service, blank=True, default="")
    decision_proof = words("决定送达证明", 200)
    decision_served_on = models.DateField("决定送达日", null=True, blank=True)

    objects: ClassVar[models.Manager["PreAdverseNotice"]] = PreAdverseNotices.as_manager()

    class Meta:
        verbose_name = "拟作出不利决定事先告知书"
        verbose_name_plural = "拟作出不利决定事先告知书"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = CONSTRAINTS
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="pre_adverse_by_department"),
            models.Index(fields=["subject", "-id"], name="pre_adverse_by_subject"),
        ]

    def __str__(self) -> str:
        return self.number


class PreAdverseStatement(models.Model):
    """对事先告知的陈述申辩. The person keeps a copy: the sealed text lies in their own messages."""

    notice = models.ForeignKey(PreAdverseNotice, models.PROTECT, related_name="statements")
    channel = models.CharField("途径", max_length=8, choices=Channel)
    posted_on = models.DateField("交邮或者提交日")
    received_on = models.DateField("收到日")
    message = models.ForeignKey("accounts.Message", models.PROTECT, related_name="+", verbose_name="消息")
    digest = models.BinaryField("正文摘要（SHA-256）", max_length=32)

    class Meta:
        verbose_name = "对事先告知的陈述申辩"
        verbose_name_plural = "对事先告知的陈述申辩"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="the_same_statement_once", fields=["notice", "digest"]),
            models.CheckConstraint(
                name="a_statement_is_received_after_it_was_posted",
                condition=models.Q(received_on__gte=models.F("posted_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}（{self.get_channel_display()}）"


sealed.register(sealed.Other("incentives.PreAdverseStatement", "digest", "正文摘要，不用密钥"))
