"""荣誉推荐: an honour that a document names, and of the person nothing at all until that person has consented."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who, words
from daoli_credit.law import clock
from daoli_credit.workflow import Stepped
from incentives.models.nomination_constraints import CONSTRAINTS
from incentives.models.nomination_status import S, Source
from records.models import CatalogueItem, CreditRecord, Subject
from records.models.record import Service

VERBS = ("nominate_honour", "verify_honour", "decide_honour")


def _standing() -> models.Q:
    """Without a record yet, or with one that is in force today: what has ended is nobody's page any more."""
    in_force = CreditRecord.objects.in_force(on=clock.today())
    return models.Q(record__isnull=True) | models.Q(record__in=in_force)


class Nominations(models.QuerySet["Nomination"]):
    """The two ways in. No list of honoured people crosses a department."""

    def of_departments(self, user: User) -> Self:
        """本单位的推荐, whatever became of them: for the acts, which refuse by status themselves."""
        mine = frozenset[int]().union(*(user.departments(verb) for verb in VERBS))
        return self.filter(department_id__in=mine)

    def visible_to(self, user: User) -> Self:
        """本单位可见: until its record has ended."""
        return self.of_departments(user).filter(_standing())

    def about(self, keys: list[bytes]) -> Self:
        """本人的: from the consent on; a nomination that knows nobody is nobody's."""
        return self.filter(subject__key_rows__digest__in=keys).filter(_standing()).distinct()

    def honoured(self) -> Self:
        """在效的: the record of the honour may be used today."""
        provided = CreditRecord.objects.provided(on=clock.today())
        return self.filter(status=S.EFFECTIVE, record__in=provided)


class Nomination(Stepped):
    """荣誉推荐. Of its code only a keyed digest, and only while it waits; `subject` is empty until consent."""

    status = models.CharField("状态", max_length=24, choices=S, default=S.INVITED)
    number = models.CharField("系统编号", max_length=24, unique=True)
    source = models.CharField("来源", max_length=16, choices=Source)
    item = models.ForeignKey(CatalogueItem, models.PROTECT, verbose_name="目录事项")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="推荐单位")
    honour_title = models.CharField("荣誉名称", max_length=200)
    document_number = models.CharField("文号", max_length=128)
    document_title = models.CharField("文件名称", max_length=200)
    authority = models.CharField("认定单位", max_length=200)
    determined_on = models.DateField("认定日期")
    valid_until = models.DateField("文件载明的有效期至", null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="推荐人")
    invited_on = models.DateField("推荐日")
    sent_on = models.DateField("邀请信日期")
    good_until = models.DateField("邀请有效至（含当日）")
    code_digest = models.BinaryField("邀请码摘要", max_length=34, null=True, blank=True)

    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, verbose_name="本人（同意以后）")
    refused_on = models.DateField("未同意之日", null=True, blank=True)
    consented_on = models.DateField("同意登记之日", null=True, blank=True)
    public_on = models.DateField("另外同意公开之日", null=True, blank=True)
    public_ended_on = models.DateField("撤回公开同意之日", null=True, blank=True)

    verified_by = who("核实人")
    verified_on = models.DateField("核实日", null=True, blank=True)
    decided_by = who("决定人")
    decided_on = models.DateField("决定日", null=True, blank=True)
    decision_number = words("决定文号", 128)
    service = models.CharField("送达方式", max_length=16, choices=Service, blank=True, default="")
    service_proof = words("送达证明", 200)
    served_on = models.DateField("送达日", null=True, blank=True)
    effective_on = models.DateField("生效日", null=True, blank=True)
    record = models.ForeignKey(
        CreditRecord, models.PROTECT, related_name="nominations", null=True, blank=True, verbose_name="荣誉记录"
    )

    dropped_by = who("不予登记的办理人")
    dropped_on = models.DateField("不予登记之日", null=True, blank=True)
    dropped_why = words("不予登记的理由", 500)
    withdrawn_on = models.DateField("撤回同意之日", null=True, blank=True)
    annulled_by = who("终止的决定人")
    annulled_on = models.DateField("终止日", null=True, blank=True)
    annulment_number = words("撤销荣誉的文号", 128)
    annulled_why = words("终止的理由", 500)

    objects: ClassVar[models.Manager["Nomination"]] = Nominations.as_manager()

    class Meta:
        verbose_name = "荣誉推荐"
        verbose_name_plural = "荣誉推荐"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = CONSTRAINTS
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="nomination_by_department"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """Whose nomination it is."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person, empty until there is one."""
        return self.subject.person_keys() if self.subject else []

    @property
    def agrees_to_publicity(self) -> bool:
        """本人现在同意公开."""
        return self.public_on is not None and self.public_ended_on is None

    @property
    def lapsed(self) -> bool:
        """邀请已过期: asked of the day, not a status."""
        return self.status == S.INVITED and self.good_until < clock.today()


sealed.register(
    sealed.Other("incentives.Nomination", "code_digest", "邀请码的带密钥摘要，三十天内有效，用每一把密钥去比"),
)
