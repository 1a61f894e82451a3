"""信用记录: the only thing that is published, disputed, repaired, expired and sent (design.md §3)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import questions, sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from records.models.catalogue import CatalogueItem
from records.models.end_kind import EndKind
from records.models.lapse import Lapse
from records.models.subject import Subject


class S(models.TextChoices):
    """状态. In force is a question (`in_force`), not a status."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待复核"
    RETURNED = "returned", "已退回"
    EFFECTIVE = "effective", "已生效"
    ENDED = "ended", "已终止"


# end_kind of what an import had entered by mistake: its document may be entered again
UNDONE = EndKind.UNDONE.value


class SeverityClass(models.TextChoices):
    """失信行为分类 (信用修复管理办法): decided in writing by the determining body, never by this portal."""

    NONE = "", "不分类"
    MINOR = "minor", "轻微"
    GENERAL = "general", "一般"
    SERIOUS = "serious", "严重"


class Service(models.TextChoices):
    """送达方式 (行政处罚法 61)."""

    NONE = "", "尚未送达"
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ENTRUSTED = "entrusted", "委托送达"
    ELECTRONIC = "electronic", "电子送达（本人签过确认书）"
    PUBLIC = "public-notice", "公告送达"


def _in_force(on: date) -> models.Q:
    lasting = models.Q(use_until__isnull=True) | models.Q(use_until__gte=on)
    return models.Q(status=S.EFFECTIVE, effective_on__lte=on) & lasting


@questions.prepared
def _lapse(item: str, department: int) -> models.QuerySet[Lapse]:
    return Lapse.objects.paused().filter(item=item, department=department).order_by("-pk")[:1]


class Records(models.QuerySet["CreditRecord"]):
    """The two ways in: what a user may see, and what is about a person. Views use nothing else."""

    def visible_to(self, user: User) -> Self:
        """本单位可见: what is being handled, and what is in force today; an ended record is gone here as everywhere."""
        own = self.filter(department_id__in=user.departments("view_records"))
        handled = models.Q(status__in=[S.DRAFT, S.SUBMITTED, S.RETURNED])
        return own.filter(handled | _in_force(clock.today()))

    def waiting_for(self, user: User, *verbs: str) -> Self:
        """本单位待复核的, where the user holds one of the verbs. Said without the days of `visible_to`, which cannot
        matter to what waits, so that the index of the queue answers."""
        mine = frozenset[int]().union(*(user.departments(verb) for verb in verbs))
        return self.filter(status=S.SUBMITTED, department_id__in=mine & user.departments("view_records"))

    def about(self, keys: list[bytes]) -> Self:
        """与本人有关, by person key."""
        return self.filter(subject__key_rows__digest__in=keys).distinct()

    def in_force(self, *, on: date) -> Self:
        """在效: took effect, and its shared use has not ended by that day. Asked, never stored (design.md §3)."""
        return self.filter(_in_force(on))

    def provided(self, *, on: date) -> Self:
        """对外提供: in force, not paused by an objection that waits too long, nor by a basis that has lapsed."""
        lapsed = Lapse.objects.paused().filter(item=models.OuterRef("item"), department=models.OuterRef("department"))
        return self.in_force(on=on).filter(~models.Exists(lapsed), suspended_on__isnull=True)


class CreditRecord(Stepped):
    """信用记录. `content` holds the item's fields without identity; ends are computed from the pack, never typed."""

    status = models.CharField("状态", max_length=24, choices=S, default=S.DRAFT)
    number = models.CharField("系统编号", max_length=24, unique=True)
    # the indexes below begin with these three: one of their own would only be one more to keep
    item = models.ForeignKey(CatalogueItem, models.PROTECT, db_index=False, verbose_name="目录事项")
    department = models.ForeignKey(Department, models.PROTECT, db_index=False, verbose_name="认定部门")
    subject = models.ForeignKey(Subject, models.PROTECT, db_index=False, verbose_name="信用主体")
    document_number = models.CharField("文书号", max_length=128)
    determined_on = models.DateField("认定日期")
    conduct_on = models.DateField("行为日期", null=True, blank=True)
    content = models.JSONField("内容")
    remarks = models.JSONField("请复核人判断", default=list)
    content_digest = models.BinaryField("内容摘要", max_length=32)
    severity = models.CharField("分类", max_length=8, choices=SeverityClass, blank=True, default="")
    severity_basis = models.CharField("分类依据", max_length=200, blank=True, default="")
    service = models.CharField("送达方式", max_length=16, choices=Service, blank=True, default="")
    served_on = models.DateField("送达日期", null=True, blank=True)

    edition = models.CharField("规则版本", max_length=40)
    public_until = models.DateField("公示至", null=True, blank=True)
    use_until = models.DateField("共享使用至", null=True, blank=True)
    keep_until = models.DateField("留存至", null=True, blank=True)
    repair_from = models.DateField("最早可申请修复", null=True, blank=True)
    reasons = models.JSONField("期限依据", default=dict)

    # asked by person only while it is in somebody's hands: indexed so far, below; users are never deleted
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+", verbose_name="录入人"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="报送人",
    )
    submitted_on = models.DateField("报送日", null=True, blank=True)
    # a return takes the day of report away; whether it came in time is judged by this one
    first_submitted_on = models.DateField("首次报送日", null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="复核人",
    )
    effective_on = models.DateField("生效日", null=True, blank=True)
    ended_on = models.DateField("终止日", null=True, blank=True)
    end_kind = models.CharField("终止种类", max_length=24, blank=True, default="")
    was_returned = models.BooleanField("曾被退回", default=False)
    disputed_on = models.DateField("标注异议日", null=True, blank=True)
    suspended_on = models.DateField("暂停提供日", null=True, blank=True)
    contested_on = models.DateField("标注复议、诉讼日", null=True, blank=True)
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    row = models.OneToOneField(
        "records.BatchRow", models.PROTECT, related_name="record", null=True, blank=True, verbose_name="出自表中的一行"
    )

    objects: ClassVar[models.Manager["CreditRecord"]] = Records.as_manager()

    class Meta:
        verbose_name = "信用记录"
        verbose_name_plural = "信用记录"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_record_per_document_person_and_day",
                fields=["item", "department", "document_number", "subject", "determined_on"],
                condition=~models.Q(end_kind=UNDONE),
            ),
            models.CheckConstraint(name="a_record_has_a_known_status", condition=models.Q(status__in=S.values)),
            models.CheckConstraint(
                name="conduct_comes_before_determination",
                condition=models.Q(conduct_on__isnull=True) | models.Q(conduct_on__lte=models.F("determined_on")),
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_record",
                condition=models.Q(reviewed_by__isnull=True)
                | (~models.Q(reviewed_by=models.F("submitted_by")) & ~models.Q(reviewed_by=models.F("entered_by"))),
            ),
            models.CheckConstraint(
                name="an_effective_record_was_submitted_and_reviewed",
                condition=~models.Q(status__in=["effective", "ended"])
                | models.Q(submitted_by__isnull=False, reviewed_by__isnull=False, effective_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_record_says_when_and_why",
                condition=~models.Q(status="ended") | (models.Q(ended_on__isnull=False) & ~models.Q(end_kind="")),
            ),
            models.CheckConstraint(
                name="a_record_ends_in_a_known_way", condition=models.Q(end_kind__in=["", *EndKind.values])
            ),
            models.CheckConstraint(
                name="what_is_reported_was_reported_first",
                condition=models.Q(submitted_on__isnull=True)
                | models.Q(first_submitted_on__isnull=False, first_submitted_on__lte=models.F("submitted_on")),
            ),
            models.CheckConstraint(
                name="served_means_how_and_when",
                condition=models.Q(service="", served_on__isnull=True)
                | (~models.Q(service="") & models.Q(served_on__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="record_by_department"),
            models.Index(fields=["subject", "-determined_on"], name="record_by_subject"),
            models.Index(fields=["use_until"], name="record_by_end", condition=models.Q(status="effective")),
            models.Index(
                fields=["entered_by"], name="record_by_enterer", condition=models.Q(status__in=["draft", "returned"])
            ),
            models.Index(fields=["submitted_by"], name="record_by_submitter", condition=models.Q(status="submitted")),
            # 待复核 in the order of the queue; the second leaves out what waits under its sheet
            models.Index(
                "department",
                models.F("was_returned").desc(),
                "submitted_on",
                "id",
                name="record_by_queue",
                condition=models.Q(status="submitted"),
            ),
            models.Index(
                "department",
                models.F("was_returned").desc(),
                "submitted_on",
                "id",
                name="record_by_queue_alone",
                condition=models.Q(status="submitted") & (models.Q(row__isnull=True) | models.Q(was_returned=True)),
            ),
            # what supervision asks of days, each answered by a look at one end of a stretch (records.days)
            models.Index(
                fields=["item", "department", "first_submitted_on", "determined_on"], name="record_by_first_report"
            ),
            models.Index(fields=["department", "submitted_on", "effective_on"], name="record_by_review"),
            models.Index(
                fields=["department"],
                name="record_unsealed",
                condition=models.Q(status="ended") & ~models.Q(content={}),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose record it is."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person that the record is about."""
        return self.subject.person_keys()

    @property
    def lapse(self) -> Lapse | None:
        """使这一条暂停展示和推送的失效依据, for the pages of the record."""
        return next(iter(_lapse(self.item_id, self.department_id)), None)

    def is_in_force(self, on: date) -> bool:
        """The same question as the queryset's, for one row that is already here."""
        begun = self.status == S.EFFECTIVE and self.effective_on is not None and self.effective_on <= on
        return begun and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        """过了使用期限的最后一日, whatever its status says yet. One without a last day is never over by itself."""
        return self.use_until is not None and self.use_until < on


sealed.register(sealed.Other("records.CreditRecord", "content_digest", "内容摘要，不用密钥"))
