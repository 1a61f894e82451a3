"""离岗: everything is gone the same minute, the open browser included."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client

from daoli_credit.accounts import sitting
from daoli_credit.accounts.models import Delegation, Sitting, User
from daoli_credit.accounts.workflows import granting, lending, people
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WorkflowError
from tests import make, make_matters, make_requests
from tests.cast import Cast, assemble, browser


def close(cast: Cast, user: User) -> User:
    return people.close(user_id=user.pk, why="离职", actor=cast.system_officer)


def test_a_leaver_with_an_open_browser_is_out_on_the_next_request(cast: Cast) -> None:
    first, second = browser(cast.clerk), browser(cast.clerk)
    assert first.get("/desk/").status_code == second.get("/desk/").status_code == 200
    assert Sitting.objects.filter(user=cast.clerk).count() == 2
    answer = browser(cast.system_officer).post(f"/desk/people/{cast.clerk.pk}/close/", {"why": "离职"})
    assert answer.status_code == 302
    assert not Sitting.objects.filter(user=cast.clerk).exists()
    for client in (first, second):
        assert client.get("/desk/")["Location"].startswith("/sign-in/")
        assert client.post("/desk/records/new/market-regulation/penalty-food/", {})["Location"].startswith("/sign-in/")


def test_roles_loans_and_rights_go_in_the_same_transaction(cast: Cast) -> None:
    days: dict[str, Any] = {"from_on": clock.today(), "until_on": clock.today() + timedelta(days=5), "reason": "休假"}
    lending.lend(
        duties=[("submit_record", cast.market)], taker_id=cast.reviewer.pk, actor=cast.clerk, **days
    )  # fmt: skip
    lending.lend(duties=[("review_record", cast.market)], taker_id=cast.clerk.pk, actor=cast.reviewer, **days)
    close(cast, cast.clerk)
    user = User.objects.get(pk=cast.clerk.pk)
    assert not user.is_active
    assert not user.has_usable_password()
    assert not user.groups.exists()
    assert not user._rights
    assert Delegation.objects.filter(ended_by=cast.system_officer).count() == 2
    assert not User.objects.get(pk=cast.reviewer.pk).may_anywhere("submit_record")
    event = Event.objects.get(act="user.closed")
    assert (event.object_id, event.opinion) == (str(user.pk), "离职")
    assert Event.objects.filter(act="role.lost", object_id=str(user.pk), from_status="clerk").exists()


def test_a_stolen_cookie_opens_nothing_afterwards(cast: Cast, client: Client) -> None:
    victim = browser(cast.clerk)
    stolen = victim.cookies["sessionid"].value
    close(cast, cast.clerk)
    client.cookies["sessionid"] = stolen
    assert client.get("/desk/records/")["Location"].startswith("/sign-in/")


def test_a_request_under_way_does_not_bring_the_session_back(cast: Cast) -> None:
    client = browser(cast.clerk)
    session = client.session
    session["written"] = "before it was closed"
    close(cast, cast.clerk)
    with pytest.raises(UpdateError):
        session.save()
    assert not Sitting.objects.filter(user=cast.clerk).exists()


def test_what_is_left_undone_is_named_with_who_can_take_it_up(cast: Cast) -> None:
    make.draft(cast)
    html = browser(cast.system_officer).get(f"/desk/people/{cast.clerk.pk}/close/").content.decode()
    assert "草稿和退回的记录：1 件" in html
    assert "刘洁" in html
    assert not re.search(r"DL20\d\d-", html)
    assert "林*云" not in html


def test_open_cases_and_lawful_requests_are_handed_over_too(cast: Cast) -> None:
    make_matters.case(cast)
    make_requests.asked(cast)
    html = browser(cast.system_officer).get(f"/desk/people/{cast.clerk.pk}/close/").content.decode()
    assert "没有办结的办件：1 件" in html
    assert "没有办结的依法调取：1 件" in html
    assert "食许" not in html


def test_with_nobody_to_take_it_up_the_page_says_so(cast: Cast) -> None:
    make.draft(cast)
    granting.withdraw(
        user_id=cast.both.pk, department=cast.market, role_code="clerk", actor=cast.security_officer
    )  # fmt: skip
    html = browser(cast.system_officer).get(f"/desk/people/{cast.clerk.pk}/close/").content.decode()
    assert "没有人" in html


def test_the_work_stays_with_the_department(cast: Cast) -> None:
    record = make.draft(cast)
    close(cast, cast.clerk)
    assert browser(cast.both).get(f"/desk/records/{record.number}/").status_code == 200


def test_a_reason_is_needed_and_the_form_comes_back(cast: Cast) -> None:
    answer = browser(cast.system_officer).post(f"/desk/people/{cast.clerk.pk}/close/", {"why": ""})
    assert answer.status_code == 422
    assert "请填写原因" in answer.content.decode()
    assert User.objects.get(pk=cast.clerk.pk).is_active


def test_a_double_click_is_a_success(cast: Cast) -> None:
    client = browser(cast.system_officer)
    for _ in range(2):
        answer = client.post(f"/desk/people/{cast.clerk.pk}/close/", {"why": "离职"})
        assert answer["Location"] == f"/desk/people/{cast.clerk.pk}/"
    assert Event.objects.filter(act="user.closed").count() == 1


def test_nobody_closes_themselves_or_the_last_officer(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="另一位"):
        close(cast, cast.system_officer)
    with pytest.raises(RuleBroken, match="最后一位安全管理员"):
        close(cast, cast.security_officer)
    User.objects.create_staff("second", "a-long-enough-password", display_name="第二", officer="security")
    close(cast, cast.security_officer)
    assert not User.objects.get(pk=cast.security_officer.pk).is_active


def test_whoever_left_is_granted_nothing(cast: Cast) -> None:
    close(cast, cast.clerk)
    with pytest.raises(WorkflowError, match="已经停用"):
        granting.grant(user_id=cast.clerk.pk, role_code="clerk", actor=cast.security_officer)
    answer = browser(cast.security_officer).post(f"/desk/people/{cast.clerk.pk}/grant/", {"role": "clerk"})
    assert answer.status_code == 409


def test_sessions_carry_their_owner_and_others_are_left_alone(cast: Cast) -> None:
    mine, other = browser(cast.clerk), browser(cast.reviewer)
    kept = mine.session.session_key
    second = browser(cast.clerk)
    assert sitting.end_all(cast.clerk, but=str(kept)) == 1
    assert mine.get("/desk/").status_code == 200
    assert second.get("/desk/").status_code == 302
    assert other.get("/desk/").status_code == 200


def test_closing_and_granting_at_once_leaves_nothing_granted(committing_db: str) -> None:
    cast = assemble()
    begin, said = threading.Barrier(2), []

    def run(act: str) -> None:
        begin.wait()
        try:
            if act == "close":
                close(cast, cast.other_reviewer)
            else:
                granting.grant(user_id=cast.other_reviewer.pk, role_code="clerk", actor=cast.security_officer)
        except (AlreadyDone, WorkflowError) as why:
            said.append(str(why))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in ("close", "grant")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    user = User.objects.get(pk=cast.other_reviewer.pk)
    assert not user.is_active
    assert not user.groups.exists()
