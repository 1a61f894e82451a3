"""一次写完: status and facts of a step go into a record in one update, of a set as of a single one."""

import pytest
from django.db import connection

from daoli_credit.law import clock
from daoli_credit.workflow_sets import taking_many
from records.models import CreditRecord
from records.workflows import many
from records.workflows import record as acts
from records.workflows.record import STEPS
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, browser


def _rewritten() -> int:
    """Rows of the register that this transaction has written again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'records_creditrecord'")
        return int(cursor.fetchone()[0])


def test_a_set_is_written_once(cast: Cast) -> None:
    batch = sheets.committed(cast)
    assert browser(cast.reviewer).get(f"/desk/imports/{batch.number}/review/").status_code == 200
    before = _rewritten()
    many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer)
    assert _rewritten() - before == 3


def test_a_single_record_is_written_once(cast: Cast) -> None:
    record = make.submitted(cast)
    make.opened(record, cast.reviewer)
    before = _rewritten()
    acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    assert _rewritten() - before == 1
    record.refresh_from_db()
    assert (record.status, record.reviewed_by, record.effective_on) == ("effective", cast.reviewer, clock.today())


@pytest.mark.parametrize("name", ["status", "revision", "department", "department_id"])
def test_no_set_is_given_a_status_a_version_or_a_department_beside_its_step(cast: Cast, name: str) -> None:
    place, rows = (cast.market.pk, cast.market.code), CreditRecord.objects.none()
    with (
        pytest.raises(TypeError),
        taking_many(STEPS["approve"], rows, department=place, actor=cast.reviewer, facts={name: 1}),
    ):
        pytest.fail("不应办到这里")


def test_what_the_database_refuses_of_one_is_refused_of_the_set(cast: Cast) -> None:
    batch = sheets.committed(cast)
    found = CreditRecord.objects.filter(row__batch=batch)
    with (
        pytest.raises(Exception, match="没有打开过"),
        taking_many(
            STEPS["approve"],
            found,
            department=batch.in_department,
            actor=cast.reviewer,
            facts={"reviewed_by": cast.reviewer, "effective_on": clock.today()},
        ),
    ):
        pass
