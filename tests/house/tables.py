"""Every noun with steps: its table and the names of its statuses. docs/workflows.md must say the same."""

from django.db.models import TextChoices

from daoli_credit.accounts import assessing, entrusting
from daoli_credit.accounts.models.assessment import A as AssessmentStatus
from daoli_credit.accounts.models.contractor import C as ContractorStatus
from daoli_credit.looks.models.delay import D as DelayStatus
from daoli_credit.looks.models.explanation import E as ExplanationStatus
from daoli_credit.looks.models.odd import O as OddStatus
from daoli_credit.looks.workflows import delaying, explaining, judging
from daoli_credit.supervision.models.incident import I as IncidentStatus
from daoli_credit.supervision.workflows import incident
from daoli_credit.workflow import Step
from education.models.campaign import S as CampaignStatus
from education.workflows import campaign
from incentives.models.status import S as ListingStatus
from incentives.rules import steps as listing_steps
from records.models.batch import B as BatchStatus
from records.models.export import X as ExportStatus
from records.models.identity_case import IdentityStatus
from records.models.objection import ObjectionStatus
from records.models.record import S as RecordStatus
from records.models.repair import RepairStatus
from records.workflows import (
    attaching,
    correcting,
    exporting,
    identity_case,
    importing,
    leaving,
    listed,
    objection,
    record,
    repair,
    service,
)

TABLES: list[tuple[dict[str, Step], type[TextChoices]]] = [
    (record.STEPS, RecordStatus),
    (service.STEPS, RecordStatus),
    (listed.STEPS, RecordStatus),
    (correcting.STEPS, RecordStatus),
    (attaching.STEPS, RecordStatus),
    (leaving.STEPS, RecordStatus),
    (identity_case.STEPS, IdentityStatus),
    (objection.STEPS, ObjectionStatus),
    (repair.STEPS, RepairStatus),
    (importing.STEPS, BatchStatus),
    (listing_steps.STEPS, ListingStatus),
    (campaign.STEPS, CampaignStatus),
    (exporting.STEPS, ExportStatus),
    (explaining.STEPS, ExplanationStatus),
    (delaying.STEPS, DelayStatus),
    (judging.STEPS, OddStatus),
    (assessing.STEPS, AssessmentStatus),
    (entrusting.STEPS, ContractorStatus),
    (incident.STEPS, IncidentStatus),
]
