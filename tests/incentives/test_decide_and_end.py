"""审核、决定、送达、生效, and the ways in which a case ends without a list."""

from datetime import timedelta
from typing import Any

import pytest

from daoli_credit.accounts import messages, roles
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from incentives.models import Listing
from incentives.selectors import course
from incentives.workflows import deciding, reviewing
from records.models import CreditRecord, Revision
from tests import make_listing
from tests.cast import Cast


def test_a_defence_is_answered_point_by_point_before_the_law_agrees(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "reviewed")
    with pytest.raises(RuleBroken, match="逐条写明"):
        reviewing.legal_review(listing_id=listing.pk, actor=cast.legal, opinion="通过")
    with pytest.raises(RuleBroken, match="要写明意见"):
        reviewing.legal_review(
            listing_id=listing.pk, actor=cast.legal, opinion=" ", replies=make_listing.replies(listing.pk)
        )


def test_one_person_with_all_duties_still_cannot_do_two_of_the_three(cast: Cast) -> None:
    for role in ("legal", "decider"):
        roles.grant(cast.wage_clerk, cast.wages, role)
    roles.grant(cast.legal, cast.wages, "decider")
    listing = make_listing.go_on(cast, make_listing.answered(cast), "reviewed")
    with pytest.raises(RuleBroken, match="不能是本案经办人"):
        reviewing.legal_review(listing_id=listing.pk, actor=cast.wage_clerk, opinion="x")
    listing = make_listing.go_on(cast, listing, "legal-reviewed")
    for user in (cast.wage_clerk, cast.legal):
        with pytest.raises(RuleBroken, match="不能是本案经办人或者法制审核人"):
            deciding.decide(listing_id=listing.pk, actor=user, opinion="x", document="列1")


def test_the_legal_officer_may_speak_against_it_without_moving_it(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "reviewed")
    reviewing.object_to(listing_id=listing.pk, actor=cast.legal, opinion="责令改正文书未附送达证明")
    assert Listing.objects.get().status == "reviewed"
    assert Event.objects.get(act="listing.legal-objected").opinion == "责令改正文书未附送达证明"


def test_a_step_out_of_turn_says_what_comes_first(cast: Cast) -> None:
    listing = make_listing.answered(cast)
    with pytest.raises(WrongState, match="下一步是“核实异议"):
        reviewing.legal_review(listing_id=listing.pk, actor=cast.legal, opinion="x")
    with pytest.raises(WrongState, match="下一步是“核实异议"):
        deciding.decide(listing_id=listing.pk, actor=cast.decider, opinion="x", document="x")
    with pytest.raises(WrongState, match="还轮不到“登记听证”"):
        reviewing.hear(listing_id=listing.pk, actor=cast.wage_clerk, hearing="held", note="x", day=clock.today())


def test_that_nobody_asked_for_a_hearing_can_be_said_only_after_the_days_for_asking(cast: Cast) -> None:
    people = make_listing.desk(cast.market)
    given: dict[str, Any] = {"list_type": "market-serious", "department": cast.market, "actor": people[0]}
    listing = make_listing.answered(cast, **given)
    facts: dict[str, Any] = {
        "listing_id": listing.pk,
        "actor": people[0],
        "hearing": "not-asked",
        "note": "告知后未要求",
    }
    with pytest.raises(RuleBroken, match=r"要求听证的期限到.*《中华人民共和国行政处罚法》"):
        reviewing.hear(**facts)
    with pytest.raises(RuleBroken, match="举行听证的日期"):
        reviewing.hear(**{**facts, "hearing": "held"})
    with clock.at(clock.today() + timedelta(days=15)):
        assert reviewing.hear(**facts).status == "heard"


def test_a_day_in_the_future_or_before_the_notice_is_no_discussion(cast: Cast) -> None:
    people = make_listing.desk(cast.tourism)
    given: dict[str, Any] = {"list_type": "culture-tourism-serious", "department": cast.tourism, "actor": people[0]}
    listing = make_listing.go_on(cast, make_listing.answered(cast, **given), "legal-reviewed", desk_of=people)
    for days in (1, -400):
        day = clock.today() + timedelta(days=days)
        with pytest.raises(RuleBroken, match="核对"):
            reviewing.discuss(listing_id=listing.pk, actor=people[0], day=day, document="纪要1")
    with pytest.raises(WrongState, match="集体讨论"):
        deciding.decide(listing_id=listing.pk, actor=people[2], opinion="x", document="列1")


def test_the_decision_is_told_with_answer_term_exit_and_remedy(cast: Cast) -> None:
    listing = make_listing.decided(cast)
    text = messages.text(listing.decision.message)
    for words in ("惩戒措施提示", "移除条件和程序", "行政复议", "行政诉讼", "一、部分补发不影响认定。", "期限"):
        assert words in text
    assert "林秀云" not in text


def test_before_service_nothing_takes_effect_and_nobody_is_listed(cast: Cast) -> None:
    listing = make_listing.decided(cast)
    with pytest.raises(WrongState):
        deciding.take_effect(listing_id=listing.pk, actor=cast.wage_clerk)
    assert not CreditRecord.objects.exists()


def test_a_decision_told_by_public_notice_waits_for_its_term(cast: Cast) -> None:
    listing = make_listing.decided(cast)
    facts: dict[str, Any] = {"service": "public-notice", "day": clock.today(), "proof": "公告第1号"}
    listing = deciding.serve(listing_id=listing.pk, actor=cast.wage_clerk, **facts)
    with pytest.raises(RuleBroken, match=r"才视为送达.*《"):
        deciding.take_effect(listing_id=listing.pk, actor=cast.wage_clerk)
    with clock.at(clock.today() + timedelta(days=40)):
        assert deciding.take_effect(listing_id=listing.pk, actor=cast.wage_clerk).status == "effective"


def test_taking_effect_opens_the_identity_and_says_so_to_the_person(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    look = LookUp.objects.get(case_number=listing.number, shown__contains=["identity"])
    assert (look.matter, look.purpose) == ("listing-handling", "列入生效，登记信用记录")


def test_a_second_click_makes_no_second_record(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    with pytest.raises(AlreadyDone):
        deciding.take_effect(listing_id=listing.pk, actor=cast.wage_clerk)
    assert CreditRecord.objects.count() == 1


def test_a_type_suspended_before_effect_leaves_nothing_half_done(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "served")
    make_listing.suspend("lists", "wage-arrears")
    with pytest.raises(RuleBroken, match="已暂停"):
        deciding.take_effect(listing_id=listing.pk, actor=cast.wage_clerk)
    assert Listing.objects.get().status == "served"
    assert not CreditRecord.objects.exists()
    assert not LookUp.objects.filter(shown__contains=["identity"]).exists()


@pytest.mark.parametrize("stage", ["proposed", "noticed", "notified", "answered"])
def test_either_side_may_end_a_case_without_listing_with_reasons(cast: Cast, stage: str) -> None:
    listing = getattr(make_listing, stage)(cast)
    with pytest.raises(RuleBroken, match="要写明意见"):
        deciding.withdraw(listing_id=listing.pk, actor=cast.wage_clerk, opinion="")
    told = messages.of(cast.citizen).count()
    deciding.reject(listing_id=listing.pk, actor=cast.decider, opinion="已付清工资，不予列入")
    assert Listing.objects.get().status == "dropped"
    assert messages.of(cast.citizen).count() == told + (stage != "proposed")
    again = make_listing.proposed(cast)
    assert deciding.withdraw(listing_id=again.pk, actor=cast.wage_clerk, opinion="重复立案").dropped_on


def test_revoking_a_decision_ends_its_record_in_the_same_moment(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    facts: dict[str, Any] = {
        "listing_id": listing.pk,
        "actor": cast.decider,
        "opinion": "责令改正被撤销",
        "document": "撤〔2026〕1号",
    }
    row = deciding.revoke(**facts)
    assert row.status == "revoked"
    record = CreditRecord.objects.get()
    assert (record.status, record.end_kind) == ("ended", "revoked")
    assert list(Revision.objects.values_list("kind", flat=True).order_by("number")) == ["effective", "ended"]
    assert not CreditRecord.objects.in_force(on=clock.today()).exists()
    with pytest.raises(AlreadyDone):
        deciding.revoke(**facts)


def test_a_case_whose_record_has_ended_no_longer_says_that_it_is_in_force(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    assert listing.record is not None
    assert listing.record.use_until is not None
    assert course.headline(listing)[0] == "已生效"
    with clock.at(listing.record.use_until + timedelta(days=1)):
        assert course.headline(listing)[0] == "已移出"


def test_revoking_before_effect_leaves_no_record_at_all(cast: Cast) -> None:
    listing = make_listing.decided(cast)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="笔误", document="撤〔2026〕2号")
    assert not CreditRecord.objects.exists()
