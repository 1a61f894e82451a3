"""数据库也拒绝: by raw SQL as the application's role."""

import pytest
from django.db import DatabaseError, connection, transaction

from daoli_credit.law import clock
from incentives.models import CheckAnswer, Feedback, MatterCase
from incentives.workflows import feeding_back, matter_case
from tests import make_checks
from tests.cast import Cast


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _refused(statement: str, *values: int | str) -> str:
    with pytest.raises(DatabaseError) as why, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(why.value)


def test_a_check_is_neither_changed_nor_deleted(cast: Cast, opened: MatterCase) -> None:
    made = make_checks.ask(cast, opened)
    _refused("UPDATE incentives_check SET matter = 'drug-retail-permit' WHERE id = %s", made.pk)
    _refused("DELETE FROM incentives_check WHERE id = %s", made.pk)


def test_an_answer_is_not_rewritten(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    made = make_checks.ask(cast, opened)
    answer = made.answers.get(due_on__isnull=False)
    assert "不能改写" in _refused("UPDATE incentives_checkanswer SET force = 'may' WHERE id = %s", answer.pk)
    _refused("DELETE FROM incentives_checkanswer WHERE id = %s", answer.pk)


def test_no_check_in_a_closed_case_or_for_another_matter(cast: Cast, opened: MatterCase) -> None:
    made = make_checks.ask(cast, opened)
    copy = (
        "INSERT INTO incentives_check (number, case_id, department_id, matter, person_key, number_tail, application,"
        " look, made_by_id, request_id, made_on, made_at, edition)"
        " SELECT 'HC-x', case_id, {department}, {matter}, person_key, number_tail, application, look + 1, made_by_id,"
        " '', made_on, made_at, edition FROM incentives_check WHERE id = %s"
    )
    assert "不符" in _refused(copy.format(department="department_id", matter="'other'"), made.pk)
    assert "不符" in _refused(copy.format(department=str(cast.health.pk), matter="matter"), made.pk)
    matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())
    assert "不在办" in _refused(copy.format(department="department_id", matter="matter"), made.pk)


def test_no_feedback_on_what_was_not_found_and_none_taken_back(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast, severity="minor")
    made = make_checks.ask(cast, opened)
    answer, offer = made.answers.get(due_on__isnull=False), made.answers.filter(due_on__isnull=True).first()
    assert offer is not None
    insert = (
        "INSERT INTO incentives_feedback (answer_id, force, outcome, reason, given_by_id, given_on)"
        " VALUES (%s, %s, 'applied', %s, %s, current_date)"
    )
    assert "只对查到的" in _refused(insert, offer.pk, offer.force, "x", cast.clerk.pk)
    feeding_back.give(check_id=made.pk, decided={answer.pk: feeding_back.Decided("applied")}, actor=cast.clerk)
    _refused("UPDATE incentives_feedback SET outcome = 'not-applied', reason = 'x' WHERE answer_id = %s", answer.pk)
    _refused("DELETE FROM incentives_feedback WHERE answer_id = %s", answer.pk)
    assert Feedback.objects.count() == 1
    assert CheckAnswer.objects.filter(feedback__isnull=False).count() == 1


def test_a_large_set_without_a_second_person_is_never_done(cast: Cast, opened: MatterCase) -> None:
    said = _refused(
        "INSERT INTO incentives_checkset (status, revision, number, token, case_id, department_id, matter, file_name,"
        " asked_by_id, request_id, asked_at, rows, most, failure, problems, refusal, applications)"
        " VALUES ('done', 1, 'HP-x', gen_random_uuid(), %s, %s, %s, 'x', %s, '', now(), 51, 50, '', '[]', '', '[]')",
        opened.pk, cast.market.pk, opened.matter, cast.clerk.pk,
    )  # fmt: skip
    assert "a_large_check_set_has_a_second_person" in said
