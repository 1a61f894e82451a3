"""同时: two people press a button of the same case at the same moment; the law's steps happen once."""

from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from incentives.models import Listing
from incentives.rules import contents
from incentives.workflows import answering, deciding
from records.models import CreditRecord, Subject
from tests import make_listing
from tests.cast import assemble, identity
from tests.together import together


def test_two_deciders_make_one_decision(committing_db: str) -> None:
    cast = assemble()
    listing = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    covers, second = contents.required(listing, "decision"), make_listing.desk(cast.wages)[2]
    said = together(
        *(
            lambda who=who, number=number: deciding.decide(
                listing_id=listing.pk,
                actor=who,
                opinion="同意列入",
                document=f"哈里人社列〔2026〕{number}号",
                covers=covers,
            )
            for number, who in enumerate((cast.decider, second), 1)
        )
    )
    assert said == ["WrongState", "done"]
    assert Event.objects.filter(act="listing.decided").count() == 1


def test_a_decision_and_its_withdrawal_at_once_leave_one_of_the_two(committing_db: str) -> None:
    cast = assemble()
    listing = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    said = together(
        lambda: deciding.decide(
            listing_id=listing.pk,
            actor=cast.decider,
            opinion="同意列入",
            document="哈里人社列〔2026〕1号",
            covers=contents.required(listing, "decision"),
        ),
        lambda: deciding.reject(listing_id=listing.pk, actor=cast.decider, opinion="证据不足"),
    )
    assert said == ["WrongState", "done"]
    assert Listing.objects.get().status in {"decided", "dropped"}


def test_two_clicks_take_effect_once_and_make_one_record(committing_db: str) -> None:
    cast = assemble()
    listing = make_listing.go_on(cast, make_listing.answered(cast), "served")
    said = together(
        *(lambda: deciding.take_effect(listing_id=listing.pk, actor=cast.wage_clerk) for _ in range(2)),
    )
    assert said == ["AlreadyDone", "done"]
    assert CreditRecord.objects.count() == 1
    assert Event.objects.filter(act="listing.took-effect").count() == 1


def test_the_same_person_and_document_proposed_twice_at_once_is_one_case(committing_db: str) -> None:
    cast = assemble()
    second = make_listing.desk(cast.wages)[0]
    said = together(*(lambda who=who: make_listing.proposed(cast, actor=who) for who in (cast.wage_clerk, second)))
    assert "done" in said
    assert (Listing.objects.count(), Subject.objects.count()) == (1, 1)


def test_an_answer_on_the_last_day_is_not_run_over_by_the_clerk(committing_db: str) -> None:
    cast = assemble()
    listing = make_listing.notified(cast, who=identity("linxiuyun"))
    with clock.at(make_listing.after_transit(listing)):
        said = together(
            lambda: answering.state(listing_id=listing.pk, actor=cast.citizen, text="余款已经付清。"),
            lambda: answering.lapse(listing_id=listing.pk, actor=cast.wage_clerk),
        )
    found = Listing.objects.get()
    assert "done" in said
    assert found.stated_on is not None or found.status == "lapsed"
