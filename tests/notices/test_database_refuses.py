"""数据库拒绝什么: every rule of a prior notice, by raw SQL as the application role."""

import pytest
from django.db import IntegrityError, connection, transaction

from incentives.models import PreAdverseNotice
from tests import make_notices
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def refused(notice: PreAdverseNotice, change: str, why: str) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE incentives_preadversenotice SET {change} WHERE id = %s", [notice.pk])  # noqa: S608


DECIDED = (
    "status = 'decided', result = 'adverse', decided_on = {day}, decided_by_id = {who}, decision_number = 'x',"
    " decided_why = 'x', response = 'x', decision_message_id = notice_message_id"
)


def decided(cast: Cast, day: str = "notice_served_on", who: int | None = None) -> str:
    return DECIDED.format(day=day, who=who or cast.reviewer.pk)


def test_no_adverse_use_before_the_notice(cast: Cast) -> None:
    notice = make_notices.drafted(cast)
    refused(notice, decided(cast, "drafted_on"), "不能从 drafted 到 decided")
    refused(notice, "status = 'notified'", "a_pre_adverse_notice_has_number_and_day")
    refused(notice, "status = 'answered'", "不能从 drafted 到 answered")


def test_no_adverse_use_before_the_person_was_heard(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    refused(notice, decided(cast), "不能从 notified 到 decided")
    refused(notice, "status = 'answered'", "a_notice_that_was_heard_is_over")
    refused(notice, "status = 'lapsed'", "a_notice_that_was_heard_is_over")
    refused(notice, "transit_checked_on = answer_due_on, transit_checked_by_id = drafted_by_id", "the_post_of_a_notice")
    refused(notice, "answered_on = notice_served_on, that_is_all = true", "whoever_answered_a_notice_has_stated")


def test_no_second_person_no_decision(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    refused(notice, decided(cast, who=cast.clerk.pk), "whoever_drafts_a_notice_does_not_decide")
    refused(notice, decided(cast).replace("response = 'x'", "response = ''"), "an_adverse_use_answers_every_point")
    refused(notice, decided(cast).replace("decided_why = 'x'", "decided_why = ''"), "an_adverse_use_has_decider")
    refused(notice, decided(cast).replace("'adverse'", "'spared'"), "an_adverse_use_has_decider")
    refused(notice, decided(cast, "notice_served_on - 1"), "an_adverse_use_has_decider|has_number_and_day")


def test_nothing_is_decided_by_what_has_ended_or_is_disputed(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_creditrecord SET disputed_on = effective_on WHERE id = %s", [notice.record_id])
    refused(notice, decided(cast), "正在核实异议")


def test_facts_are_written_once_and_nothing_is_deleted(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    for fact in (
        "notice_served_on = notice_served_on - 1",
        "answer_due_on = notice_served_on + 1",
        "proposed = '别的'",
        "drafted_by_id = drafted_by_id + 1",
        "record_id = NULL",
        "outright = true",
        "subject_id = subject_id + 1",
    ):
        refused(notice, fact, "不能改写")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM incentives_preadversenotice")


def test_a_statement_is_never_rewritten(cast: Cast) -> None:
    make_notices.answered(cast)
    for act in (
        "UPDATE incentives_preadversestatement SET posted_on = posted_on - 1",
        "DELETE FROM incentives_preadversestatement",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)


def copied(notice: PreAdverseNotice, **changed: str) -> None:
    """Another row like it, with what the test changes."""
    columns = [str(field.column) for field in PreAdverseNotice._meta.concrete_fields if field.column != "id"]
    values = {**{name: name for name in columns}, "number": "'SG2026-999999'", "status": "'drafted'", **changed}
    names, facts = ", ".join(columns), ", ".join(values[name] for name in columns)
    text = f"INSERT INTO incentives_preadversenotice ({names}) SELECT {facts} FROM incentives_preadversenotice"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{text} WHERE id = %s", [notice.pk])


def test_a_notice_begins_as_a_draft_on_an_answer_of_its_own_check(cast: Cast) -> None:
    notice = make_notices.drafted(cast)
    wrong: list[tuple[dict[str, str], str]] = [
        ({}, "one_running_notice_per_answer"),
        ({"status": "'notified'"}, "只能从拟稿开始"),
        ({"record_id": "NULL"}, "与核查的答复不符"),
        ({"measure": "'m-drug-ban'"}, "与核查的答复不符"),
        ({"force": "'may'", "discretion": "'x'"}, "与核查的答复不符"),
        ({"department_id": str(cast.health.pk)}, "与核查的答复不符"),
    ]
    for changed, why in wrong:
        with pytest.raises(IntegrityError, match=why):
            copied(notice, **changed)


def test_only_a_statutory_must_is_outright(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="only_a_statutory_must_is_outright"):
        copied(make_notices.drafted(cast), outright="true")
