"""成批生成: a set that comes into being in a step's status is all there, of one department, with one event."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.audit.merkle import root_of_values
from daoli_credit.audit.models import Event
from daoli_credit.workflow import RuleBroken, WrongState
from daoli_credit.workflow_sets import making_many
from records.models import CreditRecord
from records.workflows import importing
from records.workflows.record import STEPS
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast


def test_rows_that_did_not_come_or_stand_otherwise_undo_the_set(cast: Cast) -> None:
    draft = make.draft(cast)
    there = make.submitted(cast, serial=2)
    place = (cast.market.pk, cast.market.code)
    for ids in ([draft.pk], [there.pk, there.pk + 1000], [draft.pk, there.pk]):
        with (
            pytest.raises(WrongState, match="没有全部生成"),
            making_many(STEPS["submit"], CreditRecord, ids, department=place, actor=cast.clerk, about="PC"),
        ):
            pass
    elsewhere = (cast.health.pk, cast.health.code)
    with (
        pytest.raises(WrongState),
        making_many(
            STEPS["submit"], CreditRecord, [there.pk], department=elsewhere, actor=cast.other_clerk, about="PC"
        ),
    ):
        pass
    assert not Event.objects.filter(object_id="PC").exists()


def test_only_who_has_the_duty_of_the_step_makes_a_set(cast: Cast) -> None:
    place = (cast.market.pk, cast.market.code)
    for user in (cast.reviewer, cast.other_clerk, cast.supervisor, cast.citizen):
        with (
            pytest.raises(PermissionDenied),
            making_many(STEPS["submit"], CreditRecord, [1], department=place, actor=user, about="PC"),
        ):
            pytest.fail("没有职责的人不应办成")


def test_the_records_of_a_sheet_are_written_once_and_say_which_row_they_come_from(cast: Cast) -> None:
    written = _written()
    batch = sheets.committed(cast, rows=3)
    records = list(CreditRecord.objects.order_by("pk"))
    assert [(one.row.line, one.row.batch_id) for one in records if one.row] == [(line, batch.pk) for line in (2, 3, 4)]
    event = Event.objects.get(act="record.submitted", object_id=batch.number)
    assert (event.from_status, event.to_status, event.count) == ("", "submitted", 3)
    assert bytes(event.root or b"") == root_of_values(one.pk for one in records)
    assert [after - before for before, after in zip(written, _written(), strict=True)] == [3, 0]


def _written() -> tuple[int, int]:
    """Records inserted and rewritten in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_ins, n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'records_creditrecord'"
        )
        inserted, rewritten = cursor.fetchone()
    return inserted, rewritten


def test_of_a_sheet_with_nothing_good_nothing_comes(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1, name="")]))
    with pytest.raises(RuleBroken, match="没有可以入库的行"):
        importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)


def test_whether_all_came_is_asked_without_a_join_that_might_walk_the_list_for_each(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        sheets.committed(cast, rows=3)
    counts = [one["sql"] for one in asked if "COUNT(*)" in one["sql"] and "= ANY(" in one["sql"]]
    assert len(counts) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {counts[0]}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert not {"Join", "Nested Loop", "SubPlan"} & set(re.findall(r"Join|Nested Loop|SubPlan", plan)), plan
