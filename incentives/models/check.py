"""信用核查: one question about one applicant of one open case, its kept answer, and what was decided by it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, ServiceKey, User
from incentives.models.check_set import CheckSet
from incentives.models.matter_case import MatterCase
from records.models import CreditRecord

VERBS = ("check_applicants", "approve_check")
# 本系统 as a source; an inbound source has its own code
OWN = "own"


class Checks(models.QuerySet["Check"]):
    """The ways in: of the department that asked, and of the person who was asked about."""

    def visible_to(self, user: User) -> Self:
        """本部门的核查."""
        return self.filter(department_id__in=frozenset().union(*(user.departments(verb) for verb in VERBS)))

    def visible_to_system(self, key: ServiceKey) -> Self:
        """由这个系统提出的."""
        return self.filter(made_key=key)

    def about(self, keys: list[bytes]) -> Self:
        """关于本人的, by person key: also of somebody of whom nothing is known here."""
        return self.filter(person_key__in=keys)


class Check(models.Model):
    """信用核查. Written once, in the transaction that answers and logs; nobody's row is made for being asked about."""

    number = models.CharField("核查编号", max_length=24, unique=True)
    case = models.ForeignKey(MatterCase, models.PROTECT, related_name="checks", verbose_name="办件")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    matter = models.SlugField("应用事项", max_length=60)
    person_key = models.BinaryField("个人标识", max_length=34)
    number_tail = models.CharField("证件号码（已遮盖）", max_length=24)
    application = models.CharField("申请编号", max_length=60)
    look = models.BigIntegerField("查询记录编号")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="核查人"
    )
    made_key = models.ForeignKey(
        ServiceKey, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="核查的系统"
    )
    request_id = models.CharField("请求编号", max_length=64, blank=True, default="")
    made_on = models.DateField("核查日")
    made_at = models.DateTimeField("核查时间")
    edition = models.CharField("规则版本", max_length=40)
    of_set = models.ForeignKey(
        CheckSet, models.PROTECT, related_name="checks", null=True, blank=True, verbose_name="成批核查"
    )

    objects: ClassVar[models.Manager["Check"]] = Checks.as_manager()

    class Meta:
        verbose_name = "信用核查"
        verbose_name_plural = "信用核查"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_check_comes_from_a_person_or_a_system",
                condition=Q(made_by__isnull=False, made_key__isnull=True)
                | Q(made_by__isnull=True, made_key__isnull=False),
            ),
            models.CheckConstraint(
                name="a_check_has_its_case_and_application", condition=~Q(matter="") & ~Q(application="")
            ),
            models.UniqueConstraint(
                name="each_request_is_checked_once",
                fields=["case", "request_id"],
                condition=~Q(request_id=""),
            ),
            models.UniqueConstraint(name="one_look_behind_a_check", fields=["look"]),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "-id"], name="check_of_department"),
            models.Index(fields=["matter", "made_on"], name="check_by_month"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def who(self) -> str:
        """谁核查的: an officer, or a bureau's own system."""
        return f"{self.made_key.title}（接口）" if self.made_key else str(self.made_by)

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose check it is."""
        return self.department_id, self.department.code


class Said(models.TextChoices):
    """一个来源的答复."""

    FOUND = "found", "有答复"
    NOTHING = "nothing", "没有可用于本事项的信息"
    SILENT = "silent", "未答复"


class CheckAnswer(models.Model):
    """留存的答复: one measure with its record, or one source's word. Its text lies sealed and is never rewritten.

    A row about a record goes with that record; once the record has ended its text is shown no more.
    """

    check_made = models.ForeignKey(Check, models.PROTECT, related_name="answers", verbose_name="信用核查")
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    place = models.PositiveSmallIntegerField("次序")
    source = models.SlugField("来源", max_length=40, default=OWN)
    source_title = models.CharField("来源名称", max_length=60)
    said = models.CharField("答复", max_length=8, choices=Said, default=Said.FOUND)
    answered_at = models.DateTimeField("答复时间")
    record = models.ForeignKey(
        CreditRecord, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="信用记录"
    )
    measure = models.SlugField("措施", max_length=60, blank=True, default="")
    sign = models.CharField("措施种类", max_length=12, blank=True, default="")
    force = models.CharField("应当或者可以", max_length=4, blank=True, default="")
    until = models.DateField("措施至", null=True, blank=True)
    firm = models.BooleanField("可以据以办理", default=True)
    due_on = models.DateField("反馈期限", null=True, blank=True)
    envelope = models.BinaryField("答复内容（封存）")

    class Meta:
        verbose_name = "核查答复"
        verbose_name_plural = "核查答复"
        ordering: ClassVar = ["check_made", "place"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_place_of_an_answer_once", fields=["check_made", "place"]),
            models.CheckConstraint(name="an_answer_has_a_known_word", condition=Q(said__in=Said.values)),
            models.CheckConstraint(
                name="a_measure_says_must_or_may",
                condition=Q(measure="", force="", sign="") | (Q(force__in=["must", "may"]) & ~Q(measure="", sign="")),
            ),
            models.CheckConstraint(
                name="nothing_found_needs_no_feedback",
                condition=Q(due_on__isnull=True) | (Q(said="found") & ~Q(measure="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["record"], name="answer_of_record", condition=Q(record__isnull=False)),
            models.Index(fields=["due_on"], name="feedback_due", condition=Q(due_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.check_made} 第 {self.place} 项"


class Outcome(models.TextChoices):
    """怎样决定的."""

    APPLIED = "applied", "适用了"
    NOT_APPLIED = "not-applied", "没有适用"


class Feedback(models.Model):
    """措施反馈: what was decided by one answer, once. A `may` that was used says why; so does what was not applied."""

    answer = models.OneToOneField(
        CheckAnswer, models.PROTECT, related_name="feedback", primary_key=True, verbose_name="核查答复"
    )
    force = models.CharField("应当或者可以", max_length=4)
    outcome = models.CharField("怎样决定的", max_length=12, choices=Outcome)
    reason = models.CharField("理由", max_length=300, blank=True, default="")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="反馈人")
    given_on = models.DateField("反馈日")

    class Meta:
        verbose_name = "措施反馈"
        verbose_name_plural = "措施反馈"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_feedback_has_a_known_outcome", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="only_a_must_that_was_applied_needs_no_reason",
                condition=Q(force="must", outcome="applied") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer}：{self.get_outcome_display()}"


def context_of(answer: CheckAnswer) -> bytes:
    """What an answer's envelope is bound to."""
    return b"check-answer|" + answer.token.bytes


sealed.register(
    sealed.Other("incentives.Check", "person_key", "写下就不改，用密钥环里每一把密钥去读"),
    sealed.Envelope("incentives.CheckAnswer", "envelope", context_of),
)
