"""造更正件: by the true acts only."""

from typing import Any

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from records import selectors
from records.models import Amendment, CreditRecord
from records.workflows import amendment as acts
from tests import make
from tests.cast import Cast

DOCUMENT = "哈里市监更〔2026〕1号"
REASON = "录入时把罚款金额抄错了。"


def look(user: User, record: CreditRecord) -> LookUp:
    """The look that a correction rests on."""
    return events.look_up(
        actor=user,
        person_key=record.person_keys()[0],
        matter=selectors.HANDLING,
        case_number=record.number,
        purpose="核对更正后的内容",
        shown=["record", "identity"],
        department=record.department.code,
    )


def proposed(cast: Cast, record: CreditRecord | None = None, *, by: User | None = None, **more: Any) -> Amendment:
    """赵敏 says that the fine is wrong."""
    record, user = record or make.effective(cast), by or cast.clerk
    facts = {"kind": "correct", "changes": {"fine": "0.1"}, "document": DOCUMENT, "reason": REASON, **more}
    facts.setdefault("seen", record.revision)
    return acts.propose(record_id=record.pk, actor=user, because=look(user, record), **facts)


def agreed(cast: Cast, amendment: Amendment, by: User | None = None, seen: int = 1) -> Amendment:
    """孙建国 agrees."""
    user = by or cast.reviewer
    return acts.agree(amendment_id=amendment.pk, actor=user, seen=seen, because=look(user, amendment.record))


def withdrawal(cast: Cast, record: CreditRecord | None = None) -> Amendment:
    """赵敏 says that it should not be there at all."""
    return proposed(cast, record, kind="withdraw", changes=None, cause="wrong-person")
