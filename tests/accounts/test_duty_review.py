"""权限清单: unused, over-wide, void and lonely rights; never a count of work."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.accounts.models import User
from daoli_credit.accounts.selectors import duties
from daoli_credit.accounts.selectors.duties import Finding
from daoli_credit.accounts.workflows import departments, granting, lending, people
from daoli_credit.law import clock
from tests import make
from tests.cast import Cast, browser

LATER = timedelta(days=100)


def about(findings: list[Finding], user: User) -> list[str]:
    return [one.says for one in findings if one.user == user]


def test_a_role_that_nobody_used_for_ninety_days_is_unused(cast: Cast) -> None:
    assert not duties.review().unused
    with clock.at(clock.today() + LATER):
        assert "经办" in about(duties.review().unused, cast.clerk)[0]


def test_a_role_that_was_exercised_is_not(cast: Cast) -> None:
    record_day = clock.today() + timedelta(days=60)
    with clock.at(record_day):
        make.effective(cast)
    with clock.at(clock.today() + LATER):
        unused = duties.review().unused
        assert not about(unused, cast.clerk)
        assert ["复核组长" in says for says in about(unused, cast.reviewer)] == [True]
        assert len(about(unused, cast.both)) == 2  # each role is asked for itself


def test_a_role_granted_lately_is_not_unused_yet(cast: Cast) -> None:
    with clock.at(clock.today() + LATER):
        granting.grant(user_id=cast.other_clerk.pk, role_code="organiser", actor=cast.security_officer)
        says = about(duties.review().unused, cast.other_clerk)
        assert len(says) == 1
        assert "经办" in says[0]


def test_whoever_enters_and_reviews_is_named_with_where_it_comes_from(cast: Cast) -> None:
    wide = duties.review().wide
    assert "既能录入又能复核；" in about(wide, cast.both)[0]
    assert not about(wide, cast.other_reviewer)
    lending.lend(
        duties=[("submit_record", cast.health)], taker_id=cast.other_reviewer.pk, from_on=clock.today(),
        until_on=clock.today(), reason="休假", actor=cast.other_clerk,
    )  # fmt: skip
    assert "其中有委托来的" in about(duties.review().wide, cast.other_reviewer)[0]


def test_duties_in_two_departments_and_long_loans_are_named(cast: Cast) -> None:
    today = clock.today()
    granting.share_legal(
        user_id=cast.legal.pk, department=cast.tourism, from_on=today, until_on=today, reason="没有法制人员",
        actor=cast.security_officer,
    )  # fmt: skip
    lending.lend(
        duties=[("submit_record", cast.health)], taker_id=cast.other_reviewer.pk, from_on=today,
        until_on=today + timedelta(days=30), reason="长假", actor=cast.other_clerk,
    )  # fmt: skip
    wide = duties.review().wide
    assert "区旅游局" in about(wide, cast.legal)[0]
    assert "超过 30 天" in about(wide, cast.other_clerk)[0]


def test_what_is_void_is_named(cast: Cast) -> None:
    soon = clock.today() + timedelta(days=5)
    departments.close(code="health", on=soon, successor="market-regulation", actor=cast.system_officer)
    lending.lend(
        duties=[("view_records", cast.market)], taker_id=cast.both.pk, from_on=clock.today(), until_on=soon,
        reason="休假", actor=cast.clerk,
    )  # fmt: skip
    granting.withdraw(user_id=cast.clerk.pk, department=cast.market, role_code="clerk", actor=cast.security_officer)
    assert "委托不起作用" in about(duties.review().idle, cast.clerk)[0]
    with clock.at(soon):
        says = about(duties.review().idle, cast.other_clerk)
        assert any("请调换部门" in one for one in says)
        assert any("请收回" in one for one in says)


def test_nobody_left_and_only_one_left_are_named(cast: Cast) -> None:
    assert any("只有一人能办“复核信用记录”" in one for one in about(duties.review().alone, cast.other_reviewer))
    people.close(user_id=cast.other_reviewer.pk, why="离职", actor=cast.system_officer)
    alone = duties.review().alone
    assert [one.says for one in alone if one.department == cast.health] == ["没有人能办“复核信用记录”"]
    assert any("只有一位安全管理员" in one for one in about(alone, cast.security_officer))


def test_each_row_opens_the_person_and_shows_no_record(cast: Cast) -> None:
    make.effective(cast)
    for user in (cast.security_officer, cast.audit_officer):
        html = browser(user).get("/desk/rights/").content.decode()
        assert f"/desk/people/{cast.both.pk}/" in html
        assert not re.search(r"DL20\d\d-", html)
    assert browser(cast.system_officer).get("/desk/rights/").status_code == 403


def test_the_list_asks_as_often_for_many_as_for_few(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as before:
        duties.review()
    for number in range(15):
        user, _ = people.open_account(
            username=f"more-{number}", display_name="又一人", home=cast.health, actor=cast.system_officer
        )
        granting.grant(user_id=user.pk, role_code="clerk", actor=cast.security_officer)
    with CaptureQueriesContext(connection) as after:
        duties.review()
    assert len(after) <= len(before) + 2
