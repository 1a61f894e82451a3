"""演示里保存期满的核查: by the true acts of its days, and gone."""

from daoli_credit.demo import old_checks
from incentives.models import Check, CheckDeletion, MatterCase
from incentives.workflows import check_retention
from tests.cast import Cast


def test_a_case_of_years_ago_has_a_certificate_and_nothing_else(cast: Cast) -> None:
    old_checks.tell()
    gone = CheckDeletion.objects.get()
    assert len(gone.numbers) == len(old_checks.NUMBERS)
    assert not Check.objects.exists()
    assert MatterCase.objects.get().status == "closed"
    assert list(check_retention.faults()) == []
