"""登记: a list entry that a court, the tax or police bureau decides outside this portal. The facts stand on the row."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models import CatalogueItem, CreditRecord, Subject
from records.models.attachment import Format


class R(models.TextChoices):
    """状态."""

    REGISTERED = "registered", "已登记，等第二人确认"
    EFFECTIVE = "effective", "已确认，已生效"
    RETURNED = "returned", "已退回"
    CANCELLED = "cancelled", "登记已撤销"


class Told(models.TextChoices):
    """怎样告知当事人的; the words are those of the catalogue."""

    DIRECT = "直接送达", "直接送达"
    LEFT = "留置送达", "留置送达"
    POST = "邮寄送达", "邮寄送达"
    ENTRUSTED = "委托送达", "委托送达"
    PUBLIC = "公告送达", "公告送达"
    ELECTRONIC = "经确认的电子送达", "经确认的电子送达"
    ENFORCEMENT = "执行通知书载明", "执行通知书载明"


OUTSIDE = ("judicial", "registered")


class Registrations(models.QuerySet["Registration"]):
    """The two ways in."""

    def of_departments(self, user: User) -> Self:
        """本单位的登记, whatever became of them: for the acts."""
        return self.filter(department_id__in=user.departments("view_listings"))

    def visible_to(self, user: User) -> Self:
        """本单位可见: until its record has ended, as with a case."""
        standing = CreditRecord.objects.in_force(on=clock.today())
        return self.of_departments(user).filter(Q(record__isnull=True) | Q(record__in=standing))

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, once a second person has confirmed it: before that it says nothing to anybody."""
        return self.filter(subject__key_rows__digest__in=keys, confirmed_on__isnull=False).distinct()


def _set(*names: str) -> Q:
    return Q(**{f"{name}__isnull": False for name in names})


def _unset(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


def _together(*names: str, words: tuple[str, ...] = ()) -> Q:
    every = _set(*names)
    for word in words:
        every &= ~Q(**{word: ""})
    return every | (_unset(*names) & Q(**dict.fromkeys(words, "")))


class Registration(Stepped):
    """登记. One act by the deciding body or its liaison; nothing comes of it until a second person has confirmed it."""

    status = models.CharField("状态", max_length=24, choices=R, default=R.REGISTERED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    list_type = models.SlugField("名单类型", max_length=60)
    procedure = models.CharField("程序", max_length=12)
    edition = models.CharField("规则版本", max_length=40)
    item = models.ForeignKey(CatalogueItem, models.PROTECT, verbose_name="目录事项")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="登记单位")
    subject = models.ForeignKey(Subject, models.PROTECT, verbose_name="当事人")

    document_number = models.CharField("决定文书号", max_length=128)
    decided_on = models.DateField("决定日期")
    authority = models.CharField("决定机关", max_length=100)
    authority_code = models.CharField("决定机关统一社会信用代码", max_length=18)
    legal_ground = models.CharField("列入依据", max_length=500)
    reason = models.CharField("列入事由", max_length=500)
    particulars = models.JSONField("该类文书的其他栏目", default=dict)
    told_on = models.DateField("告知日期")
    told_how = models.CharField("告知方式", max_length=16, choices=Told)
    told_proof = models.CharField("告知证明", max_length=200)
    remedy = models.CharField("救济途径", max_length=500)
    removal = models.CharField("移出方式", max_length=500)
    term_end = models.DateField("文书所载届满日", null=True, blank=True)
    term_basis = models.CharField("期限依据", max_length=200)
    document_digest = models.BinaryField("文书附件摘要（SHA-256）", max_length=32)

    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_on = models.DateField("登记日")
    confirmed_by = who("确认人")
    confirmed_on = models.DateField("确认日", null=True, blank=True)
    record = models.OneToOneField(
        CreditRecord, models.PROTECT, related_name="registration", null=True, blank=True, verbose_name="信用记录"
    )
    returned_by = who("退回人")
    returned_on = models.DateField("退回日", null=True, blank=True)
    returned_why = models.CharField("退回理由", max_length=500, blank=True, default="")
    cancelled_by = who("撤销人")
    cancelled_on = models.DateField("撤销日", null=True, blank=True)
    cancel_number = models.CharField("撤销文书号", max_length=128, blank=True, default="")
    cancelled_why = models.CharField("撤销理由", max_length=500, blank=True, default="")

    objects: ClassVar[models.Manager["Registration"]] = Registrations.as_manager()

    class Meta:
        verbose_name = "名单登记"
        verbose_name_plural = "名单登记"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_registration_has_a_known_status", condition=Q(status__in=R.values)),
            models.CheckConstraint(
                name="only_what_is_decided_outside_is_registered", condition=Q(procedure__in=OUTSIDE)
            ),
            models.CheckConstraint(
                name="a_registration_names_document_body_basis_and_reason",
                condition=~Q(document_number="") & ~Q(authority="") & ~Q(legal_ground="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_registration_says_how_and_when_the_person_was_told",
                condition=Q(told_how__in=Told.values) & ~Q(told_proof=""),
            ),
            models.CheckConstraint(
                name="a_registration_names_remedy_exit_and_term",
                condition=~Q(remedy="") & ~Q(removal="") & ~Q(term_basis=""),
            ),
            models.CheckConstraint(
                name="a_registration_comes_after_what_it_registers",
                condition=Q(registered_on__gte=F("decided_on"))
                & Q(registered_on__gte=F("told_on"))
                & (Q(term_end__isnull=True) | Q(term_end__gt=F("decided_on"))),
            ),
            models.CheckConstraint(
                name="another_than_the_registrar_confirms",
                condition=_together("confirmed_by", "confirmed_on")
                & (
                    _unset("confirmed_by")
                    | (~Q(confirmed_by=F("registered_by")) & Q(confirmed_on__gte=F("registered_on")))
                ),
            ),
            models.CheckConstraint(
                name="an_effective_registration_was_confirmed_and_has_its_record",
                condition=(~Q(status__in=["effective", "cancelled"]) | _set("confirmed_on", "record"))
                & (_unset("record") | _set("confirmed_on")),
            ),
            models.CheckConstraint(
                name="a_returned_registration_says_why",
                condition=_together("returned_by", "returned_on", words=("returned_why",))
                & (~Q(status="returned") | (_set("returned_on") & _unset("confirmed_on"))),
            ),
            models.CheckConstraint(
                name="a_cancelled_registration_says_why",
                condition=_together("cancelled_by", "cancelled_on", words=("cancel_number", "cancelled_why"))
                & (~Q(status="cancelled") | _set("cancelled_on")),
            ),
            models.UniqueConstraint(
                name="one_standing_registration_per_document_and_person",
                fields=["department", "list_type", "document_number", "subject"],
                condition=Q(status__in=["registered", "effective"]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["department", "status", "-id"], name="registration_by_department")]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose registration it is."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person who is registered."""
        return self.subject.person_keys()


class RegistrationPaper(models.Model):
    """登记的文书附件, until the record takes it over; sealed under the same token, so that it moves as it is."""

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="paper")
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    format = models.CharField("格式", max_length=4, choices=Format)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.BinaryField("摘要", max_length=32)
    envelope = models.BinaryField("内容（封存）")

    class Meta:
        verbose_name = "登记文书附件"
        verbose_name_plural = "登记文书附件"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.registration}（文书）"


class RegistrationSight(models.Model):
    """看过文书: who opened the decision; without it nobody confirms (promise 2: seen by a second person)."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="sights")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="看过的人")
    on = models.DateField("日期")

    class Meta:
        verbose_name = "看过登记文书"
        verbose_name_plural = "看过登记文书"
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(name="one_sight_per_person", fields=["registration", "by"])]

    def __str__(self) -> str:
        return f"{self.registration}（{self.by}）"


def _context(kept: RegistrationPaper) -> bytes:
    return b"attachment|" + kept.token.bytes


sealed.register(
    sealed.Other("incentives.Registration", "document_digest", "文件的摘要，不用密钥"),
    sealed.Envelope("incentives.RegistrationPaper", "envelope", _context, portion=2),
    sealed.Other("incentives.RegistrationPaper", "digest", "文件的摘要，不用密钥"),
)
