"""造核查: an open case and what is known of an applicant, by the true acts only."""

from datetime import timedelta

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.workflows import checking
from records.models import CreditRecord
from records.workflows import record as record_acts
from tests import make, make_matters
from tests.cast import Cast, identity

REVOKED = {"penalty_kinds": "吊销许可证件"}


def case(cast: Cast, number: str = "食许〔2026〕118号") -> MatterCase:
    """An open permit case of market regulation."""
    return make_matters.case(cast, number)


def number_of(username: str) -> str:
    """A citizen's ID number."""
    return identity(username).id_number


def ban(cast: Cast, *, serial: int = 1, ago: int = 40, **more: str) -> CreditRecord:
    """A food penalty of 林秀云 that revoked a permit: five years' ban by 食品安全法 135."""
    decided = clock.today() - timedelta(days=ago)
    with clock.at(clock.today() - timedelta(days=max(ago - 5, 0))):
        return make.effective(cast, serial=serial, decided=decided, **{**REVOKED, **more})


def ask(cast: Cast, opened: MatterCase, username: str = "linxiuyun", actor: User | None = None, **more: str) -> Check:
    """核查 a citizen of the cast."""
    return checking.check(
        case_id=opened.pk, number=number_of(username), by=checking.By(user=actor or cast.clerk), **more
    )


def gone(record: CreditRecord, cast: Cast) -> None:
    """The record is withdrawn."""
    record_acts.withdraw(record_id=record.pk, actor=cast.reviewer, opinion="有误", seen=record.revision)
