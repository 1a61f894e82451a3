"""依法调取: a court, a supervisory commission, the police or a procuratorate asks for what is held of one person."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who
from daoli_credit.workflow import Stepped
from records.models.attachment import Format


class R(models.TextChoices):
    """状态."""

    ASKED = "asked", "待签批"
    APPROVED = "approved", "已同意提供"
    EXTRACTED = "extracted", "已提取，待交付"
    HANDED = "handed", "已交付"
    REFUSED = "refused", "不予提供"
    WITHDRAWN = "withdrawn", "调取已撤回"


OPEN = (R.ASKED, R.APPROVED, R.EXTRACTED)


class Body(models.TextChoices):
    """调取机关. Nobody else has this power; other departments go through sharing."""

    COURT = "court", "人民法院"
    COMMISSION = "commission", "监察委员会"
    POLICE = "police", "公安机关"
    PROCURATORATE = "procuratorate", "人民检察院"


# What each may rely on, as the pack cites it (`records.rules.requesters` asks whether it is in force and was read).
ARTICLES: dict[str, tuple[str, ...]] = {
    Body.COURT: ("civil-procedure-law#70", "admin-litigation-law#40", "criminal-procedure-law#54"),
    Body.COMMISSION: ("supervision-law#18",),
    Body.POLICE: ("criminal-procedure-law#54",),
    Body.PROCURATORATE: ("criminal-procedure-law#54",),
}


class Channel(models.TextChoices):
    """文书怎样到的."""

    IN_PERSON = "in-person", "持证到场"
    POST = "post", "机要或者邮寄"
    LINE = "line", "政务专线"


class Refusal(models.TextChoices):
    """不予提供的理由."""

    NONE = "", "没有不予提供"
    DOCUMENT = "document", "没有调取文书，或者文书没有盖章、没有案号"
    BODY = "body", "提出的机关或者人员没有这项职权"
    POPULATION = "population", "没有指明一个人"
    BEYOND = "beyond", "超出文书载明的事项或者期间"
    NOT_HELD = "not-held", "依法不由本部门持有"


class LawfulRequests(models.QuerySet["LawfulRequest"]):
    """The way in."""

    def visible_to(self, user: User) -> Self:
        """本单位的: by whoever registers or signs them there. Nobody sees another department's."""
        mine = user.departments("handle_request") | user.departments("approve_request")
        return self.filter(department_id__in=mine)


class LawfulRequest(Stepped):
    """依法调取件. The person stands under seal; of the requester only what the register must say, and one 承办人."""

    status = models.CharField("状态", max_length=24, choices=R, default=R.ASKED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="提供部门")
    body = models.CharField("调取机关", max_length=16, choices=Body)
    body_name = models.CharField("机关名称", max_length=60)
    contact = models.CharField("承办人", max_length=20)
    channel = models.CharField("怎样送来", max_length=12, choices=Channel)
    officers = models.PositiveSmallIntegerField("到场出示证件的人数", default=0)
    document_number = models.CharField("调取文书号", max_length=80)
    document_on = models.DateField("文书日期")
    received_on = models.DateField("收到日")
    answer_by = models.DateField("文书要求的答复日", null=True, blank=True)
    article = models.CharField("依据的条文", max_length=60)
    case_number = models.CharField("案号", max_length=80)
    person_key = models.BinaryField("个人标识", max_length=34)
    person = models.BinaryField("调取的人（封存）")
    items = ArrayField(models.SlugField(max_length=60), verbose_name="调取的事项")
    period_from = models.DateField("期间自")
    period_to = models.DateField("期间至")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_on = models.DateField("登记日")
    decided_by = who("签批人")
    decided_on = models.DateField("签批日", null=True, blank=True)
    refusal = models.CharField("不予提供的理由", max_length=12, choices=Refusal, blank=True, default="")
    look_id = models.BigIntegerField("查询编号", null=True, blank=True)
    extracted_by = who("提取人")
    extracted_on = models.DateField("提取日", null=True, blank=True)
    given = ArrayField(models.CharField(max_length=24), verbose_name="提取的记录", default=list, blank=True)
    handed_by = who("交付人")
    handed_on = models.DateField("交付日", null=True, blank=True)
    receipt = models.CharField("回执", max_length=80, blank=True, default="")
    over_on = models.DateField("办结日", null=True, blank=True)
    told_on = models.DateField("告知本人日", null=True, blank=True)

    objects: ClassVar[models.Manager["LawfulRequest"]] = LawfulRequests.as_manager()

    class Meta:
        verbose_name = "依法调取件"
        verbose_name_plural = "依法调取件"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_request_has_a_known_status", condition=Q(status__in=R.values)),
            models.CheckConstraint(
                name="a_request_relies_on_an_article_of_its_body",
                condition=Q(body="court", article__in=ARTICLES[Body.COURT])
                | Q(body="commission", article__in=ARTICLES[Body.COMMISSION])
                | Q(body__in=["police", "procuratorate"], article__in=ARTICLES[Body.POLICE]),
            ),
            models.CheckConstraint(
                name="a_request_has_its_document_and_its_case",
                condition=~Q(document_number="") & ~Q(case_number="") & ~Q(body_name="") & ~Q(contact=""),
            ),
            models.CheckConstraint(
                name="who_comes_in_person_comes_by_two",
                condition=~Q(channel="in-person") | Q(officers__gte=2),
            ),
            models.CheckConstraint(
                name="the_days_of_a_request_follow_each_other",
                condition=Q(received_on__gte=F("document_on"), registered_on__gte=F("received_on"))
                & (Q(answer_by__isnull=True) | Q(answer_by__gte=F("document_on")))
                & (Q(decided_on__isnull=True) | Q(decided_on__gte=F("registered_on")))
                & (Q(extracted_on__isnull=True) | Q(extracted_on__gte=F("decided_on")))
                & (Q(handed_on__isnull=True) | Q(handed_on__gte=F("extracted_on"))),
            ),
            models.CheckConstraint(
                name="a_request_asks_for_named_things_of_a_period",
                condition=~Q(items=[]) & Q(period_from__lte=F("period_to")),
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_request",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("registered_by")),
            ),
            models.CheckConstraint(
                name="nothing_is_given_without_a_second_person",
                condition=Q(status__in=["asked", "withdrawn"]) | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refused_request_says_why",
                condition=Q(status="refused") & ~Q(refusal="") | ~Q(status="refused") & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="an_extraction_has_its_look",
                condition=Q(look_id__isnull=True, extracted_by__isnull=True, extracted_on__isnull=True, given=[])
                & ~Q(status__in=["extracted", "handed"])
                | Q(look_id__isnull=False, extracted_by__isnull=False, extracted_on__isnull=False)
                & Q(status__in=["extracted", "handed", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="a_handing_over_has_its_receipt",
                condition=Q(status="handed", handed_by__isnull=False, handed_on__isnull=False) & ~Q(receipt="")
                | ~Q(status="handed") & Q(handed_by__isnull=True, handed_on__isnull=True, receipt=""),
            ),
            models.CheckConstraint(
                name="a_request_that_is_over_says_since_when",
                condition=Q(status__in=["asked", "approved", "extracted"], over_on__isnull=True)
                | Q(status__in=["handed", "refused", "withdrawn"], over_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_document_asks_once_for_a_person",
                fields=["department", "document_number", "person_key"],
                condition=~Q(status__in=["refused", "withdrawn"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="request_by_department"),
            models.Index(fields=["answer_by"], name="request_by_day", condition=Q(over_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Which department is asked."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Whom it is about."""
        return [bytes(self.person_key)]


class RequestFile(models.Model):
    """调取的文件: the document as it came, and, until it has been handed over, the answer. Both sealed."""

    class Kind(models.TextChoices):
        """是什么."""

        DOCUMENT = "document", "调取文书"
        ANSWER = "answer", "提取的内容"

    request = models.ForeignKey(LawfulRequest, models.PROTECT, related_name="files", verbose_name="依法调取件")
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("是什么", max_length=8, choices=Kind)
    format = models.CharField("格式", max_length=4, choices=[*Format.choices, ("json", "JSON")])
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.BinaryField("摘要（SHA-256）", max_length=32)
    envelope = models.BinaryField("内容（封存）")

    class Meta:
        verbose_name = "调取的文件"
        verbose_name_plural = "调取的文件"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_request_has_one_file_of_a_kind", fields=["request", "kind"]),
            models.CheckConstraint(
                name="a_request_file_is_of_a_known_kind", condition=Q(kind__in=["document", "answer"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}（{self.get_kind_display()}）"
