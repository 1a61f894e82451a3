"""造记录: by the true acts only."""

from datetime import date, timedelta
from typing import Any

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import lived_in
from daoli_credit.law import clock
from records.identity import Identity
from records.models import CreditRecord
from records.rules import intake
from records.workflows import opening
from records.workflows import record as acts
from tests.cast import Cast, identity


def raw_penalty(
    who: Identity | None = None,
    *,
    department: Department,
    item: str = "penalty-food",
    decided: date | None = None,
    serial: int = 1,
    severity: str = "general",
    **changes: str,
) -> dict[str, str]:
    """A penalty as typed; `changes` overwrite single fields."""
    decided = decided or clock.today() - timedelta(days=10)
    typed = lived_in.penalty(
        item, who or identity("linxiuyun"), department, decided=decided, serial=serial, severity=severity
    )
    return {**typed, **changes}


def checked(raw: dict[str, str], item: str = "penalty-food") -> intake.Checked:
    """The same, held to the rules of today."""
    return lived_in.checked(item, raw, clock.today())


def draft(cast: Cast, by: User | None = None, *, item: str = "penalty-food", **typed: Any) -> CreditRecord:
    """A draft of market regulation."""
    facts = checked(raw_penalty(department=cast.market, item=item, **typed), item)
    return acts.enter(department=cast.market, checked=facts, actor=by or cast.clerk)


def submitted(cast: Cast, by: User | None = None, **typed: Any) -> CreditRecord:
    """A record that waits for review."""
    record = draft(cast, by, **typed)
    return acts.submit(record_id=record.pk, actor=by or cast.clerk, seen=record.revision)


def opened(record: CreditRecord, reviewer: User) -> None:
    """The reviewer has opened the record as it stands now: approval asks for it."""
    opening.note([CreditRecord.objects.get(pk=record.pk)], reviewer)


def effective(cast: Cast, **typed: Any) -> CreditRecord:
    """A record in force."""
    record = submitted(cast, **typed)
    opening.note([record], cast.reviewer)
    return acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
