"""报送、退回、复核通过."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records import selectors
from records.models import CreditRecord
from records.workflows import opening
from records.workflows import record as acts
from tests import make
from tests.cast import Cast


def test_an_approved_record_takes_effect_today_with_its_first_revision(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.status == "effective"
    assert record.effective_on == clock.today()
    assert [(one.number, one.kind) for one in record.revisions.all()] == [(1, "effective")]


def test_the_two_documents_reach_the_person_together(cast: Cast) -> None:
    record = make.effective(cast)
    told = list(messages.of(cast.citizen))
    assert {one.title for one in told} == {"信用信息记入告知书", "信用修复告知书"}
    texts = " ".join(messages.text(one) for one in told)
    assert record.document_number in texts
    assert f"{record.repair_from:%Y}年" in texts
    assert not messages.of(cast.namesake).exists()


def test_nobody_reviews_what_they_entered_or_reported(cast: Cast) -> None:
    record = make.submitted(cast, by=cast.both)
    with pytest.raises(RuleBroken, match="另一人"):
        acts.approve(record_id=record.pk, actor=cast.both, opinion="", seen=record.revision)
    assert CreditRecord.objects.get(pk=record.pk).status == "submitted"


def test_the_database_refuses_a_reviewer_who_is_the_submitter(cast: Cast) -> None:
    record = make.submitted(cast)
    opening.note([record], cast.clerk)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_creditrecord SET reviewed_by_id = submitted_by_id WHERE id = %s", [record.pk])


def test_a_clerk_may_not_approve(cast: Cast) -> None:
    record = make.submitted(cast)
    with pytest.raises(PermissionDenied):
        acts.approve(record_id=record.pk, actor=cast.clerk, opinion="", seen=record.revision)


def test_a_reviewer_of_another_department_may_not_approve(cast: Cast) -> None:
    record = make.submitted(cast)
    with pytest.raises(PermissionDenied):
        acts.approve(record_id=record.pk, actor=cast.other_reviewer, opinion="", seen=record.revision)


def test_an_approval_goes_stale_when_the_content_changes(cast: Cast) -> None:
    record = make.submitted(cast)
    seen = record.revision
    acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请补罚款金额", seen=seen)
    changed = make.checked(make.raw_penalty(department=cast.market, fine="0.3"))
    acts.revise(record_id=record.pk, checked=changed, actor=cast.clerk, seen=seen)
    acts.submit(record_id=record.pk, actor=cast.clerk, seen=seen + 1)
    with pytest.raises(Stale, match="内容已变更"):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=seen)


def test_a_return_needs_its_reason(cast: Cast) -> None:
    record = make.submitted(cast)
    with pytest.raises(RuleBroken, match="写明意见"):
        acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="  ", seen=record.revision)


def test_what_came_back_stands_on_top_of_the_queue(cast: Cast) -> None:
    first = make.submitted(cast, serial=1)
    again = make.submitted(cast, serial=2)
    acts.send_back(record_id=again.pk, actor=cast.reviewer, opinion="请核对", seen=again.revision)
    acts.submit(record_id=again.pk, actor=cast.clerk, seen=again.revision)
    assert [row.pk for row in selectors.waiting_for_review(cast.reviewer)] == [again.pk, first.pk]


def test_a_double_click_is_told_as_done_and_leaves_one_event(cast: Cast) -> None:
    record = make.effective(cast)
    with pytest.raises(AlreadyDone):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    assert Event.objects.filter(act="record.approved", object_id=str(record.pk)).count() == 1
    assert record.revisions.count() == 1


def test_a_second_reviewer_hears_that_the_state_has_changed(cast: Cast) -> None:
    record = make.effective(cast)
    other = make.draft(cast, serial=9)
    with pytest.raises(WrongState):
        acts.approve(record_id=other.pk, actor=cast.reviewer, opinion="", seen=other.revision)
    with pytest.raises(WrongState):
        acts.approve(record_id=record.pk, actor=cast.both, opinion="", seen=record.revision)


def test_a_record_whose_use_has_ended_is_not_approved(cast: Cast) -> None:
    record = make.submitted(cast, severity="minor")
    opening.note([record], cast.reviewer)
    with clock.at(clock.today() + timedelta(days=120)), pytest.raises(RuleBroken, match="届满"):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)


def test_the_facts_of_an_effective_record_cannot_be_rewritten(cast: Cast) -> None:
    record = make.effective(cast)
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        CreditRecord.objects.filter(pk=record.pk).update(document_number="别的文号")
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_creditrecord WHERE id = %s", [record.pk])


def test_nothing_is_half_done_when_an_opinion_names_a_number(cast: Cast) -> None:
    record = make.submitted(cast)
    with pytest.raises(ValueError, match="证件号码"):
        acts.send_back(
            record_id=record.pk, actor=cast.reviewer, opinion="号码应为999999198803120028", seen=record.revision
        )
    assert CreditRecord.objects.get(pk=record.pk).status == "submitted"
