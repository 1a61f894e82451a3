"""申请、撤回、补正: the person's own acts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records.models import Repair
from records.rules import repair_clocks
from records.workflows import repair as acts
from tests import make, make_repairs
from tests.cast import Cast


def _letters(cast: Cast) -> list[str]:
    return [one.title for one in messages.of(cast.citizen)]


def test_an_application_waits_for_acceptance_with_its_clock_and_a_letter(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    running = repair_clocks.running(repair)
    assert (repair.status, repair.number[:2]) == ("applied", "XF")
    assert running is not None
    assert running.on == workdays.due(clock.today(), 3).on
    assert "信用修复" in running.article
    assert _letters(cast)[0] == "已收到信用修复申请"
    assert f"{running.on:%Y}年{running.on.month}月{running.on.day}日" in messages.text(messages.of(cast.citizen)[0])


def test_nobody_applies_before_the_earliest_day_and_everybody_on_it(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.repair_from is not None
    with (
        clock.at(record.repair_from - timedelta(days=1)),
        pytest.raises(RuleBroken, match="还没有到最早可以申请的日期"),
    ):
        make_repairs.applied(cast, record)
    with clock.at(record.repair_from):
        assert make_repairs.applied(cast, record).status == "applied"


def test_a_minor_record_may_be_repaired_from_the_day_the_duties_are_done(cast: Cast) -> None:
    record = make.effective(cast, severity="minor")
    assert make_repairs.applied(cast, record).status == "applied"


@pytest.mark.parametrize(("missing", "said"), [("paid", "款项"), ("corrected", "纠正"), ("promised", "承诺还没有同意")])
def test_what_is_missing_is_said_and_nothing_is_kept(cast: Cast, missing: str, said: str) -> None:
    record = make_repairs.old(cast)
    with pytest.raises(RuleBroken, match=said):
        make_repairs.applied(cast, record, by=cast.citizen, **{missing: False})
    assert not Repair.objects.exists()


def test_another_person_may_not_apply_for_it_nor_may_staff(cast: Cast) -> None:
    record = make_repairs.old(cast)
    for user in (cast.namesake, cast.clerk, cast.supervisor):
        with pytest.raises(PermissionDenied):
            make_repairs.applied(cast, record, by=user)


def test_a_second_click_is_told_as_done_and_leaves_one_application(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    with pytest.raises(AlreadyDone):
        make_repairs.applied(cast, repair.record)
    assert Repair.objects.count() == 1
    assert Event.objects.filter(act="repair.applied").count() == 1


def test_a_statement_with_a_telephone_number_is_refused_whole(cast: Cast) -> None:
    record = make_repairs.old(cast)
    with pytest.raises(OpinionRefused):
        make_repairs.applied(cast, record, statement="请打 13912345678")
    assert not Repair.objects.exists()


def test_a_record_that_has_ended_is_not_repaired(cast: Cast) -> None:
    record = make_repairs.old(cast)
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)), pytest.raises(PermissionDenied):
        make_repairs.applied(cast, record)


def test_withdrawing_has_no_consequence_and_one_may_apply_again(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    assert acts.withdraw(repair_id=repair.pk, actor=cast.citizen).status == "withdrawn"
    assert _letters(cast)[0] == "信用修复申请已撤回"
    assert make_repairs.applied(cast, repair.record).status == "applied"


def test_only_the_person_withdraws_and_supplies(cast: Cast) -> None:
    repair = make_repairs.unmet(cast)
    for user in (cast.namesake, cast.clerk, cast.reviewer):
        with pytest.raises(PermissionDenied):
            acts.withdraw(repair_id=repair.pk, actor=user)
        with pytest.raises(PermissionDenied):
            acts.supply(repair_id=repair.pk, actor=user, statement="已缴清", seen=repair.revision)


def test_supplying_starts_the_clock_anew_and_keeps_what_was_said_before(cast: Cast) -> None:
    record = make_repairs.old(cast)
    repair = make_repairs.applied(cast, record, statement="第一次说明")
    acts.list_unmet(repair_id=repair.pk, actor=cast.clerk, conditions=["unpaid"], detail="请缴清", seen=1)
    assert repair_clocks.running(Repair.objects.get(pk=repair.pk)) is None
    with clock.at(clock.today() + timedelta(days=9)):
        again = acts.supply(repair_id=repair.pk, actor=cast.citizen, statement="已缴清", seen=1)
        running = repair_clocks.running(again)
        assert running is not None
        assert running.on == workdays.due(clock.today(), 3).on
    assert (again.status, again.unmet, again.revision) == ("applied", [], 2)
    assert "第一次说明" in again.statement
    assert "已缴清" in again.statement
    with pytest.raises(Stale):
        acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=1)


def test_supplying_nothing_is_refused(cast: Cast) -> None:
    repair = make_repairs.unmet(cast)
    with pytest.raises(RuleBroken, match="写明您补上了什么"):
        acts.supply(repair_id=repair.pk, actor=cast.citizen, statement=" ", seen=repair.revision)
    with pytest.raises(WrongState):
        acts.supply(repair_id=make_repairs.applied(cast, make_repairs.old(cast, serial=2)).pk, actor=cast.citizen,
                    statement="已缴清", seen=1)  # fmt: skip


def test_the_database_refuses_an_application_without_promise_and_a_second_running_one(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    with pytest.raises(IntegrityError, match="duties_are_done"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_repair SET paid = false WHERE id = %s", [repair.pk])
    with pytest.raises(IntegrityError, match="one_running_repair"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_repair (status, revision, number, record_id, paid, corrected, promise, statement,"
            " credit_china_number, unmet, applied_on, received_on) SELECT 'applied', 1, 'XF1', record_id, true, true,"
            " promise, '', '', '[]', applied_on, received_on FROM records_repair"
        )
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_repair")
