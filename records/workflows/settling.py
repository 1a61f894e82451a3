"""异议答复的后果: what an answer does to its record, in the answer's own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.workflow import RuleBroken
from records.models import CreditRecord, Objection, Undoing
from records.models.revision import Kind
from records.models.undoing import UndoingStatus
from records.rules.objectable import WHOLE
from records.workflows import correcting
from records.workflows.objection_letters import tell
from records.workflows.revisions import append_revision

UNCHANGED = "异议成立的，请写出应当是什么"


@dataclass(frozen=True)
class Answer:
    """逐项答复: does the point stand, what it should be, and why not."""

    field: str
    upheld: bool
    now: str = ""
    reason: str = ""


def settle(objection: Objection, record: CreditRecord, answers: Sequence[Answer], actor: User, because: LookUp) -> None:
    """处理结果: what follows for the record: withdrawn, corrected, or as it was; the mark goes in each case.

    Raises RuleBroken when a correction changes nothing.
    """
    upheld = {one.field: one.now.strip() for one in answers if one.upheld}
    if WHOLE in upheld:
        objection.save()
        correcting.withdraw(record_id=record.pk, actor=actor)
        tell(objection, "upheld", withdrawn=True)
        return
    if any(not now for now in upheld.values()):
        raise RuleBroken(UNCHANGED)
    if upheld:
        objection.corrects_revision = record.revision
        objection.before = {"document_number": record.document_number, "severity": record.severity, **record.content}
        objection.save()  # the database lets an effective record change only under an answered objection
        correcting.correct(record_id=record.pk, changes=upheld, actor=actor, because=because)
        record.refresh_from_db()
    release(record)
    tell(objection, "upheld" if upheld else "dismissed")


def release(record: CreditRecord) -> None:
    """撤销标注, and resume what was paused."""
    if record.suspended_on is not None and not _held_back(record):
        append_revision(record, Kind.RESUMED)
        record.suspended_on = None
    append_revision(record, Kind.UNMARKED)
    record.disputed_on = None
    record.save(update_fields=["suspended_on", "disputed_on"])


def _held_back(record: CreditRecord) -> bool:
    """Another reason to pause: the decision behind it was overturned, and nobody has acted in time."""
    return Undoing.objects.filter(record=record, status=UndoingStatus.PAUSED).exists()
