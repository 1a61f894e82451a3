"""Every noun with steps: its table and the names of its statuses. docs/workflows.md must say the same."""

from django.db.models import TextChoices

from daoli_credit.workflow import Step
from records.models.record import S as RecordStatus
from records.models.repair import RepairStatus
from records.workflows import record, repair

TABLES: list[tuple[dict[str, Step], type[TextChoices]]] = [
    (record.STEPS, RecordStatus),
    (repair.STEPS, RepairStatus),
]
