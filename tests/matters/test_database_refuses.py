"""数据库拒绝: no sharing in force without agreement, assessment and three people, none reopened, no fact rewritten."""

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import Department
from daoli_credit.law import clock
from incentives.models import Sharing
from incentives.workflows import matter_case, sharing
from tests import make_matters
from tests.cast import Cast


def _refused(sql: str, *values: int | str | list[str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


IN_FORCE = """
    UPDATE incentives_sharing SET status = 'active', active_from = answered_on, active_until = answered_on + 30,
      decided_on = answered_on, decided_by_id = %s, assessment_id = (SELECT max(id) FROM accounts_impactassessment)
    WHERE id = %s
"""


def test_nothing_is_in_force_that_was_not_agreed_assessed_and_decided_by_a_third(cast: Cast) -> None:
    row = make_matters.asked(cast)
    make_matters.assess("food-permit")  # of another matter
    _refused("UPDATE incentives_sharing SET status = 'active' WHERE id = %s", row.pk)
    _refused(IN_FORCE, cast.supervisor.pk, row.pk)

    sharing.agree(sharing_id=row.pk, items=row.items, fields=row.fields, actor=make_matters.person("jiangbo"))

    _refused(IN_FORCE, cast.supervisor.pk, row.pk)  # assessed, but for another matter
    make_matters.assess(make_matters.FUND)
    _refused(IN_FORCE, cast.wage_clerk.pk, row.pk)
    _refused(IN_FORCE, make_matters.person("jiangbo").pk, row.pk)
    _refused(IN_FORCE.replace("+ 30", "+ 3000"), cast.supervisor.pk, row.pk)
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [cast.supervisor.pk, row.pk])  # and so it goes


def test_what_is_over_is_not_reopened_and_nothing_is_deleted(cast: Cast) -> None:
    row = make_matters.active(cast)
    _refused("DELETE FROM incentives_sharing WHERE id = %s", row.pk)
    sharing.stop(sharing_id=row.pk, opinion="名册整理，暂停提供", actor=make_matters.person("jiangbo"))

    _refused("UPDATE incentives_sharing SET status = 'active', over_on = NULL, over_why = '' WHERE id = %s", row.pk)
    _refused("UPDATE incentives_sharing SET status = 'asked' WHERE id = %s", row.pk)


@pytest.mark.parametrize(
    "what",
    [
        "items = '{list-wage}'",
        "agreed_items = agreed_items || '{list-tax}'",
        "agreed_fields = '{penalty_kinds}'",
        "active_until = active_until + 1",
        "matter = 'gov-fund'",
        "purpose = '别的'",
        "over_on = active_from",
        "refusal = 'barred'",
    ],
)
def test_a_fact_of_a_sharing_is_not_rewritten(cast: Cast, what: str) -> None:
    row = make_matters.active(cast)
    _refused(f"UPDATE incentives_sharing SET {what} WHERE id = %s", row.pk)  # noqa: S608


def test_one_application_and_one_sharing_at_a_time_between_two_in_a_matter(cast: Cast) -> None:
    first = make_matters.active(cast)
    second = make_matters.agreed(cast)
    third = sharing.activate(sharing_id=second.pk, until=second.wanted_until, actor=cast.supervisor)

    first.refresh_from_db()
    assert (first.status, first.over_why) == ("ended", f"由 {third.number} 接替")
    assert list(Sharing.objects.active(clock.today())) == [third]


def test_a_sharing_begins_with_an_application_for_items_of_the_catalogue(cast: Cast) -> None:
    row = make_matters.asked(cast)
    copied = "status, revision, matter, department_id, office_id, fields, duty, purpose, wanted_until, asked_by_id"
    more = "asked_on, agreed_items, agreed_fields, refusal, over_why"
    insert = f"""
        INSERT INTO incentives_sharing ({copied}, {more}, number, provider_id, items)
        SELECT {copied}, {more}, 'GX2026-999999', %s, %s FROM incentives_sharing WHERE id = {row.pk}
    """  # noqa: S608
    civility = Department.objects.get(code="civility").pk
    _refused(insert, civility, ["no-such-item"])
    _refused(insert, row.department_id, ["honour-volunteer"])
    _refused(insert, row.provider_id, ["honour-volunteer"])
    _refused(insert.replace("SELECT status", "SELECT 'agreed'"), civility, ["honour-volunteer"])


def test_a_case_is_neither_reopened_nor_renumbered_nor_deleted(cast: Cast) -> None:
    row = make_matters.case(cast)
    _refused("UPDATE incentives_mattercase SET case_number = '别的号' WHERE id = %s", row.pk)
    _refused("UPDATE incentives_mattercase SET status = 'closed' WHERE id = %s", row.pk)
    _refused("DELETE FROM incentives_mattercase WHERE id = %s", row.pk)
    matter_case.close(case_id=row.pk, actor=cast.clerk, closed_on=clock.today())

    _refused("UPDATE incentives_mattercase SET status = 'open', closed_on = NULL WHERE id = %s", row.pk)
