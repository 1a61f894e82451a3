"""受理、告知条件未满足、同意修复、办结: the determining body's acts, and the record's end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages, roles
from daoli_credit.audit.models import Event
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState, taking
from records import tasks
from records.models import CreditRecord, Repair
from records.models.repair import S
from records.rules import repair_clocks
from records.workflows import holding, repair_asking
from records.workflows import repair as acts
from tests import make_repairs
from tests.cast import Cast


def _last_letter(cast: Cast) -> tuple[str, str]:
    letter = messages.of(cast.citizen)[0]
    return letter.title, messages.text(letter)


def _held(record: CreditRecord, *recipients: str) -> None:
    for code in recipients:
        holding.taken(record_id=record.pk, recipient=code, title=f"{code}平台", revision=1)


def test_acceptance_starts_the_clock_of_seven_working_days(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    running = repair_clocks.running(repair)
    assert (repair.status, repair.handled_by) == ("accepted", cast.clerk)
    assert running is not None
    assert running.on == workdays.due(clock.today(), 7).on
    assert not running.overdue(running.on)
    assert running.overdue(running.on + timedelta(days=1))
    assert _last_letter(cast)[0] == "信用修复申请已受理"


def test_unmet_conditions_are_listed_with_what_to_do_and_reach_the_person(cast: Cast) -> None:
    repair = make_repairs.unmet(cast)
    title, text = _last_letter(cast)
    assert repair.unmet == ["罚款、没收款等款项没有缴清", "请到银行缴清并等到账"]
    assert title == "信用修复条件未满足告知"
    assert "请到银行缴清并等到账" in text
    assert "这不是不同意" in text


@pytest.mark.parametrize(("conditions", "detail"), [([], "请补"), (["we-do-not-want"], "请补"), (["unpaid"], " ")])
def test_there_is_no_unmet_without_a_condition_of_the_law_and_what_to_do(
    cast: Cast, conditions: list[str], detail: str
) -> None:
    repair = make_repairs.applied(cast)
    with pytest.raises(RuleBroken):
        acts.list_unmet(repair_id=repair.pk, actor=cast.clerk, conditions=conditions, detail=detail, seen=1)
    assert Repair.objects.get(pk=repair.pk).status == "applied"


def test_the_decider_who_finds_a_condition_unmet_lists_it_too(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    with pytest.raises(PermissionDenied):
        acts.list_unmet(repair_id=repair.pk, actor=cast.clerk, conditions=["duty"], detail="请补", seen=1)
    found = acts.list_unmet(repair_id=repair.pk, actor=cast.reviewer, conditions=["duty"], detail="请补", seen=1)
    assert found.status == "unmet"
    assert Event.objects.filter(act="repair.found-unmet").count() == 1


def test_deciding_ends_the_record_in_the_same_act(cast: Cast) -> None:
    before = make_repairs.old(cast)
    repair = make_repairs.decided(cast, before)
    record = CreditRecord.objects.get(pk=before.pk)
    today = clock.today()
    assert (repair.decided_by, repair.decided_on) == (cast.reviewer, today)
    assert (record.status, record.end_kind, record.ended_on, record.use_until) == ("ended", "repaired", today, today)
    assert [one.kind for one in record.revisions.all()] == ["effective", "ended"]
    assert before.keep_until is not None
    assert record.keep_until is not None
    assert record.keep_until < before.keep_until
    assert record.keep_until.year == today.year + 2
    assert "封存" in record.reasons["keep_until"]
    assert Event.objects.filter(act="record.repaired", object_id=str(record.pk)).count() == 1


def test_the_letter_says_what_ended_who_holds_it_and_until_when(cast: Cast) -> None:
    record = make_repairs.old(cast)
    _held(record, "city", "province")
    make_repairs.decided(cast, record)
    title, text = _last_letter(cast)
    due = workdays.due(clock.today(), 3).on
    assert title == "同意信用修复告知"
    assert record.document_number in text
    assert "city平台、province平台" in text
    assert f"{due.year}年{due.month}月{due.day}日" in text
    assert "依法继续的限制\n    没有。" in text


def test_a_statutory_ban_is_named_as_staying(cast: Cast) -> None:
    record = make_repairs.old(cast, penalty_kinds="罚款；吊销许可证件")
    make_repairs.decided(cast, record)
    text = "".join(messages.text(one) for one in messages.of(cast.citizen) if one.title == "同意信用修复告知")
    assert "五年内不得申请食品生产经营许可" in text
    assert "修复不解除它" in text


def test_the_handler_does_not_decide_even_with_both_duties(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    acts.accept(repair_id=repair.pk, actor=cast.both, seen=1)
    with pytest.raises(RuleBroken, match="另一人"):
        acts.decide(repair_id=repair.pk, actor=cast.both, seen=1)
    assert Repair.objects.get(pk=repair.pk).status == "accepted"
    assert CreditRecord.objects.get(pk=repair.record_id).status == "effective"


def test_the_database_refuses_a_decider_who_handled_it(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    with pytest.raises(IntegrityError, match="four_eyes_on_a_repair"), transaction.atomic():
        Repair.objects.filter(pk=repair.pk).update(decided_by=cast.clerk)


def test_the_database_refuses_a_repaired_record_without_a_decision(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    with pytest.raises(IntegrityError, match="没有修复决定"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_creditrecord SET status = 'ended', ended_on = effective_on, end_kind = 'repaired'"
            " WHERE id = %s",
            [repair.record_id],
        )


def test_a_decision_stays_as_decided(cast: Cast) -> None:
    repair = make_repairs.decided(cast)
    roles.grant(cast.other_reviewer, cast.market, "reviewer")
    for change in ({"decided_by": cast.other_reviewer}, {"decided_on": clock.today() - timedelta(days=1)}):
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            Repair.objects.filter(pk=repair.pk).update(**change)
    with (
        pytest.raises(IntegrityError, match="不能恢复"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE records_repair SET status = 'applied' WHERE id = %s", [repair.pk])


def test_nothing_is_half_done_when_the_ending_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    repair = make_repairs.accepted(cast)
    monkeypatch.setattr(acts, "tell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=1)
    assert Repair.objects.get(pk=repair.pk).status == "accepted"
    assert CreditRecord.objects.get(pk=repair.record_id).status == "effective"


def test_a_repair_of_what_nobody_holds_closes_at_once(cast: Cast) -> None:
    repair = make_repairs.decided(cast)
    assert (repair.status, repair.over_on) == ("closed", clock.today())
    assert _last_letter(cast)[0] == "信用修复办结告知"
    assert "没有单位持有副本" in _last_letter(cast)[1]


def test_it_closes_when_the_last_holder_has_confirmed_and_not_before(cast: Cast) -> None:
    record = make_repairs.old(cast)
    _held(record, "city", "province")
    repair = make_repairs.decided(cast, record)
    assert repair.status == "decided"
    holding.confirm_gone(record_id=record.pk, recipient="city", title="city平台", revision=2)
    assert Repair.objects.get(pk=repair.pk).status == "decided"
    holding.confirm_gone(record_id=record.pk, recipient="province", title="province平台", revision=2)
    closed = Repair.objects.get(pk=repair.pk)
    title, text = _last_letter(cast)
    assert (closed.status, title) == ("closed", "信用修复办结告知")
    assert "两个平台均已确认撤下" in text
    for name in ("city平台", "province平台"):
        assert f"{name}，{clock.today().year}年" in text


def test_a_late_word_about_an_older_revision_closes_nothing(cast: Cast) -> None:
    record = make_repairs.old(cast)
    holding.taken(record_id=record.pk, recipient="city", title="city平台", revision=3)
    repair = make_repairs.decided(cast, record)
    holding.confirm_gone(record_id=record.pk, recipient="city", title="city平台", revision=2)
    assert Repair.objects.get(pk=repair.pk).status == "decided"


def test_confirming_twice_closes_once(cast: Cast) -> None:
    record = make_repairs.old(cast)
    _held(record, "city")
    make_repairs.decided(cast, record)
    for _ in range(2):
        holding.confirm_gone(record_id=record.pk, recipient="city", title="city平台", revision=2)
    assert Event.objects.filter(act="repair.closed").count() == 1
    assert [one.title for one in messages.of(cast.citizen)].count("信用修复办结告知") == 1


def test_a_confirmation_without_a_repair_changes_nothing_else(cast: Cast) -> None:
    record = make_repairs.old(cast)
    holding.confirm_gone(record_id=record.pk, recipient="city", title="city平台", revision=2)
    assert not Repair.objects.exists()


def test_what_a_crash_left_unclosed_is_settled_by_the_task(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as crashed:
        crashed.setattr(acts, "close_if_gone", lambda _: None)
        repair = make_repairs.decided(cast)
    assert repair.status == "decided"
    assert tasks.settle_repairs() == 1
    assert tasks.settle_repairs() == 0
    assert Repair.objects.get(pk=repair.pk).status == "closed"


def test_an_application_about_a_record_that_ended_by_itself_is_set_aside(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    until = repair.record.use_until
    assert until is not None
    with clock.at(until):
        assert tasks.settle_repairs() == 0
    with clock.at(until + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="已经终止"):
            acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=1)
        assert tasks.settle_repairs() == 1
    assert Repair.objects.get(pk=repair.pk).status == "moot"
    assert _last_letter(cast)[0] == "信用修复无须继续办理告知"


def test_a_double_click_on_the_decision_is_told_and_decides_once(cast: Cast) -> None:
    record = make_repairs.old(cast)
    _held(record, "city")
    repair = make_repairs.decided(cast, record)
    with pytest.raises(AlreadyDone):
        acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=1)
    with pytest.raises(WrongState):
        acts.decide(repair_id=repair.pk, actor=cast.both, seen=1)
    assert Event.objects.filter(act="record.repaired").count() == 1


def test_other_bodies_and_people_without_the_duty_are_refused(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    for user in (cast.other_clerk, cast.reviewer, cast.supervisor, cast.citizen):
        with pytest.raises(PermissionDenied):
            acts.accept(repair_id=repair.pk, actor=user, seen=1)
    acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=1)
    for user in (cast.other_reviewer, cast.clerk, cast.supervisor, cast.citizen):
        with pytest.raises(PermissionDenied):
            acts.decide(repair_id=repair.pk, actor=user, seen=1)


def _waiting_for_the_recipient(cast: Cast) -> Repair:
    record = make_repairs.old(cast)
    _held(record, "city")
    return make_repairs.decided(cast, record)


def _waiting_for_the_person(cast: Cast) -> Repair:
    repair = make_repairs.accepted(cast)
    opinion = "请写明缴款的日期"
    return repair_asking.ask(repair_id=repair.pk, actor=cast.reviewer, opinion=opinion, seen=repair.revision)


def _withdrawn(cast: Cast) -> Repair:
    return acts.withdraw(repair_id=make_repairs.applied(cast).pk, actor=cast.citizen)


def _moot(cast: Cast) -> Repair:
    repair = make_repairs.applied(cast)
    assert repair.record.use_until is not None
    with clock.at(repair.record.use_until + timedelta(days=1)):
        tasks.settle_repairs()
    return Repair.objects.get(pk=repair.pk)


IN_STATUS: dict[str, Callable[[Cast], Repair]] = {
    S.APPLIED: make_repairs.applied,
    S.UNMET: make_repairs.unmet,
    S.ACCEPTED: make_repairs.accepted,
    S.WAITING: _waiting_for_the_person,
    S.DECIDED: _waiting_for_the_recipient,
    S.CLOSED: make_repairs.decided,
    S.WITHDRAWN: _withdrawn,
    S.MOOT: _moot,
}


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("name", list(acts.STEPS))
def test_an_act_from_a_status_that_the_table_does_not_name_is_refused(cast: Cast, status: str, name: str) -> None:
    step = acts.STEPS[name]
    repair = IN_STATUS[status](cast)
    assert repair.status == status
    actor = {"system": cast.clerk, "person": cast.citizen}.get(step.by.kind, cast.clerk)
    if step.by.kind == "system":
        actor = type(cast.clerk).objects.system()
    elif step.by.verb == "decide_repair":
        actor = cast.reviewer
    if status in step.source:
        with taking(step, Repair, repair.pk, actor=actor) as row:
            row.handled_by, row.accepted_on = row.handled_by or cast.clerk, row.accepted_on or row.applied_on
            row.decided_by, row.decided_on = row.decided_by or cast.reviewer, row.decided_on or row.applied_on
            row.unmet = ["条件"]
        assert Repair.objects.get(pk=repair.pk).status == step.target
    else:
        with pytest.raises((WrongState, AlreadyDone)), taking(step, Repair, repair.pk, actor=actor):
            pytest.fail("表外的一步不应办成")
