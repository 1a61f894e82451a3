"""告知、送达、陈述申辩: the period runs by the law's days, and only the person can end it early."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts import messages
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from incentives.models import Defence, Listing
from incentives.workflows import answering, deciding, proposing, reviewing
from tests import make_listing
from tests.cast import Cast
from tests.days import TOMORROW, YESTERDAY, all_dated

BEFORE_SPRING = date(2026, 2, 12)  # Thursday; the holidays of 2026 follow


def _serve(listing: Listing, **changes: Any) -> Listing:
    given: dict[str, Any] = {**make_listing.SERVICE, "day": clock.today(), **changes}
    return proposing.serve_notice(listing_id=listing.pk, actor=listing.proposed_by, **given)


def test_the_day_of_service_does_not_count_and_holidays_are_passed_over(cast: Cast) -> None:
    calendar = pack.current().calendar
    with clock.at(BEFORE_SPRING):
        listing = make_listing.notified(cast)
    assert listing.answer_due_on is not None
    assert listing.transit_due_on is not None
    worked = [
        day
        for n in range(1, 60)
        if calendar.is_workday(day := BEFORE_SPRING + timedelta(days=n)) and day <= listing.answer_due_on
    ]
    assert len(worked) == 5
    assert worked[-1] == listing.answer_due_on
    assert listing.answer_due_on > BEFORE_SPRING + timedelta(days=7)  # the spring holiday lies between
    assert "《" in listing.answer_due_basis
    assert not listing.answer_provisional


def test_a_period_into_a_year_without_a_holiday_notice_is_provisional(cast: Cast) -> None:
    last = max(pack.current().calendar.years)
    with clock.at(date(last, 12, 30)):
        assert make_listing.notified(cast).answer_provisional


@pytest.mark.parametrize("days", [0, 1, 3])
def test_the_next_step_is_locked_with_date_and_article_until_the_post_was_waited_for(cast: Cast, days: int) -> None:
    with clock.at(BEFORE_SPRING):
        listing = make_listing.notified(cast)
    assert listing.transit_due_on is not None
    with clock.at(listing.transit_due_on - timedelta(days=days)):
        with pytest.raises(RuleBroken, match=f"{listing.answer_due_on} 24 时.*《"):
            reviewing.legal_review(listing_id=listing.pk, actor=cast.legal, opinion="x")
        with pytest.raises(RuleBroken, match=f"{listing.answer_due_on} 24 时.*《"):
            deciding.decide(listing_id=listing.pk, actor=cast.decider, opinion="x", document="x")
        with pytest.raises(RuleBroken, match=f"在途等待到 {listing.transit_due_on}.*《"):
            answering.lapse(listing_id=listing.pk, actor=cast.wage_clerk)
    with clock.at(make_listing.after_transit(listing)):
        assert answering.lapse(listing_id=listing.pk, actor=cast.wage_clerk).status == "lapsed"


def test_before_service_is_registered_no_period_runs(cast: Cast) -> None:
    listing = make_listing.noticed(cast)
    with clock.at(clock.today() + timedelta(days=90)):
        with pytest.raises(RuleBroken, match="还没有登记送达"):
            answering.lapse(listing_id=listing.pk, actor=cast.wage_clerk)
        with pytest.raises(RuleBroken, match="还没有登记送达"):
            reviewing.review(listing_id=listing.pk, actor=cast.wage_clerk, outcome="x")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"day": TOMORROW}, "还没有到"),
        ({"day": YESTERDAY}, "早于文书日期"),
        ({"proof": " "}, "送达证明"),
        ({"service": "electronic"}, "确认书"),
        ({"service": "read-receipt"}, "消息已读不算送达"),
        ({"service": ""}, "消息已读不算送达"),
        ({"due_on": TOMORROW, "due_basis": "告知书"}, "不能缩短"),
    ],
)
def test_a_service_that_is_none_is_refused(cast: Cast, changes: dict[str, Any], says: str) -> None:
    listing = make_listing.noticed(cast)
    with pytest.raises(RuleBroken, match=says):
        _serve(listing, **all_dated(changes))
    assert Listing.objects.get().notice_served_on is None


def test_electronic_service_with_the_signed_confirmation_counts(cast: Cast) -> None:
    assert _serve(make_listing.noticed(cast), service="electronic", confirmed=True).notice_service == "electronic"


def test_a_public_notice_counts_only_after_its_term(cast: Cast) -> None:
    listing = _serve(make_listing.noticed(cast), service="public-notice")
    assert listing.notice_served_on is not None
    assert listing.answer_due_on is not None
    assert listing.notice_served_on >= clock.today() + timedelta(days=30)
    assert listing.answer_due_on > listing.notice_served_on


def test_a_longer_period_of_the_notice_stands(cast: Cast) -> None:
    later = clock.today() + timedelta(days=40)
    assert _serve(make_listing.noticed(cast), due_on=later).answer_due_on == later


def test_what_the_pack_does_not_know_the_officer_enters_with_its_basis(cast: Cast) -> None:
    make_listing.suspend("limits", "defence-wage")
    make_listing.suspend("limits", "transit-check")
    listing = make_listing.noticed(cast)
    with pytest.raises(RuleBroken, match="写明依据"):
        _serve(listing)
    named = clock.today() + timedelta(days=10)
    listing = _serve(listing, due_on=named, due_basis="告知书第三项")
    assert (listing.answer_due_on, listing.transit_due_on) == (named, named)
    assert "告知书第三项" in listing.answer_due_basis


def test_service_is_registered_once(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    with pytest.raises(AlreadyDone):
        _serve(listing)


def test_a_notice_number_is_used_once(cast: Cast) -> None:
    make_listing.noticed(cast)
    other = make_listing.proposed(cast, who=make_listing.someone("b"))
    with pytest.raises(RuleBroken, match="已经用在另一件"):
        proposing.notify(listing_id=other.pk, actor=cast.wage_clerk, document="哈里人社告〔2026〕1号")


def test_reading_the_message_is_no_service(cast: Cast) -> None:
    listing = make_listing.noticed(cast)
    messages.mark_read(messages.of(cast.citizen)[0])
    with pytest.raises(RuleBroken, match="还没有登记送达"):
        answering.answer(listing_id=listing.pk, actor=cast.citizen, text=make_listing.TEXT)


def test_only_the_person_answers_waives_or_takes_back(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    for user in (cast.wage_clerk, cast.legal, cast.decider, cast.namesake, cast.supervisor):
        for act in (answering.waive, answering.take_back):
            with pytest.raises(PermissionDenied):
                act(listing_id=listing.pk, actor=user)
        for tell in (answering.answer, answering.state):
            with pytest.raises(PermissionDenied):
                tell(listing_id=listing.pk, actor=user, text=make_listing.TEXT)


def test_a_statement_that_is_finished_needs_no_waiting(cast: Cast) -> None:
    listing = make_listing.answered(cast)
    assert make_listing.go_on(cast, listing, "legal-reviewed").status == "legal-reviewed"


def test_a_waiver_without_a_statement_can_be_taken_back_for_a_day(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    answering.waive(listing_id=listing.pk, actor=cast.citizen)
    with pytest.raises(RuleBroken, match=r"以前可以撤回.*《"):
        reviewing.review(listing_id=listing.pk, actor=cast.wage_clerk, outcome="x")
    answering.take_back(listing_id=listing.pk, actor=cast.citizen)
    with pytest.raises(RuleBroken, match="24 时"):
        reviewing.review(listing_id=listing.pk, actor=cast.wage_clerk, outcome="x")
    with pytest.raises(RuleBroken, match="不能再次在线放弃"):
        answering.waive(listing_id=listing.pk, actor=cast.citizen)
    assert answering.answer(listing_id=listing.pk, actor=cast.citizen, text="有话说").that_is_all


def test_a_waiver_is_final_after_its_day(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    listing = answering.waive(listing_id=listing.pk, actor=cast.citizen)
    with clock.at(clock.today() + timedelta(days=2)):
        with pytest.raises(RuleBroken, match="撤回的时间已过"):
            answering.take_back(listing_id=listing.pk, actor=cast.citizen)
        assert make_listing.go_on(cast, listing, "reviewed").status == "reviewed"


def test_without_a_word_that_is_all_is_a_waiver_and_is_said_so(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    with pytest.raises(RuleBroken, match="放弃陈述申辩"):
        answering.answer(listing_id=listing.pk, actor=cast.citizen)


@pytest.mark.parametrize("text", ["打我电话 13800001234", "他的号码是 999999198803120028", "１３８ 0000 1234"])
def test_numbers_are_kept_out_of_a_statement(cast: Cast, text: str) -> None:
    listing = make_listing.notified(cast)
    for padding in ("", "。" * 495):
        with pytest.raises(RuleBroken, match="不要写证件号码"):
            answering.state(listing_id=listing.pk, actor=cast.citizen, text=padding + text)
    assert not Defence.objects.exists()


def test_too_long_and_empty_statements_are_refused_in_words(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    with pytest.raises(RuleBroken, match="最多 2000"):
        answering.state(listing_id=listing.pk, actor=cast.citizen, text="话" * 2001)
    with pytest.raises(RuleBroken, match="请写下意见"):
        answering.state(listing_id=listing.pk, actor=cast.citizen, text="  ")


def test_the_person_keeps_a_copy_and_a_second_click_adds_nothing(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    answering.state(listing_id=listing.pk, actor=cast.citizen, text=make_listing.TEXT)
    with pytest.raises(AlreadyDone):
        answering.state(listing_id=listing.pk, actor=cast.citizen, text=make_listing.TEXT)
    assert Defence.objects.count() == 1
    assert messages.text(messages.of(cast.citizen)[0]) == make_listing.TEXT
    assert make_listing.TEXT.encode() not in bytes(Defence.objects.get().message.body)


def test_a_posted_answer_counts_by_the_day_of_posting_and_does_not_end_the_period(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    today = clock.today()
    given: dict[str, Any] = {"channel": "post", "posted_on": today, "received_on": today, "text": "书面意见"}
    row = answering.receive(listing_id=listing.pk, actor=cast.wage_clerk, **given)
    assert row.status == "notified"
    assert row.stated_on == today
    for wrong in ({"received_on": today + timedelta(days=1)}, {"posted_on": today - timedelta(days=9)}):
        with pytest.raises(RuleBroken, match="核对"):
            answering.receive(listing_id=listing.pk, actor=cast.wage_clerk, **{**given, **wrong, "text": "另一份"})


def test_a_new_statement_makes_what_the_clerk_had_on_screen_stale(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    seen = listing.revision
    answering.state(listing_id=listing.pk, actor=cast.citizen, text=make_listing.TEXT)
    with clock.at(make_listing.after_transit(listing)), pytest.raises(Stale):
        answering.lapse(listing_id=listing.pk, actor=cast.wage_clerk, seen=seen)


def test_after_the_answer_the_person_cannot_be_asked_twice(cast: Cast) -> None:
    listing = make_listing.answered(cast)
    with pytest.raises(WrongState):
        answering.state(listing_id=listing.pk, actor=cast.citizen, text="还有")
