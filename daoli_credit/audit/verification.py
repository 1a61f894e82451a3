"""核验的登记: who asked for a run, and what it said. The run itself is a worker's; a second asking is the same run."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.audit.models import Verification
from daoli_credit.audit.verify import verify

ASKED = register("evidence.verification-asked", "要求核验存证")
LEASE = timedelta(hours=1)  # a worker that died over it lets another begin again
MOST_FAULTS = 200  # kept in the row; the command prints every one


def ask(actor: Actor, department: str) -> Verification | None:
    """要求核验. None when one is already asked for and not ended: that one will answer."""
    try:
        with transaction.atomic():
            row = Verification.objects.create(asked_by_id=actor.audit_id, asked_by=actor.audit_label)
            events.record(act=ASKED, noun="verification", object_id=row.pk, actor=actor, department=department)
    except IntegrityError:
        return None
    return row


def run() -> Verification | None:
    """核验一次 what was asked for. None when nothing is, or another worker has it in hand."""
    free = Q(begun_at__isnull=True) | Q(begun_at__lt=Now() - LEASE)
    row = Verification.objects.filter(free, ended_at__isnull=True).first()
    if row is None or not Verification.objects.filter(free, pk=row.pk, ended_at__isnull=True).update(begun_at=Now()):
        return None
    findings = list(verify())
    faults = [finding.text for finding in findings if not finding.ok]
    good = [finding.text for finding in findings if finding.ok]
    row.refresh_from_db()
    row.lines = [[False, text] for text in faults[:MOST_FAULTS]] + [[True, text] for text in good]
    row.faults = len(faults)
    row.ended_at = Now()
    row.save(update_fields=["lines", "faults", "ended_at"])
    row.refresh_from_db()
    return row
