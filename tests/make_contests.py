"""造复议、诉讼标注和原决定变更、撤销: by the true acts only."""

from typing import Any

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records.models import Contest, CreditRecord, Undoing
from records.workflows import contest as contests
from records.workflows import undoing as undoings
from records.workflows.contest import Case
from records.workflows.undoing import Facts
from tests import make
from tests.cast import Cast

OUTCOME = "哈里政复决〔2026〕3号"


def case(**changed: Any) -> Case:
    """A reconsideration before the district government."""
    said: dict[str, Any] = {
        "kind": "reconsideration",
        "body": "道里区人民政府",
        "case_number": "哈里政复〔2026〕18号",
        "document": "行政复议受理通知书",
        "accepted_on": clock.today(),
        **changed,
    }
    return Case(**said)


def marked(cast: Cast, record: CreditRecord | None = None, *, by: User | None = None, **changed: Any) -> Contest:
    """Marked by 赵敏 of the determining department, or by whoever is given."""
    record = record or make.effective(cast)
    return contests.register(record_id=record.pk, actor=by or cast.clerk, case=case(**changed))


def facts(**changed: Any) -> Facts:
    """The decision was revoked today."""
    said: dict[str, Any] = {
        "kind": "revoked",
        "document": OUTCOME,
        "issuer": "道里区人民政府",
        "changed_on": clock.today(),
        **changed,
    }
    return Facts(**said)


def undone(cast: Cast, record: CreditRecord | None = None, **changed: Any) -> Undoing:
    """Registered by 赵敏."""
    record = record or make.effective(cast)
    return undoings.register(record_id=record.pk, actor=cast.clerk, facts=facts(**changed))
