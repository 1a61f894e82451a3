"""数据库拒绝: each rule of docs/measures.md by raw SQL as the application's role, whatever the program thinks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.law import clock
from incentives.models import Listing, MeasureTask
from incentives.workflows import deciding
from tests import make_measures
from tests.cast import Cast
from tests.days import YESTERDAY, dated
from tests.make_measures import task


@pytest.fixture
def row(cast: Cast) -> MeasureTask:
    return task(make_measures.arrears(cast), "m-wage-funds", "human-resources")


def _update(row: MeasureTask, says: str, **facts: Any) -> None:
    sets = ", ".join(f"{name} = %s" for name in facts)
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE incentives_measuretask SET {sets} WHERE id = %s",  # noqa: S608
            [*map(dated, facts.values()), row.pk],
        )


def _done(cast: Cast) -> dict[str, Any]:
    return {
        "status": "applied", "applied_on": clock.today(), "document_number": "x", "reported_on": clock.today(),
        "reported_by_id": cast.wage_clerk.pk,
    }  # fmt: skip


@pytest.mark.parametrize("missing", ["applied_on", "document_number", "reported_on", "reported_by_id"])
def test_what_is_applied_has_its_day_number_and_reporter(cast: Cast, row: MeasureTask, missing: str) -> None:
    facts = {name: value for name, value in _done(cast).items() if name != missing}
    _update(row, "what_is_applied_has_day_number_and_reporter|nothing_is_reported|已经终止", **facts)


def test_a_may_has_its_reason(cast: Cast, row: MeasureTask) -> None:
    may = task(row.record, "m-key-supervision", "human-resources")
    _update(may, "a_may_has_its_reason_each_time", **_done(cast))
    _update(
        may, "not_applying_says_why", status="not-applied", reported_on=clock.today(), reported_by_id=cast.wage_clerk.pk
    )


def test_nothing_before_the_records_effect_and_nothing_before_it_is_done(cast: Cast, row: MeasureTask) -> None:
    _update(row, "nothing_is_applied_before", **_done(cast) | {"applied_on": YESTERDAY})
    _update(row, "nothing_is_reported_before", **_done(cast) | {"applied_on": clock.today() + timedelta(days=1)})


def test_a_limit_is_never_given_and_an_unknown_status_is_none(cast: Cast, row: MeasureTask) -> None:
    _update(row, "rewards_are_given_and_limits", status="declined", done_on=clock.today(), reported_on=clock.today(),
            reported_by_id=cast.wage_clerk.pk)  # fmt: skip
    _update(row, "不能从 open 到 lost", status="lost")
    _update(row, "不能从 open 到 lifted", status="lifted")


def test_lifted_only_after_applied_and_only_when_it_says_why(cast: Cast, row: MeasureTask) -> None:
    row = make_measures.applied(row, cast.wage_clerk)
    who = {"lifted_by_id": cast.wage_clerk.pk}
    call = {"lift_from": clock.today(), "lift_due_on": clock.today(), "lift_why": "own"}
    _update(row, "lifted_after_applied", status="lifted", lifted_on=YESTERDAY, **who, **call)
    _update(row, "lifted_after_applied", status="lifted", **call)
    _update(row, "what_is_to_be_lifted_says_why", status="to-lift")
    _update(row, "what_is_to_be_lifted_says_why", status="to-lift", **call | {"lift_due_on": YESTERDAY})


def test_a_fact_once_written_stays(cast: Cast, row: MeasureTask) -> None:
    row = make_measures.applied(row, cast.wage_clerk)
    for facts in ({"applied_on": YESTERDAY}, {"document_number": "y"}, {"force": "may"}, {"measure": "m-awards"}):
        _update(row, "不能改写", **facts)
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM incentives_measuretask WHERE id = %s", [row.pk])


def test_nothing_is_applied_after_the_records_end(cast: Cast, row: MeasureTask) -> None:
    listing = Listing.objects.get(record=row.record)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="哈里撤〔2026〕1号")
    _update(row, "记录已经终止，不能再据以实施", **_done(cast))


def test_a_task_comes_only_of_a_record_in_effect_once_per_measure_and_body(cast: Cast, row: MeasureTask) -> None:
    names = ", ".join(
        str(one.column) for one in MeasureTask._meta.concrete_fields if one.column not in {"id", "number"}
    )
    again = f"INSERT INTO incentives_measuretask (number, {names}) SELECT 'CS-x', {names} FROM incentives_measuretask"  # noqa: S608
    with pytest.raises(IntegrityError, match="one_task_per"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{again} WHERE id = %s", [row.pk])
    listing = Listing.objects.get(record=row.record)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="哈里撤〔2026〕1号")
    with pytest.raises(IntegrityError, match="只能随在效的记录"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{again} WHERE id = %s", [row.pk])


def _copied(row: MeasureTask, says: str, **changed: Any) -> None:
    """Another task like this one, put in by hand with something changed."""
    names = ", ".join(
        str(one.column) for one in MeasureTask._meta.concrete_fields if one.column not in {"id", "number", *changed}
    )
    sql = (
        f"INSERT INTO incentives_measuretask (number, {', '.join(changed)}, {names})"  # noqa: S608
        f" SELECT 'CS-y', {', '.join(['%s'] * len(changed))}, {names} FROM incentives_measuretask WHERE id = %s"
    )
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [*changed.values(), row.pk])


def test_a_task_without_an_article_is_none(cast: Cast, row: MeasureTask) -> None:
    _copied(row, "a_measure_rests_on_an_article", measure="m-none", citation="")


def test_only_a_law_lets_a_task_outlive_its_record(cast: Cast, row: MeasureTask) -> None:
    _copied(row, "only_a_law_outlives_a_record", measure="m-none", outlives=True, outlives_citation="")
    _copied(row, "only_a_law_outlives_a_record", measure="m-none", outlives=False, outlives_citation="某条")


def test_a_reward_is_given_on_a_day_by_somebody_and_not_before_the_honour(cast: Cast) -> None:
    record = make_measures.honour()
    make_measures.pull()
    reward = MeasureTask.objects.filter(record=record, sign="reward").first()
    assert reward is not None
    _update(reward, "a_reward_has_its_day_and_reporter", status="declined")
    early = {
        "done_on": YESTERDAY - timedelta(days=30),
        "reported_on": clock.today(),
        "reported_by_id": cast.wage_clerk.pk,
    }
    _update(reward, "nothing_is_given_before_the_record_has_effect", status="declined", **early)
