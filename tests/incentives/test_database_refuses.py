"""数据库拒绝: each constraint of docs/listing.md by raw SQL as the application's role, whatever the program thinks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from daoli_credit.law import clock, pack
from incentives.models import Decision, Defence, Listing, Notice
from records.models import CatalogueItem, CatalogueProvider, CreditRecord
from records.rules import collectable
from tests import make, make_listing
from tests.cast import Cast
from tests.days import dated

BEFORE, LATER = timedelta(days=-40), timedelta(days=40)


def _refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [dated(one) for one in values])


def _update(listing: Listing, says: str, **facts: Any) -> None:
    sets = ", ".join(f"{name} = %s" for name in facts)
    _refused(f"UPDATE incentives_listing SET {sets} WHERE id = %s", *facts.values(), listing.pk, says=says)  # noqa: S608


def _columns(*but: str, model: type[Model] = Listing) -> str:
    """Every column of a row except its own number, to copy one by hand."""
    return ", ".join(str(one.column) for one in model._meta.concrete_fields if one.column not in {"id", "number", *but})


def test_a_case_begins_as_a_proposal_and_nothing_else(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    names = _columns("status")
    for status in ("decided", "served", "effective", "notified"):
        _refused(
            f"INSERT INTO incentives_listing (number, status, {names}) SELECT %s, %s, {names} FROM incentives_listing"  # noqa: S608
            " WHERE id = %s",
            "LR-x", status, listing.pk, says="只能从“拟列入”开始",
        )  # fmt: skip


def test_a_path_waives_nothing(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    names = _columns("path", "subject_id")
    for path in (
        ["proposed", "decided", "served", "effective"],
        ["proposed", "notified", "answered", "decided", "legal-reviewed", "served", "effective"],
        ["proposed", "notified", "answered", "legal-reviewed", "decided", "effective"],
    ):
        subject = make.draft(cast, serial=len(path)).subject if path else None
        _refused(
            f"INSERT INTO incentives_listing (number, path, subject_id, {names})"  # noqa: S608
            f" SELECT %s, %s::varchar[], %s, {names} FROM incentives_listing WHERE id = %s",
            "LR-y", path, subject.pk if subject else 0, listing.pk,
            says="走完名单类型的步骤|a_listing_path_waives_nothing",
        )  # fmt: skip


def test_a_step_cannot_be_skipped_or_taken_out_of_order(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    for status in ("answered", "lapsed", "reviewed", "legal-reviewed", "decided", "served", "effective", "proposed"):
        _update(listing, "不能从|nothing_goes_on_before_the_answer_is_over|a_status_has_its_fact", status=status)
    for status in ("legal-reviewed", "decided", "effective", "heard"):
        _update(
            make_listing.notified(cast, number=f"告{status}", who=make_listing.someone(status)), "不能从", status=status
        )


def test_nothing_goes_on_before_the_person_was_heard(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    _update(listing, "nothing_goes_on_before_the_answer_is_over", status="answered")
    _update(listing, "a_status_has_its_fact", status="lapsed")
    _update(make_listing.proposed(cast, who=make_listing.someone("n")), "a_status_has_its_fact", status="notified")
    _update(
        listing,
        "nothing_goes_on_before_the_answer_is_over",
        status="lapsed",
        transit_checked_on=clock.today(),
        transit_checked_by_id=cast.wage_clerk.pk,
    )
    _update(listing, "whoever_answered", answered_on=clock.today(), that_is_all=True)
    _update(listing, "whoever_answered", answered_on=clock.today(), stated_on=clock.today())
    _update(
        listing, "legal_review_has", legal_reviewed_on=LATER, legal_reviewed_by_id=cast.legal.pk, legal_response="无"
    )


def test_notice_and_service_have_their_order_and_their_proof(cast: Cast) -> None:
    proposed = make_listing.proposed(cast)
    _update(proposed, "a_notice_has_number_and_day", noticed_on=BEFORE, notice_number="告1")
    _update(proposed, "a_notice_has_number_and_day", noticed_on=clock.today())
    listing = make_listing.noticed(cast, who=make_listing.someone("noticed"))
    served = {"answer_due_on": LATER, "transit_due_on": LATER, "answer_due_basis": "依据"}
    _update(listing, "service_of_a_notice", notice_served_on=clock.today(), notice_service="direct", **served)
    _update(
        listing, "service_of_a_notice", notice_served_on=BEFORE, notice_service="direct", notice_proof="回证", **served
    )
    facts = {"notice_served_on": clock.today(), "notice_service": "direct", "notice_proof": "回证", **served}
    _update(listing, "the_answer_period_begins", **{**facts, "answer_due_on": clock.today()})
    _update(listing, "the_answer_period_begins", **{**facts, "transit_due_on": clock.today()})
    _update(listing, "the_answer_period_begins", **{**facts, "answer_due_basis": ""})


def test_three_people_and_a_reply_to_the_defence(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.points_answered(make_listing.answered(cast)), "reviewed")
    review = {"status": "legal-reviewed", "legal_reviewed_on": clock.today()}
    _update(listing, "a_defence_is_answered", **review, legal_reviewed_by_id=cast.legal.pk)
    clerk = cast.wage_clerk.pk
    _update(listing, "proposer_reviewer_and", **review, legal_reviewed_by_id=clerk, legal_response="无")
    other = make_listing.answered(cast, number="告2", who=make_listing.someone("y"), by=make_listing.account("y"))
    listing = make_listing.go_on(cast, other, "legal-reviewed")
    decision = {"status": "decided", "decided_on": clock.today(), "decision_number": "列1"}
    for user in (cast.wage_clerk, cast.legal):
        _update(listing, "proposer_reviewer_and", **decision, decided_by_id=user.pk)
    _update(listing, "a_decision_has", status="decided", decided_on=clock.today(), decided_by_id=cast.decider.pk)
    early = {**decision, "decided_on": BEFORE}
    _update(listing, "a_decision_comes_after", **early, decided_by_id=cast.decider.pk)


def test_a_step_of_the_type_stands_before_the_decision_and_a_foreign_one_not_at_all(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "reviewed")
    _update(listing, "hearing_is_done", heard_on=clock.today(), hearing="held", hearing_note="笔录")
    _update(listing, "it_is_discussed", discussed_on=clock.today(), discussion_number="纪要")
    _update(listing, "the_higher_level", higher_agreed_on=clock.today(), higher_number="函")
    answered = make_listing.answered(cast, number="告2", who=make_listing.someone("x"), by=make_listing.account("x"))
    make_listing.points_answered(answered)
    facts = {"legal_reviewed_on": clock.today(), "legal_reviewed_by_id": cast.legal.pk, "legal_response": "无"}
    decision = {"decided_on": clock.today(), "decided_by_id": cast.decider.pk, "decision_number": "列9"}
    _update(answered, "objections_are_reviewed", **facts, **decision)


def test_effect_needs_service_and_its_own_record(cast: Cast) -> None:
    listing = make_listing.decided(cast)
    other = make.effective(cast)
    _update(listing, "service_of_a_decision", status="served")
    served = {"decision_service": "direct", "decision_proof": "回证"}
    _update(listing, "service_of_a_decision", status="served", decision_served_on=BEFORE, **served)
    listing = make_listing.go_on(cast, listing, "served")
    _update(listing, "effect_comes_after|须有它自己", status="effective")
    _update(listing, "须有它自己的信用记录", status="effective", effective_on=clock.today(), record_id=other.pk)


def test_an_ended_case_says_why_and_cannot_come_back(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    _update(listing, "a_dropped_case", status="dropped")
    done = make_listing.effective(cast, who=make_listing.someone("q"), by=make_listing.account("q"))
    _update(done, "a_dropped_case|不能从", status="dropped", dropped_on=clock.today(), dropped_by_id=1, dropped_why="x")
    revoked = {
        "revoked_on": clock.today(),
        "revoked_by_id": cast.decider.pk,
        "revoked_why": "x",
        "revocation_number": "撤1",
    }
    _update(done, "记录须同时终止", status="revoked", **revoked)
    _update(done, "a_revoked_decision", revoked_on=clock.today())
    _refused("DELETE FROM incentives_listing WHERE id = %s", listing.pk, says="只增不改")


def test_a_fact_once_written_stays(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    changes: dict[str, object] = {
        "reason": "别的", "proposed_on": BEFORE, "notice_served_on": BEFORE, "answer_due_on": LATER,
        "answered_on": None, "that_is_all": False, "legal_reviewed_by_id": cast.decider.pk, "decided_on": BEFORE,
        "decision_number": "列0", "decision_served_on": LATER, "effective_on": LATER, "record_id": None,
        "path": ["proposed"], "subject_id": 0, "list_type": "market-serious", "legal_response": "",
    }  # fmt: skip
    for name, value in changes.items():
        _update(listing, f"不能改写.*{name}", **{name: value})


def test_the_papers_only_grow_and_agree_with_the_case(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    for model in (Notice, Defence, Decision):
        table = model._meta.db_table
        _refused(f"UPDATE {table} SET message_id = message_id WHERE listing_id = %s", listing.pk, says="只增不改")  # noqa: S608
        _refused(f"DELETE FROM {table} WHERE listing_id = %s", listing.pk, says="只增不改")  # noqa: S608
    other = make_listing.proposed(cast, who=make_listing.someone("p"))
    message = listing.notice.message_id
    with pytest.raises(IntegrityError, match="文书与案件不符"), transaction.atomic():
        Notice.objects.create(listing=other, document_number="告0", template="t", message_id=message, digest=b"x")


def test_no_record_of_a_list_without_its_case(cast: Cast) -> None:
    """By the ORM, by raw SQL, by moving a record over, by a pair put in by hand, by opening the item's door."""
    lawful = make_listing.effective(cast).record
    assert lawful is not None
    columns, stranger = (
        _columns("subject_id", model=CreditRecord),
        make.effective(cast, who=make_listing.someone("s")).subject,
    )
    copy = (
        f"INSERT INTO records_creditrecord (number, subject_id, {columns})"  # noqa: S608
        f" SELECT 'DL-x', %s, {columns} FROM records_creditrecord WHERE id = %s"
    )
    _refused(copy, stranger.pk, lawful.pk, says="只能由已决定并送达的列入案件产生")
    draft = make.draft(cast, serial=77)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRecord.objects.filter(pk=draft.pk).update(item="list-wage", department=cast.wages)
    CatalogueProvider.objects.get_or_create(item_id="list-wage", department=cast.market)
    with pytest.raises(IntegrityError, match="列入案件产生"), transaction.atomic():
        CreditRecord.objects.filter(pk=draft.pk).update(item="list-wage")
    _refused("UPDATE records_catalogueitem SET by_listing = false WHERE code = 'list-wage'", says="不能改")
    _refused("UPDATE records_catalogueitem SET code = 'x' WHERE code = 'list-wage'", says="不能改")
    _refused("DELETE FROM records_catalogueitem WHERE code = 'list-tax'", says="不能删除")
    assert CatalogueItem.objects.get(code="list-wage").by_listing


def test_a_served_case_of_another_person_opens_no_door(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.decided(cast), "served")
    stranger = make.draft(cast, who=make_listing.someone("t"))
    record = CreditRecord(
        number="DL-z",
        item_id="list-wage",
        department=cast.wages,
        subject=stranger.subject,
        document_number=listing.decision_number,
        determined_on=listing.decided_on or clock.today(),
        content={},
        content_digest=b"x",
        edition="x",
        entered_by=cast.wage_clerk,
    )
    with pytest.raises(IntegrityError, match="列入案件产生"), transaction.atomic():
        record.save()


def test_the_hand_entry_of_a_list_stays_shut(cast: Cast) -> None:

    item = pack.current().item("list-wage")
    assert "只能由列入程序产生" in collectable.refusal(item, "human-resources", on=clock.today())


def test_one_person_has_one_running_case_also_for_raw_sql(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    names = _columns()
    _refused(
        f"INSERT INTO incentives_listing (number, {names}) SELECT 'LR-2', {names}"  # noqa: S608
        " FROM incentives_listing WHERE id = %s",
        listing.pk, says="one_running_case",
    )  # fmt: skip
