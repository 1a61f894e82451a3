"""走完一件: from the proposal to the record, by three people and the person."""

import pytest

from daoli_credit.law import clock, pack
from incentives.models import Listing
from records.models import CreditRecord, Revision
from tests import make_listing
from tests.cast import Cast


def test_a_case_that_was_answered_ends_as_a_record_in_force(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    record = listing.record
    assert record is not None
    assert record.status == "effective"
    assert record.is_in_force(clock.today())
    assert record.item_id == "list-wage"
    assert record.document_number == listing.decision_number
    assert (record.entered_by, record.reviewed_by) == (cast.wage_clerk, cast.decider)
    assert record.content["told_how"] == "直接送达"
    assert record.use_until is not None
    assert [one.kind for one in Revision.objects.filter(record=record)] == ["effective"]
    assert record.documents.count() == 2


def test_a_case_in_which_nobody_answered_goes_on_after_the_post_was_waited_for(cast: Cast) -> None:
    listing = make_listing.lapsed(cast)
    with clock.at(make_listing.after_transit(listing)):
        listing = make_listing.go_on(cast, listing, "effective")
    assert listing.record is not None
    assert listing.answered_on is None


@pytest.mark.parametrize(
    ("list_type", "department", "has"),
    [
        ("culture-tourism-serious", "tourism", "collectively-discussed"),
        ("market-serious", "market", "higher-agreed"),
    ],
)
def test_a_type_with_more_steps_walks_them_all_in_its_own_order(
    cast: Cast, list_type: str, department: str, has: str
) -> None:
    body = getattr(cast, department)
    people = make_listing.desk(body)
    listing = make_listing.answered(cast, list_type=list_type, department=body, actor=people[0])
    listing = make_listing.go_on(cast, listing, "effective", desk_of=people)
    assert has in listing.path
    assert listing.path == [step.act for step in pack.current().list_type(list_type).steps]
    assert CreditRecord.objects.get(listing=listing).department == body


def test_a_type_without_a_step_does_not_have_it(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    assert "heard" not in listing.path
    assert not any((listing.heard_on, listing.discussed_on, listing.higher_agreed_on))
    assert Listing.objects.get().reviewed_on is not None
