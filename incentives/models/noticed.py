"""告知和答复: what stands on the row of every case in which a person is told first and may answer."""

from django.db import models

from daoli_credit.accounts.models import Department
from daoli_credit.accounts.models.columns import who, words
from daoli_credit.workflow import Stepped
from records.models import Subject
from records.models.record import Service


class Noticed(Stepped):
    """被告知的案件: notice, service, the days to answer and the answer. Facts, once written, stay (triggers)."""

    department: "models.ForeignKey[Department, Department]"
    subject: "models.ForeignKey[Subject, Subject]"

    notice_number = words("告知书文号", 128)
    noticed_on = models.DateField("告知书日期", null=True, blank=True)
    notice_service = models.CharField("告知送达方式", max_length=16, choices=Service, blank=True, default="")
    notice_proof = words("告知送达证明", 200)
    notice_served_on = models.DateField("告知送达日", null=True, blank=True)
    answer_due_on = models.DateField("陈述申辩届满日", null=True, blank=True)
    answer_due_basis = words("届满日依据", 300)
    answer_provisional = models.BooleanField("届满日暂定", default=False)
    transit_due_on = models.DateField("在途等待届满日", null=True, blank=True)

    stated_on = models.DateField("首次陈述申辩日", null=True, blank=True)
    answered_on = models.DateField("答复日", null=True, blank=True)
    that_is_all = models.BooleanField("本人表示没有别的要补充", default=False)
    waived_at = models.DateTimeField("放弃陈述申辩", null=True, blank=True)
    waiver_final_from = models.DateField("放弃不可撤回之日", null=True, blank=True)
    waiver_taken_back_at = models.DateTimeField("撤回放弃", null=True, blank=True)
    transit_checked_on = models.DateField("在途核对日", null=True, blank=True)
    transit_checked_by = who("在途核对人")

    class Meta:
        abstract = True

    @property
    def in_department(self) -> tuple[int, str]:
        """The department whose case it is."""
        return self.department_id, self.department.code  # type: ignore[attr-defined]

    def person_keys(self) -> list[bytes]:
        """Keys of the person whom it is about."""
        return self.subject.person_keys()
