"""列入案件: one person, one list type, one department. The facts stand on the row, so that the database can refuse."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who, words
from daoli_credit.law import clock
from incentives.models.constraints import CONSTRAINTS
from incentives.models.noticed import Noticed
from incentives.models.status import RUNNING, Hearing, S
from records.models import CatalogueItem, CreditRecord, Subject
from records.models.record import Service


class Listings(models.QuerySet["Listing"]):
    """The two ways in. Until it is decided nothing of a case is known outside its department and the person."""

    def of_departments(self, user: User) -> Self:
        """本单位的案件, whatever became of them: for the acts, which refuse by status themselves."""
        return self.filter(department_id__in=user.departments("view_listings"))

    def visible_to(self, user: User) -> Self:
        """本单位可见: until its record has ended; what has ended is gone here too, and is the person's own history."""
        standing = CreditRecord.objects.in_force(on=clock.today())
        return self.of_departments(user).filter(models.Q(record__isnull=True) | models.Q(record__in=standing))

    def about(self, keys: list[bytes]) -> Self:
        """本人的案件, from the notice on: before it nothing has been said to anybody."""
        return self.filter(subject__key_rows__digest__in=keys, noticed_on__isnull=False).distinct()

    def running(self) -> Self:
        """办理中."""
        return self.filter(status__in=RUNNING)


class Listing(Noticed):
    """列入案件. A fact, once written, stays (trigger); `path` is the list type's order of steps, copied at first."""

    status = models.CharField("状态", max_length=24, choices=S, default=S.PROPOSED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    list_type = models.SlugField("名单类型", max_length=60)
    path = ArrayField(models.CharField(max_length=24), verbose_name="步骤")
    edition = models.CharField("规则版本", max_length=40)
    item = models.ForeignKey(CatalogueItem, models.PROTECT, verbose_name="目录事项")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="列入机关")
    subject = models.ForeignKey(Subject, models.PROTECT, verbose_name="当事人")
    reason = models.TextField("列入事由")
    legal_ground = models.TextField("列入依据")
    ground_document = models.CharField("依据的文书号", max_length=128)
    authority_code = models.CharField("决定机关统一社会信用代码", max_length=18)
    ground_record = models.ForeignKey(
        CreditRecord, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="依据的信用记录"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")
    proposed_on = models.DateField("立案日")

    notice_covers = ArrayField(models.CharField(max_length=60), verbose_name="告知书已载明", null=True, blank=True)

    reviewed_on = models.DateField("异议核实日", null=True, blank=True)
    reviewed_by = who("异议核实人")
    review_outcome = models.TextField("异议核实结果", blank=True, default="")
    hearing_asked_on = models.DateField("要求听证之日", null=True, blank=True)
    hearing = models.CharField("听证", max_length=12, choices=Hearing, blank=True, default="")
    heard_on = models.DateField("听证办理日", null=True, blank=True)
    hearing_note = words("听证记录", 300)
    legal_reviewed_by = who("法制审核人")
    legal_reviewed_on = models.DateField("法制审核日", null=True, blank=True)
    legal_response = models.TextField("对陈述申辩的逐条回应", blank=True, default="")
    discussed_on = models.DateField("集体讨论日", null=True, blank=True)
    discussion_number = words("集体讨论记录编号", 128)
    higher_agreed_on = models.DateField("上级同意日", null=True, blank=True)
    higher_number = words("上级同意文号", 128)

    decided_by = who("审批人")
    decided_on = models.DateField("列入决定日", null=True, blank=True)
    decision_covers = ArrayField(models.CharField(max_length=60), verbose_name="决定书已载明", null=True, blank=True)
    decision_number = words("决定书文号", 128)
    decision_service = models.CharField("决定送达方式", max_length=16, choices=Service, blank=True, default="")
    decision_proof = words("决定送达证明", 200)
    decision_served_on = models.DateField("决定送达日", null=True, blank=True)
    effective_on = models.DateField("生效日", null=True, blank=True)
    record = models.OneToOneField(
        CreditRecord, models.PROTECT, related_name="listing", null=True, blank=True, verbose_name="信用记录"
    )

    dropped_by = who("不予列入决定人")
    dropped_on = models.DateField("不予列入日", null=True, blank=True)
    dropped_why = models.TextField("不予列入理由", blank=True, default="")
    revoked_by = who("撤销人")
    revoked_on = models.DateField("撤销日", null=True, blank=True)
    revocation_number = words("撤销文号", 128)
    revoked_why = models.TextField("撤销理由", blank=True, default="")

    objects: ClassVar[models.Manager["Listing"]] = Listings.as_manager()

    class Meta:
        verbose_name = "列入案件"
        verbose_name_plural = "列入案件"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = CONSTRAINTS
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="listing_by_department"),
            models.Index(fields=["subject", "-id"], name="listing_by_subject"),
        ]

    def __str__(self) -> str:
        return self.number
