"""入库回执: the paper of an import. Its digest is written into the evidence in the act that it witnesses."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import Event
from daoli_credit.workflow import noun
from records.models import CreditRecord, ImportBatch, Receipt
from records.models.batch import Verdict

ISSUED = register("import.receipted", "开出入库回执")
TEMPLATE = "documents/import_receipt_v1.txt"


def issue(batch: ImportBatch, actor: User, ids: Sequence[int]) -> Receipt:
    """开出回执, inside the act that enters the records: text, digest, and the event that carries the digest."""
    ends = CreditRecord.objects.filter(pk__in=[ids[0], ids[-1]]).order_by("pk").values_list("number", flat=True)
    numbers = list(ends)
    entered = Event.objects.filter(act="record.submitted", noun=noun(CreditRecord), object_id=batch.number).latest("id")
    counts = dict(batch.rows.order_by().values_list("verdict").annotate(Count("pk")))
    facts = {
        "batch": batch,
        "actor": actor,
        "first": numbers[0],
        "last": numbers[-1],
        "entered": len(ids),
        "left": [(label, counts[value]) for value, label in Verdict.choices if value != "new" and counts.get(value)],
        "file_digest": bytes(batch.file_digest or b"").hex(),
        "root": bytes(entered.root or b"").hex(),
        "site": settings.SITE,
    }
    text = render_to_string(TEMPLATE, facts).strip() + "\n"
    digest = hashlib.sha256(text.encode()).digest()
    event = events.record(
        act=ISSUED,
        noun=noun(ImportBatch),
        object_id=batch.pk,
        actor=actor,
        department=batch.department.code,
        count=len(ids),
        root=digest,
    )
    return Receipt.objects.create(batch=batch, text=text, digest=digest, event=event.pk)
