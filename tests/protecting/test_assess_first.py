"""影响评估: by two people, for three years at most, and nothing that rests on one opens or goes on without it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import assessing, assessments, entrusting
from daoli_credit.accounts.models import ImpactAssessment
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from incentives.models import Listing
from incentives.workflows import proposing
from tests import make_assessments, make_listing, make_protecting
from tests.cast import Cast, identity


def _sql(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_it_is_in_force_only_after_another_has_agreed(cast: Cast) -> None:
    row = make_protecting.drafted(cast)
    assert assessments.refusal(Subject.FEED, "hrb", "市平台", on=clock.today())
    assessing.submit(assessment_id=row.pk, actor=cast.operator)
    assert assessments.in_force(Subject.FEED, "hrb", on=clock.today()) is None
    assessing.approve(assessment_id=row.pk, actor=cast.supervisor)
    assert assessments.in_force(Subject.FEED, "hrb", on=clock.today()) == ImpactAssessment.objects.get(pk=row.pk)
    assert assessments.in_force(Subject.FEED, "hrb", on=row.valid_until + timedelta(days=1)) is None
    assert assessments.in_force(Subject.LIST_TYPE, "hrb", on=clock.today()) is None


def test_whoever_wrote_it_does_not_agree_to_it(cast: Cast) -> None:
    row = make_protecting.submitted(cast)
    with pytest.raises(PermissionDenied):
        assessing.approve(assessment_id=row.pk, actor=cast.operator)
    both = make_protecting.second_drafter()
    mine = assessing.draft(
        body=make_protecting.office(), kind=Subject.FEED, code="hlj", title="省平台",
        what=make_protecting.content(), actor=both,
    )  # fmt: skip
    assessing.submit(assessment_id=mine.pk, actor=both)
    with pytest.raises(RuleBroken, match="请由另一人审定"):
        assessing.approve(assessment_id=mine.pk, actor=both)
    _sql(
        "UPDATE accounts_impactassessment SET status = 'approved', approved_by_id = %s, approved_on = %s WHERE id = %s",
        both.pk, clock.today(), mine.pk, says="four_eyes_on_an_assessment",
    )  # fmt: skip


def test_nobody_else_drafts_or_agrees(cast: Cast) -> None:
    waiting = make_protecting.submitted(cast)
    for user in (cast.clerk, cast.feed_operator, cast.audit_officer, cast.citizen, cast.counter):
        with pytest.raises(PermissionDenied):
            make_protecting.drafted(Cast(**{**vars(cast), "operator": user}), code="hlj")
        with pytest.raises(PermissionDenied):
            assessing.approve(assessment_id=waiting.pk, actor=user)


def test_its_content_is_whole_names_nobody_and_ends(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="每一项都要写明"):
        make_protecting.drafted(cast, effect="  ")
    with pytest.raises(OpinionRefused):
        make_protecting.drafted(cast, effect="甲" * 480 + identity("linxiuyun").id_number)
    for wrong in (clock.today(), clock.today() + timedelta(days=1200)):
        with pytest.raises(RuleBroken, match="最长三年"):
            make_protecting.drafted(cast, valid_until=wrong)


def test_a_double_click_is_a_success_and_a_stale_page_is_not(cast: Cast) -> None:
    row = make_protecting.drafted(cast)
    assessing.revise(assessment_id=row.pk, what=make_protecting.content(conclusion="可以"), actor=cast.operator, seen=1)
    with pytest.raises(Stale):
        assessing.submit(assessment_id=row.pk, actor=cast.operator, seen=1)
    assessing.submit(assessment_id=row.pk, actor=cast.operator, seen=2)
    with pytest.raises(AlreadyDone):
        assessing.submit(assessment_id=row.pk, actor=cast.operator, seen=2)
    with pytest.raises(WrongState):
        assessing.revise(assessment_id=row.pk, what=make_protecting.content(), actor=cast.operator)


def test_a_new_one_ends_the_one_before(cast: Cast) -> None:
    old = make_protecting.approved(cast)
    new = make_protecting.approved(cast)
    old.refresh_from_db()
    assert (old.status, old.ended_on, new.status) == ("ended", clock.today(), "approved")


def test_the_database_keeps_what_was_agreed(cast: Cast) -> None:
    row = make_protecting.approved(cast)
    table = "accounts_impactassessment"
    _sql(f"UPDATE {table} SET measures = '没有' WHERE id = %s", row.pk, says="不能改写")  # noqa: S608
    _sql(f"UPDATE {table} SET valid_until = valid_until + 900 WHERE id = %s", row.pk, says="不能改写")  # noqa: S608
    _sql(f"UPDATE {table} SET status = 'draft' WHERE id = %s", row.pk, says="不能从 approved")  # noqa: S608
    _sql(f"UPDATE {table} SET code = 'hlj' WHERE id = %s", row.pk, says="不能改写")  # noqa: S608
    _sql(f"DELETE FROM {table} WHERE id = %s", row.pk, says="至少保存三年")  # noqa: S608
    columns = ", ".join(
        str(f.column) for f in ImpactAssessment._meta.concrete_fields if f.column not in {"id", "number"}
    )
    copy = f"INSERT INTO {table} (number, {columns}) SELECT 'x', {columns} FROM {table} WHERE id = %s"  # noqa: S608
    _sql(copy, row.pk, says="只能从草稿开始")


def test_a_list_type_without_one_lists_nobody(cast: Cast) -> None:
    def propose() -> Listing:
        return proposing.propose(
            department=cast.wages, list_type="wage-arrears", who=identity("linxiuyun"), grounds=make_listing.GROUNDS,
            actor=cast.wage_clerk,
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="没有在效的个人信息保护影响评估"):
        propose()
    make_assessments.list_type()
    case = propose()
    agreed = assessments.in_force(Subject.LIST_TYPE, "wage-arrears", on=clock.today())
    assert agreed is not None
    assessing.end(assessment_id=agreed.pk, actor=cast.supervisor, opinion="目的变了")
    with pytest.raises(RuleBroken, match="没有在效的个人信息保护影响评估"):
        proposing.notify(listing_id=case.pk, actor=cast.wage_clerk, document="哈里人社告〔2026〕1号")
    _sql(
        "UPDATE incentives_listing SET status = 'notified', notice_number = '告1', noticed_on = %s WHERE id = %s",
        clock.today(), case.pk, says="没有在效的个人信息保护影响评估",
    )  # fmt: skip


def test_a_contractor_without_one_is_given_nothing(cast: Cast) -> None:
    row = make_protecting.contractor(cast)
    with pytest.raises(RuleBroken, match="没有在效的个人信息保护影响评估"):
        entrusting.activate(contractor_id=row.pk, actor=cast.supervisor)
    other = make_protecting.approved(cast)
    _sql(
        "UPDATE accounts_contractor SET status = 'active', assessment_id = %s, activated_by_id = %s, activated_on = %s"
        " WHERE id = %s",
        other.pk, cast.supervisor.pk, clock.today(), row.pk, says="没有在效影响评估的受托人",
    )  # fmt: skip
    agreed = make_protecting.approved(cast, kind=Subject.CONTRACTOR, code=row.code)
    active = entrusting.activate(contractor_id=row.pk, actor=cast.supervisor)
    assert (active.status, active.assessment_id) == ("active", agreed.pk)
    with pytest.raises(RuleBroken, match="写明意见"):
        entrusting.end(contractor_id=row.pk, actor=cast.supervisor, opinion=" ")
    entrusting.end(contractor_id=row.pk, actor=cast.supervisor, opinion="已返还并核对")
