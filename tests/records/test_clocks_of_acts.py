"""期限停走的办理: a question stops the clock once, in time, says for what; the office has no day more than it had."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import RuleBroken
from records.rules import objection_clocks, repair_clocks
from records.workflows import objection as acts
from records.workflows import repair_asking
from tests import make_objections, make_repairs
from tests.cast import Cast, browser


# On the days that are awkward: over a weekend, over the October week with its shifted Saturday, into a year
# whose holidays are not known yet.
@pytest.mark.parametrize(
    ("day", "asked", "answered"),
    [
        (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)),
        (date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 10)),
        (date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 6)),
    ],
)
def test_the_acts_keep_what_the_clock_says(cast: Cast, day: date, asked: date, answered: date) -> None:
    with clock.at(day):
        objection = make_objections.raised(cast)
        due = objection.due_on
    assert due is not None
    with clock.at(asked):
        acts.ask(objection_id=objection.pk, actor=cast.reviewer, opinion="请说明缴款的银行", seen=1)
    with clock.at(answered):
        objection = acts.supply(objection_id=objection.pk, actor=cast.citizen, words="工商银行")
    assert objection.waited == workdays.workdays_between(asked, answered)
    assert objection.due_on == workdays.due(due, objection.waited).on
    page = browser(cast.citizen).get(f"/me/objections/{objection.number}/").content.decode()
    assert f"{objection.waited} 个工作日不计入期限" in page or not objection.waited
    with clock.at(answered):
        objection = acts.extend(objection_id=objection.pk, actor=cast.reviewer, opinion="要向银行核实", seen=2)
    assert objection.due_on == objection_clocks.longest(day, objection.waited).on


def test_the_office_asks_once_and_never_after_its_day(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    ask: dict[str, Any] = {"objection_id": objection.pk, "actor": cast.reviewer, "opinion": "请说明缴款的银行"}
    assert objection.due_on is not None
    with clock.at(objection.due_on + timedelta(days=1)):
        for late in (acts.ask, acts.extend):
            with pytest.raises(RuleBroken, match="已经过了最晚答复的日期"):
                late(**ask, seen=1)
        assert acts.pause(objection_id=objection.pk, actor=User.objects.system()).status == "paused"
    second = make_objections.raised(cast, make_repairs.old(cast, serial=31))
    ask["objection_id"] = second.pk
    acts.ask(**ask, seen=1)
    page = browser(cast.citizen).get(f"/me/objections/{second.number}/").content.decode()
    assert "请说明缴款的银行" in page
    assert "停止计算" in page
    acts.supply(objection_id=second.pk, actor=cast.citizen, words="工商银行")
    with pytest.raises(RuleBroken, match="一次说全"):
        acts.ask(**ask, seen=2)


def test_a_repair_is_asked_about_once_and_never_after_its_day(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    ask: dict[str, Any] = {"repair_id": repair.pk, "actor": cast.reviewer, "opinion": "请说明缴清的日期"}
    due = repair_clocks.deciding(repair)
    assert due is not None
    assert due.on is not None
    with clock.at(due.on + timedelta(days=1)), pytest.raises(RuleBroken, match="已经过了最晚作出决定的日期"):
        repair_asking.ask(**ask, seen=repair.revision)
    with pytest.raises(PermissionDenied):
        repair_asking.ask(**{**ask, "actor": cast.citizen}, seen=repair.revision)
    repair = repair_asking.ask(**ask, seen=repair.revision)
    repair = repair_asking.answer(repair_id=repair.pk, actor=cast.citizen, words="8 月 3 日。", seen=repair.revision)
    with pytest.raises(RuleBroken, match="一次说全"):
        repair_asking.ask(**ask, seen=repair.revision)
