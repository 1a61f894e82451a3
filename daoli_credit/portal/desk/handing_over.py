"""移交: what a leaver leaves undone, as counts by kind and department, and who can take it up. No record is shown."""

from dataclasses import dataclass

from django.db.models import Count

from daoli_credit.accounts import access
from daoli_credit.accounts.models import Department, User
from education.models import Campaign
from education.models.campaign import S as CampaignStatus
from incentives.models import Listing, MatterCase
from incentives.models.matter_case import C as CaseStatus
from incentives.models.status import RUNNING
from records.models import CreditRecord, ImportBatch, LawfulRequest, Repair
from records.models.batch import B
from records.models.lawful_request import OPEN as OPEN_REQUESTS
from records.models.record import S
from records.models.repair import S as RepairStatus

OPEN_BATCHES = (B.UPLOADED, B.READING, B.CHECKED, B.FAILED)


@dataclass(frozen=True)
class Left:
    """一种没有办完的事: it stays with its department, whose other holders of the verb find it in their lists."""

    title: str
    department: Department
    count: int
    takers: list[User]


def left_by(user: User) -> list[Left]:
    """此人手上没有办完的事."""
    drafts = CreditRecord.objects.filter(entered_by=user, status__in=[S.DRAFT, S.RETURNED])
    batches = ImportBatch.objects.filter(uploaded_by=user, status__in=OPEN_BATCHES)
    cases = Listing.objects.filter(proposed_by=user, status__in=RUNNING)
    repairs = Repair.objects.filter(handled_by=user, status__in=[RepairStatus.UNMET, RepairStatus.ACCEPTED])
    campaigns = Campaign.objects.filter(arranged_by=user, status=CampaignStatus.PLANNED)
    matters = MatterCase.objects.filter(opened_by=user, status=CaseStatus.OPEN)
    requests = LawfulRequest.objects.filter(registered_by=user, status__in=OPEN_REQUESTS)
    kinds = (
        ("草稿和退回的记录", drafts.values_list("department"), "submit_record"),
        ("没有入库的导入批次", batches.values_list("department"), "submit_record"),
        ("办理中的列入案件", cases.values_list("department"), "propose_listing"),
        ("受理中的信用修复", repairs.values_list("record__department"), "handle_repair"),
        ("没有办结的办件", matters.values_list("department"), "check_applicants"),
        ("没有办结的依法调取", requests.values_list("department"), "handle_request"),
        ("安排了还没有报告的宣传活动", campaigns.values_list("department"), "plan_campaign"),
    )
    bodies = {one.pk: one for one in Department.objects.all()}
    return [
        Left(title, bodies[body], count, [one for one in access.holders(verb, body) if one != user])
        for title, rows, verb in kinds
        for body, count in rows.annotate(n=Count("pk")).order_by()
    ]
