"""休假委托: lent by whoever holds it, to a day, and never lent on."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Delegation, User
from daoli_credit.accounts.workflows import granting, lending, people
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.workflows import record as acts
from tests import make
from tests.cast import Cast, browser
from tests.days import YESTERDAY, all_dated

WEEK = timedelta(days=6)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def lend(
    cast: Cast, *verbs: str, giver: User | None = None, taker: User | None = None, **changes: Any
) -> list[Delegation]:
    giver = giver or cast.other_clerk
    facts: dict[str, Any] = {"from_on": clock.today(), "until_on": clock.today() + WEEK, "reason": "休年假", **changes}
    home = giver.home_department
    assert home
    return lending.lend(
        duties=[(verb, home) for verb in verbs], taker_id=(taker or cast.other_reviewer).pk, actor=giver, **facts
    )


def test_a_lent_verb_works_on_its_days_and_ends_by_itself(cast: Cast) -> None:
    today = clock.today()
    lend(cast, "submit_record", from_on=today + timedelta(days=1), until_on=today + WEEK)
    assert not again(cast.other_reviewer).may_anywhere("submit_record")
    for day, holds in ((1, True), (6, True), (7, False)):
        with clock.at(today + timedelta(days=day)):
            assert again(cast.other_reviewer).may("submit_record", cast.health.pk) is holds
    event = Event.objects.get(act="delegation.lent")
    assert (event.department, event.to_status, event.actor_id) == (
        "health", "submit_record", cast.other_clerk.audit_id,
    )  # fmt: skip


def test_the_pages_open_to_the_taker_until_the_day(cast: Cast) -> None:
    lend(cast, "submit_record", "view_records")
    assert browser(cast.other_reviewer).get("/desk/records/new/").status_code == 200
    with clock.at(clock.today() + WEEK + timedelta(days=1)):
        assert browser(cast.other_reviewer).get("/desk/records/new/").status_code == 403


def test_a_verb_that_one_does_not_hold_is_not_lent(cast: Cast) -> None:
    for verb in ("review_record", "supervise", "king"):
        with pytest.raises(PermissionDenied):
            lend(cast, verb)
    with pytest.raises(PermissionDenied):
        lending.lend(
            duties=[("submit_record", cast.market)], taker_id=cast.clerk.pk, from_on=clock.today(),
            until_on=clock.today(), reason="休假", actor=cast.other_clerk,
        )  # fmt: skip
    assert not Delegation.objects.exists()


def test_all_or_none_is_lent(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        lend(cast, "submit_record", "review_record")
    assert not Delegation.objects.exists()


def test_a_lent_right_cannot_be_lent_on(cast: Cast) -> None:
    lend(cast, "submit_record")
    third = User.objects.create_staff(
        "third", "a-long-enough-password", display_name="第三人", home_department=cast.health
    )
    assert again(cast.other_reviewer).may_anywhere("submit_record")
    with pytest.raises(PermissionDenied):
        lend(cast, "submit_record", giver=cast.other_reviewer, taker=third)
    # nor by a row that somebody wrote by hand
    Delegation.objects.create(
        giver=cast.other_reviewer, taker=third, verb="submit_record", department=cast.health,
        from_on=clock.today(), until_on=clock.today(), reason="手写",
    )  # fmt: skip
    assert not again(third).may_anywhere("submit_record")


def test_the_loan_dies_with_the_givers_role_and_with_the_giver(cast: Cast) -> None:
    lend(cast, "submit_record")
    granting.withdraw(
        user_id=cast.other_clerk.pk, department=cast.health, role_code="clerk", actor=cast.security_officer
    )  # fmt: skip
    assert not again(cast.other_reviewer).may_anywhere("submit_record")
    roles.grant(again(cast.other_clerk), cast.health, "clerk")
    assert again(cast.other_reviewer).may_anywhere("submit_record")
    people.close(user_id=cast.other_clerk.pk, why="离职", actor=cast.system_officer)
    assert not again(cast.other_reviewer).may_anywhere("submit_record")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"until_on": YESTERDAY}, "起止日期"),
        ({"from_on": YESTERDAY}, "起止日期"),
        ({"until_on": timedelta(days=91)}, "90 天"),
        ({"reason": " "}, "原因"),
    ],
)
def test_wrong_days_and_no_reason_are_refused(cast: Cast, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        lend(cast, "submit_record", **all_dated(changes))


def test_the_taker_is_a_colleague_who_is_here_and_no_officer(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="同事"):
        lend(cast, "submit_record", taker=cast.clerk)
    with pytest.raises(RuleBroken, match="自己"):
        lend(cast, "submit_record", taker=cast.other_clerk)
    with pytest.raises(RuleBroken, match="三员"):
        lend(cast, "operate_feeds", giver=cast.feed_operator, taker=cast.audit_officer)
    people.close(user_id=cast.other_reviewer.pk, why="离职", actor=cast.system_officer)
    with pytest.raises(WrongState):
        lend(cast, "submit_record")


def test_four_eyes_hold_whoever_has_lent_what(cast: Cast) -> None:
    record = make.submitted(cast)
    lend(cast, "review_record", giver=cast.reviewer, taker=cast.clerk)
    with pytest.raises(RuleBroken, match=r"本人|另一人"):
        acts.approve(record_id=record.pk, actor=again(cast.clerk), opinion="", seen=record.revision)


def test_the_giver_ends_it_early_and_it_ends_at_once(cast: Cast) -> None:
    (loan,) = lend(cast, "submit_record")
    client = browser(cast.other_clerk)
    assert "王涛" in client.get("/desk/delegations/").content.decode()
    for _ in range(2):
        assert client.post(f"/desk/delegations/{loan.pk}/end/").status_code == 302
    assert not again(cast.other_reviewer).may_anywhere("submit_record")
    assert Event.objects.filter(act="delegation.ended").count() == 1


def test_the_security_officer_may_end_one_and_nobody_else(cast: Cast) -> None:
    (loan,) = lend(cast, "submit_record")
    for user in (cast.system_officer, cast.audit_officer, cast.other_reviewer, cast.clerk, cast.supervisor):
        assert browser(user).post(f"/desk/delegations/{loan.pk}/end/").status_code == 404
        with pytest.raises(PermissionDenied):
            lending.end(loan_id=loan.pk, actor=user)
    assert browser(cast.security_officer).post(f"/desk/delegations/{loan.pk}/end/").status_code == 302
    assert not again(cast.other_reviewer).may_anywhere("submit_record")


def test_several_duties_are_lent_from_one_form(cast: Cast) -> None:
    today = clock.today()
    typed = {
        "duties": ["submit_record@health", "view_records@health"], "taker": cast.other_reviewer.pk,
        "from_on": today, "until_on": today + WEEK, "reason": "休年假",
    }  # fmt: skip
    client = browser(cast.other_clerk)
    for _ in range(2):  # the second is a double click
        assert client.post("/desk/delegations/", typed).status_code == 302
    assert Delegation.objects.count() == 2
    with pytest.raises(AlreadyDone):
        lend(cast, "submit_record")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"duties": []}, "至少选一项"),
        ({"duties": ["review_record@health"]}, "没有这项职责"),
        ({"taker": ""}, "请选择同事"),
        ({"taker": "999999"}, "本部门在用的同事"),
        ({"until_on": "昨天"}, "日期请写成"),
        ({"until_on": "2020-01-01"}, "止日不能早于起日"),
        ({"reason": "找张三 13800001234"}, "证件号码或电话"),
    ],
)
def test_a_wrong_form_comes_back_whole(cast: Cast, changes: dict[str, Any], says: str) -> None:
    today = clock.today()
    typed = {
        "duties": ["submit_record@health"], "taker": cast.other_reviewer.pk, "from_on": today,
        "until_on": today + WEEK, "reason": "休年假", **changes,
    }  # fmt: skip
    answer = browser(cast.other_clerk).post("/desk/delegations/", typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Delegation.objects.exists()


def test_whoever_holds_nothing_is_offered_no_form(cast: Cast) -> None:
    assert "登记一次委托" not in browser(cast.audit_officer).get("/desk/delegations/").content.decode()
    answer = browser(cast.audit_officer).post("/desk/delegations/", {"duties": ["submit_record@health"]})
    assert answer.status_code == 422
