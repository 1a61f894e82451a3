"""派发和收回: pulled from records, once per record, measure and body; called back when nothing carries them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from incentives import tasks
from incentives.models import Listing, MeasureTask
from incentives.models.measure_task import T
from incentives.workflows import benefiting, deciding, measure_pulling
from records.models import CreditRecord
from records.workflows import repair as repair_acts
from records.workflows import undoing
from tests import make, make_contests, make_honours, make_listing, make_measures, make_repairs
from tests.cast import Cast, assemble
from tests.make_measures import task


def _rows(record: CreditRecord) -> set[tuple[str, str]]:
    found = MeasureTask.objects.filter(record=record)
    return set(found.values_list("measure", "department__code"))


def test_each_body_with_a_matter_of_its_own_gets_its_task_once(cast: Cast) -> None:
    record = make_measures.arrears(cast)
    assert _rows(record) == {
        ("m-wage-funds", "finance"), ("m-wage-funds", "human-resources"), ("m-wage-procurement", "finance"),
        ("m-wage-awards", "trade-union"), ("m-wage-awards", "civility"), ("m-key-supervision", "human-resources"),
        ("m-civil-service", "human-resources"),
    }  # fmt: skip
    assert make_measures.pull() == 0
    assert tasks.tend_measures() == tasks.review_measures() == 0
    one = task(record, "m-wage-funds", "finance")
    assert (one.status, one.matter, one.force, one.until) == (T.OPEN, "gov-fund", "must", record.use_until)
    assert one.citation == "《保障农民工工资支付条例》第四十八条"
    assert Event.objects.filter(act="measure.assigned", noun="measuretask", object_id=str(one.pk)).count() == 1


def test_a_record_that_no_measure_aims_at_brings_no_task(cast: Cast) -> None:
    record = make.effective(cast)
    assert make_measures.pull() == 0
    assert _rows(record) == set()
    assert record not in measure_pulling.candidates(clock.today())  # the database is not even asked for it


def test_what_is_not_in_force_or_paused_brings_none(cast: Cast) -> None:
    listing = make_listing.decided(cast)
    assert make_measures.pull() == 0
    assert listing.record is None
    record = make_listing.go_on(cast, listing, "effective").record
    assert record is not None
    CreditRecord.objects.filter(pk=record.pk).update(suspended_on=clock.today())
    assert make_measures.pull() == 0


def test_a_suspended_rule_assigns_nothing(cast: Cast) -> None:
    make_listing.suspend("measures", "m-wage-funds")
    record = make_measures.arrears(cast)
    assert "m-wage-funds" not in {measure for measure, _ in _rows(record)}
    make_listing.suspend("matters", "procurement-supplier")
    assert make_measures.pull() == 0


def test_an_honour_brings_rewards_and_nothing_else(cast: Cast) -> None:
    assert make_measures.pull() == 0
    shared = make_measures.honour()
    assert make_measures.pull() > 0
    found = MeasureTask.objects.filter(record=shared)
    assert {one.sign for one in found} == {"reward"}
    assert ("r-employment", "human-resources") in _rows(shared)


def test_a_condition_is_asked_of_the_document(cast: Cast) -> None:
    fined = make_repairs.public(cast, serial=7)
    assert make_measures.pull() == 0
    assert _rows(fined) == set()
    revoked = make_measures.guide(cast, serial=8)
    assert _rows(revoked) == {("m-guide-ban", "tourism")}
    assert task(revoked, "m-guide-ban").ask.startswith("请对照决定书原文")


def test_a_revoked_listing_calls_back_what_was_applied_and_sets_the_rest_aside(cast: Cast) -> None:
    record = make_measures.arrears(cast)
    done = make_measures.applied(task(record, "m-wage-funds", "human-resources"), cast.wage_clerk)
    listing = Listing.objects.get(record=record)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="哈里撤〔2026〕1号")
    assert make_measures.settle() == 7
    done.refresh_from_db()
    assert (done.status, done.lift_why, done.lift_from) == (T.TO_LIFT, "annulled", clock.today())
    assert done.lift_due_on is not None
    assert done.lift_due_on > clock.today()
    others = MeasureTask.objects.filter(record=record).exclude(pk=done.pk)
    assert {one.status for one in others} == {T.MOOT}
    assert make_measures.settle() == 0


def test_the_day_alone_calls_back_with_the_scheduler_dead_for_weeks(cast: Cast) -> None:
    record = make_measures.arrears(cast)
    one = make_measures.applied(task(record, "m-wage-funds", "human-resources"), cast.wage_clerk)
    assert record.use_until is not None
    with clock.at(record.use_until):
        assert make_measures.settle() == 0
    with clock.at(record.use_until + timedelta(days=30)):
        assert make_measures.settle() == 7
    one.refresh_from_db()
    assert (one.lift_why, one.lift_from) == ("ended", record.use_until + timedelta(days=1))


def test_a_repair_lifts_what_it_may_and_a_ban_by_law_goes_on_until_its_own_term(cast: Cast) -> None:
    record = make_measures.guide(cast, ago=200)
    ban = make_measures.applied(task(record, "m-guide-ban"), cast.tour_clerk)
    repair = make_repairs.applied(cast, record, by=cast.guide)
    repair = repair_acts.accept(repair_id=repair.pk, actor=cast.tour_clerk, seen=repair.revision)
    repair_acts.decide(repair_id=repair.pk, actor=cast.tour_reviewer, seen=repair.revision)
    assert make_measures.settle(everything=True) == 0
    ban.refresh_from_db()
    assert ban.status == T.APPLIED
    assert ban.until is not None
    with clock.at(ban.until):
        assert make_measures.settle() == 0
    with clock.at(ban.until + timedelta(days=1)):
        assert make_measures.settle() == 1
    ban.refresh_from_db()
    assert (ban.status, ban.lift_why) == (T.TO_LIFT, "term")


def test_a_decision_that_was_annulled_takes_the_ban_with_it(cast: Cast) -> None:
    record = make_measures.guide(cast)
    ban = make_measures.applied(task(record, "m-guide-ban"), cast.tour_clerk)
    facts = make_contests.facts()
    undone = undoing.register(record_id=record.pk, actor=cast.tour_clerk, facts=facts)
    undoing.end(undoing_id=undone.pk, actor=cast.tour_reviewer, seen=undone.revision)
    assert make_measures.settle() == 1
    ban.refresh_from_db()
    assert ban.lift_why == "annulled"


def test_a_suspended_rule_calls_back_what_rests_on_it(cast: Cast) -> None:
    record = make_measures.arrears(cast)
    one = make_measures.applied(task(record, "m-wage-funds", "human-resources"), cast.wage_clerk)
    make_listing.suspend("measures", "m-wage-funds")
    assert make_measures.settle() == 0  # the record stands; the rules are gone through each hour
    assert make_measures.settle(everything=True) == 2
    one.refresh_from_db()
    assert one.lift_why == "basis"


def test_what_was_given_stays_given_when_the_honour_ends(cast: Cast) -> None:
    record = make_measures.honour()
    make_honours.share()
    make_measures.pull()
    one = task(record, "r-employment", "human-resources")
    given = benefiting.give(
        task_id=one.pk, actor=cast.wage_clerk, seen=one.revision, day=clock.today(), case_number="就业〔2026〕1号",
        opinion="招聘会专区",
    )  # fmt: skip
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)):
        assert make_measures.settle() > 0
    given.refresh_from_db()
    assert given.status == T.GIVEN


@pytest.fixture
def committed(committing_db: str) -> CreditRecord:
    record = make_listing.effective(assemble()).record
    assert record is not None
    return record


def _pull_in_a_thread(_: int) -> int:
    try:
        return measure_pulling.assign_all(actor=User.objects.system())
    finally:
        connection.close()


def test_two_workers_at_once_make_each_task_once(committed: CreditRecord) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(_pull_in_a_thread, range(2)))
    assert sum(made) == MeasureTask.objects.filter(record=committed).count() == 7
