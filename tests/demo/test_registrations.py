"""演示的名单登记: one waits, two stand, one has left early, one was sent back; by the true acts."""

from collections import Counter

from daoli_credit.demo import registrations
from incentives.models import EarlyExit, Registration
from records.models import CreditRecord
from tests import make_assessments
from tests.cast import Cast


def test_a_courts_listings_stand_at_each_place_and_one_has_left_early(cast: Cast) -> None:
    make_assessments.list_type("court-dishonest")
    assert registrations.tell() == 5
    found = Counter(Registration.objects.values_list("status", flat=True))
    assert found == {"effective": 3, "returned": 1, "registered": 1}
    assert sorted(EarlyExit.objects.values_list("status", flat=True)) == ["asked", "granted"]
    left = CreditRecord.objects.get(end_kind="left-early")
    assert left.status == "ended"
