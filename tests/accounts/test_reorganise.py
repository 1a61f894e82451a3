"""机构并转: from the day on the successor's people hold what was the closed department's; no row moves."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.access import rights_of_many
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.workflows import departments, granting
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.supervision import reporting
from daoli_credit.supervision.weeks import latest
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.models import CreditRecord
from records.workflows import record as acts
from tests import make
from tests.cast import Cast, browser
from tests.days import all_dated

SOON = timedelta(days=10)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def day() -> Any:
    return clock.today() + SOON


def close(cast: Cast, **changes: Any) -> Department:
    facts: dict[str, Any] = {
        "code": "market-regulation",
        "on": day(),
        "successor": "health",
        "actor": cast.system_officer,
    }
    return departments.close(**{**facts, **changes})


def new_bureau(cast: Cast, code: str = "big-market", kind: str = "government") -> Department:
    facts = departments.Facts(f"区{code}局", "Bureau", kind, "reminder+assessment")
    return departments.open_department(code=code, facts=facts, from_on=clock.today(), actor=cast.system_officer)


def test_the_day_before_and_the_day_itself(cast: Cast) -> None:
    record = make.submitted(cast)
    close(cast)
    with clock.at(day() - timedelta(days=1)):
        assert again(cast.reviewer).may("review_record", cast.market.pk)
        assert not again(cast.other_reviewer).may("review_record", cast.market.pk)
        assert browser(cast.other_reviewer).get(f"/desk/records/{record.number}/").status_code == 404
    with clock.at(day()):
        assert not again(cast.reviewer)._rights
        assert again(cast.other_reviewer).departments("review_record") == {cast.health.pk, cast.market.pk}
        assert browser(cast.reviewer).get(f"/desk/records/{record.number}/").status_code == 403
        assert browser(cast.other_reviewer).get(f"/desk/records/{record.number}/").status_code == 200
        make.opened(record, cast.other_reviewer)
        acts.approve(record_id=record.pk, actor=again(cast.other_reviewer), opinion="", seen=record.revision)
    record = CreditRecord.objects.get()
    assert record.department == cast.market  # history keeps the name, and the row stays where it was
    assert record.reviewed_by == cast.other_reviewer


def test_nothing_new_begins_under_the_closed_name(cast: Cast) -> None:
    close(cast)
    with clock.at(day()):
        actor = again(cast.other_clerk)
        assert actor.may("submit_record", cast.market.pk)
        facts = make.checked(make.raw_penalty(department=cast.market))
        market = Department.objects.get(pk=cast.market.pk)
        with pytest.raises(RuleBroken, match="已经停用"):
            acts.enter(department=market, checked=facts, actor=actor)
        assert "区市场监管局" not in browser(cast.other_clerk).get("/desk/records/new/").content.decode()


def test_work_goes_along_a_line_of_successors(cast: Cast) -> None:
    middle = new_bureau(cast, "middle")
    close(cast, successor="middle")
    close(cast, code="middle", successor="health", on=day() + SOON)
    with clock.at(day() + SOON):
        assert again(cast.other_clerk).departments("submit_record") == {cast.health.pk, cast.market.pk, middle.pk}


def test_loans_on_the_successor_reach_as_far_as_the_role(cast: Cast) -> None:
    close(cast)
    granting.grant(user_id=cast.other_reviewer.pk, role_code="clerk", actor=cast.security_officer)
    with clock.at(day()):
        rights = rights_of_many([again(cast.other_reviewer), again(cast.clerk)])
        assert rights[cast.other_reviewer.pk]["submit_record"] == {cast.health.pk, cast.market.pk}
        assert rights[cast.clerk.pk] == {}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"successor": ""}, "选择承接部门"),
        ({"successor": "market-regulation"}, "自己承接"),
        ({"on": timedelta()}, "从明天起"),
        ({"on": timedelta(days=-9)}, "从明天起"),
    ],
)
def test_a_closing_without_sense_is_refused(cast: Cast, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        close(cast, **all_dated(changes))
    assert Department.objects.get(pk=cast.market.pk).valid_to is None


def test_a_street_takes_over_nothing_about_records(cast: Cast) -> None:
    new_bureau(cast, "some-street", "street")
    with pytest.raises(RuleBroken, match="街道不能承接"):
        close(cast, successor="some-street")


def test_the_heir_may_not_close_first(cast: Cast) -> None:
    close(cast)
    with pytest.raises(RuleBroken, match="并入"):
        close(cast, code="health", successor="tourism", on=day() - timedelta(days=1))
    with pytest.raises(RuleBroken, match="不在用"):
        close(cast, code="health", successor="market-regulation", on=day() + SOON)


def test_a_planned_closing_is_changed_or_called_off_but_not_one_that_has_come(cast: Cast) -> None:
    close(cast)
    with pytest.raises(AlreadyDone):
        close(cast)
    close(cast, on=day() + SOON)
    departments.keep(code="market-regulation", actor=cast.system_officer)
    assert Department.objects.get(pk=cast.market.pk).successor is None
    close(cast)
    with clock.at(day()):
        with pytest.raises(WrongState):
            departments.keep(code="market-regulation", actor=cast.system_officer)
        with pytest.raises(WrongState):
            close(cast, on=day() + SOON)
    assert Event.objects.filter(act="department.closed").count() == 3


def _refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_refuses_a_closing_without_an_heir_and_a_circle(cast: Cast) -> None:
    update = "UPDATE accounts_department SET valid_to = %s, successor_id = %s WHERE id = %s"
    _refused(update, day(), None, cast.market.pk, says="hands_its_work_over")
    _refused(update, None, cast.health.pk, cast.market.pk, says="hands_its_work_over|不在用")
    _refused(update, day(), cast.market.pk, cast.market.pk, says="themselves|不在用")
    close(cast)
    _refused(update, day() + SOON, cast.market.pk, cast.health.pk, says="不在用")
    _refused(update, day() - timedelta(days=1), cast.tourism.pk, cast.health.pk, says="承接")


def test_a_new_name_keeps_rows_and_rights(cast: Cast) -> None:
    facts = departments.Facts("区市场监督管理局", "Market Bureau", "government", "reminder+assessment")
    departments.change(code="market-regulation", facts=facts, actor=cast.system_officer)
    assert again(cast.clerk).may("submit_record", cast.market.pk)
    assert "原名：区市场监管局" in Event.objects.get(act="department.changed").opinion
    with pytest.raises(AlreadyDone):
        departments.change(code="market-regulation", facts=facts, actor=cast.system_officer)


def test_what_a_department_may_do_follows_from_its_kind(cast: Cast) -> None:
    assert new_bureau(cast).reports_penalties
    assert not new_bureau(cast, "some-union", "mass").reports_penalties
    facts = departments.Facts("区市场监管局", "Market", "street", "working-note")
    with pytest.raises(RuleBroken, match="不能改为街道"):
        departments.change(code="market-regulation", facts=facts, actor=cast.system_officer)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": "New Bureau"}, "小写字母"),
        ({"code": "new"}, "留作他用"),
        ({"code": "health"}, "相同"),
        ({"name": "区卫计局"}, "相同"),
        ({"name": ""}, "请填写名称"),
        ({"kind": "kingdom"}, "没有这种性质"),
        ({"from_on": "某天"}, "日期请写成"),
    ],
)
def test_a_wrong_form_comes_back_whole(cast: Cast, changes: dict[str, str], says: str) -> None:
    typed = {
        "name": "区新设局", "code": "brand-new", "name_en": "New", "kind": "government",
        "oversight": "reminder+assessment", "from_on": str(clock.today()), **changes,
    }  # fmt: skip
    answer = browser(cast.system_officer).post("/desk/departments/new/", typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Department.objects.filter(name="区新设局").exists()


def test_the_pages_say_who_takes_over_from_when(cast: Cast) -> None:
    client = browser(cast.system_officer)
    typed = {"on": str(day()), "successor": "health"}
    assert client.post("/desk/departments/market-regulation/close/", {**typed, "successor": ""}).status_code == 422
    for _ in range(2):
        assert client.post("/desk/departments/market-regulation/close/", typed).status_code == 302
    html = browser(cast.supervisor).get("/desk/departments/market-regulation/").content.decode()
    assert "区卫计局" in html
    assert str(day()) in html
    with clock.at(day()):
        assert "由区卫计局承接" in browser(cast.supervisor).get("/desk/departments/").content.decode()
        assert "历史仍写原名" in browser(cast.supervisor).get("/desk/departments/health/").content.decode()


def test_nothing_is_asked_of_a_closed_department_any_more(cast: Cast) -> None:
    make.submitted(cast)
    close(cast)
    with clock.at(day() + timedelta(days=30)):
        weeks = latest(clock.today(), 6)
        asked = {cell.week for cell in reporting.cells(weeks, today=clock.today()) if cell.department == cast.market}
        assert all(week.last < day() for week in asked)
        for page in ("/supervision/", "/supervision/tasks/", "/supervision/figures/reporting/"):
            assert browser(cast.supervisor).get(page).status_code == 200
        assert browser(cast.other_clerk).get("/desk/no-news/").status_code == 200
