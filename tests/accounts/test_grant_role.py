"""授予和收回角色."""

import threading

import pytest
from django.db import connection

from daoli_credit.accounts import passwords, roles
from daoli_credit.accounts.models import Sitting, User
from daoli_credit.accounts.workflows import granting, people
from daoli_credit.audit.models import Event
from daoli_credit.workflow import AlreadyDone, RuleBroken
from tests.cast import Cast, assemble, browser


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def second_officer() -> User:
    return User.objects.create_staff("second", "a-long-enough-password", display_name="江二", officer="security")


def test_a_role_is_granted_in_ones_own_department_with_evidence(cast: Cast) -> None:
    granting.grant(user_id=cast.other_clerk.pk, role_code="reviewer", actor=cast.security_officer)
    assert again(cast.other_clerk).departments("review_record") == {cast.health.pk}
    event = Event.objects.get(act="role.granted")
    assert (event.noun, event.object_id, event.department, event.to_status, event.actor_id) == (
        "user", str(cast.other_clerk.pk), "health", "reviewer", cast.security_officer.audit_id,
    )  # fmt: skip


def test_a_withdrawn_role_is_gone_on_the_next_request(cast: Cast) -> None:
    client = browser(cast.clerk)
    assert client.get("/desk/records/new/").status_code == 200
    answer = browser(cast.security_officer).post(
        f"/desk/people/{cast.clerk.pk}/withdraw/", {"department": cast.market.code, "role": "clerk"}
    )
    assert answer.status_code == 302
    assert not again(cast.clerk)._rights
    assert client.get("/desk/records/new/")["Location"].startswith("/sign-in/")
    assert browser(cast.clerk).get("/desk/records/new/").status_code == 403
    assert Event.objects.filter(act="role.withdrawn", from_status="clerk", object_id=str(cast.clerk.pk)).exists()


def test_sessions_end_when_a_role_is_granted(cast: Cast) -> None:
    old = browser(cast.other_clerk)
    granting.grant(user_id=cast.other_clerk.pk, role_code="reviewer", actor=cast.security_officer)
    assert not Sitting.objects.filter(user=cast.other_clerk).exists()
    assert old.get("/desk/").status_code == 302


def test_rights_are_read_anew_in_a_session_that_lives_on(cast: Cast) -> None:
    client = browser(cast.clerk)
    assert client.get("/desk/records/new/").status_code == 200
    roles.withdraw(again(cast.clerk), cast.market, "clerk")  # beneath the act: the session was not ended
    assert client.get("/desk/records/new/").status_code == 403


@pytest.mark.parametrize("role", ["supervisor", "feed-operator", "king", ""])
def test_a_role_that_the_department_cannot_have_is_said_on_the_form(cast: Cast, role: str) -> None:
    answer = browser(cast.security_officer).post(f"/desk/people/{cast.clerk.pk}/grant/", {"role": role})
    assert answer.status_code == 422
    assert ("不能设这个角色" if role else "请选择角色") in answer.content.decode()
    with pytest.raises(RuleBroken, match="不能设"):
        granting.grant(user_id=cast.clerk.pk, role_code=role or "none", actor=cast.security_officer)


def test_a_double_click_grants_once(cast: Cast) -> None:
    client = browser(cast.security_officer)
    for _ in range(2):
        answer = client.post(f"/desk/people/{cast.clerk.pk}/grant/", {"role": "organiser"})
        assert answer.status_code == 302
    assert Event.objects.filter(act="role.granted").count() == 1


def test_withdrawing_twice_is_one_event(cast: Cast) -> None:
    client = browser(cast.security_officer)
    for _ in range(2):
        answer = client.post(
            f"/desk/people/{cast.clerk.pk}/withdraw/", {"department": cast.market.code, "role": "clerk"}
        )
        assert answer.status_code == 302
    assert Event.objects.filter(act="role.withdrawn").count() == 1


def test_a_new_person_signs_in_with_the_role(cast: Cast) -> None:
    user, _ = people.open_account(
        username="zhouxiaohe", display_name="周小禾", home=cast.market, actor=cast.system_officer
    )
    granting.grant(user_id=user.pk, role_code="clerk", actor=cast.security_officer)
    assert browser(again(user)).get("/desk/records/new/").status_code == 302  # the first password opens nothing else
    passwords.change(again(user), new="自己想的一句足够长的口令")
    assert browser(again(user)).get("/desk/records/new/").status_code == 200


def _at_once(*acts: object) -> list[str]:
    begin, said = threading.Barrier(len(acts)), []

    def run(act: object) -> None:
        begin.wait()
        try:
            act()  # type: ignore[operator]
            said.append("办好")
        except AlreadyDone:
            said.append("已经办好")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return sorted(said)


def test_two_security_officers_granting_at_once_are_one_grant(committing_db: str) -> None:
    cast, other = assemble(), second_officer()
    said = _at_once(*(
        lambda actor=actor: granting.grant(user_id=cast.other_clerk.pk, role_code="reviewer", actor=actor)
        for actor in (cast.security_officer, other)
    ))  # fmt: skip
    assert said == ["办好", "已经办好"]
    assert Event.objects.filter(act="role.granted").count() == 1
    assert again(cast.other_clerk).groups.filter(name="health:reviewer").count() == 1


def test_one_granting_while_the_other_withdraws_leaves_what_the_events_say(committing_db: str) -> None:
    cast, other = assemble(), second_officer()
    person = cast.other_reviewer
    said = _at_once(
        lambda: granting.withdraw(
            user_id=person.pk, department=cast.health, role_code="reviewer", actor=cast.security_officer
        ),
        lambda: granting.grant(user_id=person.pk, role_code="reviewer", actor=other),
    )
    # the grant came first and found the role already there, or it came second and gave it back
    granted = Event.objects.filter(act="role.granted").exists()
    assert Event.objects.filter(act="role.withdrawn").count() == 1
    assert again(person).groups.filter(name="health:reviewer").exists() == granted
    assert said == (["办好", "办好"] if granted else ["办好", "已经办好"])


def test_making_an_officer_while_granting_is_refused_to_one_of_them(committing_db: str) -> None:
    cast = assemble()
    bare = User.objects.create_staff("bare", "a-long-enough-password", display_name="空人", home_department=cast.health)
    begin, wrong = threading.Barrier(2), []

    def run(act: str) -> None:
        begin.wait()
        try:
            if act == "post":
                User.objects.filter(pk=bare.pk).update(officer="audit")
            else:
                granting.grant(user_id=bare.pk, role_code="clerk", actor=cast.security_officer)
        except Exception as why:
            wrong.append(str(why))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in ("post", "grant")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert len(wrong) == 1
    assert bool(again(bare).officer) != again(bare).groups.exists()
