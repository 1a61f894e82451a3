"""Every noun with steps: its table and the names of its statuses. docs/workflows.md must say the same."""

from django.db.models import TextChoices

from daoli_credit.accounts import assessing, entrusting
from daoli_credit.accounts.models.assessment import A as AssessmentStatus
from daoli_credit.accounts.models.contractor import C as ContractorStatus
from daoli_credit.looks.models.delay import D as DelayStatus
from daoli_credit.looks.models.explanation import E as ExplanationStatus
from daoli_credit.looks.models.odd import O as OddStatus
from daoli_credit.looks.workflows import delaying, explaining, judging
from daoli_credit.rulepack.models.change import G as RuleChangeStatus
from daoli_credit.rulepack.workflows import changing
from daoli_credit.supervision.models.incident import I as IncidentStatus
from daoli_credit.supervision.workflows import incident
from daoli_credit.workflow import Step
from education.models.campaign import S as CampaignStatus
from education.workflows import campaign
from incentives.models.check_set import K as CheckSetStatus
from incentives.models.early_exit import X as EarlyExitStatus
from incentives.models.matter_case import C as MatterCaseStatus
from incentives.models.measure_task import T as MeasureStatus
from incentives.models.nomination_status import B as BenefitStatus
from incentives.models.nomination_status import S as NominationStatus
from incentives.models.pre_adverse_status import P as PriorNoticeStatus
from incentives.models.registration import R as RegistrationStatus
from incentives.models.sharing import H as SharingStatus
from incentives.models.status import S as ListingStatus
from incentives.rules import measure_steps, nomination_steps, notice_steps
from incentives.rules import sharing as sharing_rules
from incentives.rules import steps as listing_steps
from incentives.workflows import checking_sets, matter_case, registering
from incentives.workflows import leaving as leaving_early
from records.models.amendment import AmendmentStatus
from records.models.archive import O as OpeningStatus
from records.models.batch import B as BatchStatus
from records.models.contest import C as ContestStatus
from records.models.end_notice import N as EndNoticeStatus
from records.models.export import X as ExportStatus
from records.models.identity_case import IdentityStatus
from records.models.lapse import L as LapseStatus
from records.models.lawful_request import R as RequestStatus
from records.models.objection import ObjectionStatus
from records.models.record import S as RecordStatus
from records.models.repair import RepairStatus
from records.models.repair_offer import F as FalsePromiseStatus
from records.models.undoing import U as UndoingStatus
from records.workflows import (
    amendment,
    archive_opening,
    attaching,
    batch_undoing,
    contest,
    correcting,
    exporting,
    false_promise,
    giving,
    honoured,
    identity_case,
    importing,
    lapsing,
    leaving,
    listed,
    noticing,
    objection,
    record,
    repair,
    repair_asking,
    requesting,
    restoring,
    service,
    undoing,
)

TABLES: list[tuple[dict[str, Step], type[TextChoices]]] = [
    (record.STEPS, RecordStatus),
    (service.STEPS, RecordStatus),
    (listed.STEPS, RecordStatus),
    (honoured.STEPS, RecordStatus),
    (correcting.STEPS, RecordStatus),
    (restoring.STEPS, RecordStatus),
    (attaching.STEPS, RecordStatus),
    (leaving.STEPS, RecordStatus),
    (identity_case.STEPS, IdentityStatus),
    (objection.STEPS, ObjectionStatus),
    (amendment.RECORD_STEPS, RecordStatus),
    (amendment.STEPS, AmendmentStatus),
    (repair.STEPS, RepairStatus),
    (repair_asking.STEPS, RepairStatus),
    (false_promise.STEPS, FalsePromiseStatus),
    (contest.STEPS, ContestStatus),
    (undoing.STEPS, UndoingStatus),
    (undoing.RECORD_STEPS, RecordStatus),
    (importing.STEPS, BatchStatus),
    (batch_undoing.STEPS, BatchStatus),
    (batch_undoing.RECORDS, RecordStatus),
    (listing_steps.STEPS, ListingStatus),
    (notice_steps.STEPS, PriorNoticeStatus),
    (checking_sets.STEPS, CheckSetStatus),
    (matter_case.STEPS, MatterCaseStatus),
    (sharing_rules.STEPS, SharingStatus),
    (registering.STEPS, RegistrationStatus),
    (leaving_early.STEPS, EarlyExitStatus),
    (nomination_steps.STEPS, NominationStatus),
    (nomination_steps.BENEFIT_STEPS, BenefitStatus),
    (measure_steps.STEPS, MeasureStatus),
    (campaign.STEPS, CampaignStatus),
    (exporting.STEPS, ExportStatus),
    (noticing.RECORD_STEPS, RecordStatus),
    (noticing.STEPS, EndNoticeStatus),
    (archive_opening.STEPS, OpeningStatus),
    (requesting.STEPS, RequestStatus),
    (giving.STEPS, RequestStatus),
    (explaining.STEPS, ExplanationStatus),
    (delaying.STEPS, DelayStatus),
    (judging.STEPS, OddStatus),
    (assessing.STEPS, AssessmentStatus),
    (entrusting.STEPS, ContractorStatus),
    (incident.STEPS, IncidentStatus),
    (changing.STEPS, RuleChangeStatus),
    (lapsing.STEPS, LapseStatus),
]
