"""听证和上级同意 in the demo: one asked for a hearing, one waits for consent, one is decided; every point answered."""

from daoli_credit.demo import hearings
from incentives.models import Listing
from incentives.selectors import points
from tests import make_assessments
from tests.cast import Cast


def test_the_steps_that_only_some_lists_have_stand_in_the_demo(cast: Cast) -> None:
    make_assessments.list_type("market-serious")
    hearings.tell()
    asked, reviewed, decided = Listing.objects.order_by("pk")
    assert (asked.status, reviewed.status, decided.status) == ("answered", "legal-reviewed", "decided")
    assert asked.hearing_asked_on is not None
    assert asked.heard_on is None
    assert decided.higher_agreed_on is not None
    assert {one.outcome for one in points.lines(decided)} == {"采纳", "部分采纳", "不采纳"}
    assert len(points.lines(reviewed)) == len(hearings.REPLIES) == 5
    assert len({decided.proposed_by_id, decided.legal_reviewed_by_id, decided.decided_by_id}) == 3
