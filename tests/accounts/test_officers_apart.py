"""三员分立: neither does the other's part, and none of them can hold anything, whoever writes the tables."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import roles
from daoli_credit.accounts.access import rights_of
from daoli_credit.accounts.models import Delegation, Department, User
from daoli_credit.accounts.workflows import departments, granting, people
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from tests.cast import Cast, browser

PERMISSION = """
    (SELECT p.id FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
     WHERE t.app_label = 'accounts' AND t.model = 'department' AND p.codename = %s),
    (SELECT id FROM django_content_type WHERE app_label = 'accounts' AND model = 'department')
"""


def refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def officers(cast: Cast) -> list[User]:
    return [cast.system_officer, cast.security_officer, cast.audit_officer]


def test_only_the_security_officer_grants_and_withdraws(cast: Cast) -> None:
    for actor in (cast.system_officer, cast.audit_officer, cast.supervisor, cast.clerk):
        with pytest.raises(PermissionDenied):
            granting.grant(user_id=cast.clerk.pk, role_code="reviewer", actor=actor)
        with pytest.raises(PermissionDenied):
            granting.withdraw(user_id=cast.clerk.pk, department=cast.market, role_code="clerk", actor=actor)
    assert not User.objects.get(pk=cast.clerk.pk).may_anywhere("review_record")
    assert User.objects.get(pk=cast.clerk.pk).may_anywhere("submit_record")


def test_only_the_system_officer_opens_closes_moves_and_resets(cast: Cast) -> None:
    facts = departments.Facts("区新设局", "New Bureau", "government", "reminder+assessment")
    for actor in (cast.security_officer, cast.audit_officer, cast.supervisor, cast.clerk):
        with pytest.raises(PermissionDenied):
            people.open_account(username="xinren", display_name="新人", home=cast.market, actor=actor)
        with pytest.raises(PermissionDenied):
            people.close(user_id=cast.clerk.pk, why="离职", actor=actor)
        with pytest.raises(PermissionDenied):
            people.move(user_id=cast.clerk.pk, home=cast.health, actor=actor)
        with pytest.raises(PermissionDenied):
            people.reset_password(user_id=cast.clerk.pk, actor=actor)
        with pytest.raises(PermissionDenied):
            departments.open_department(code="new-bureau", facts=facts, from_on=clock.today(), actor=actor)
    assert not User.objects.filter(username="xinren").exists()
    assert User.objects.get(pk=cast.clerk.pk).is_active


def test_the_other_part_is_refused_by_post_too(cast: Cast) -> None:
    clerk = f"/desk/people/{cast.clerk.pk}/"
    system, security, audit = (browser(one) for one in officers(cast))
    assert system.post(f"{clerk}grant/", {"role": "reviewer"}).status_code == 403
    assert system.post(f"{clerk}withdraw/", {"role": "clerk", "department": cast.market.code}).status_code == 403
    assert security.post("/desk/people/new/", {"username": "xinren"}).status_code == 403
    assert security.post(f"{clerk}close/", {"why": "离职"}).status_code == 403
    for path in ("grant/", "withdraw/", "close/", "password/", "move/", "legal/"):
        assert audit.post(clerk + path).status_code == 403


def test_an_officer_is_granted_nothing(cast: Cast) -> None:
    for officer in officers(cast):
        with pytest.raises(RuleBroken, match="三员不能有任何职责"):
            granting.grant(user_id=officer.pk, role_code="supervisor", actor=cast.security_officer)


def test_the_database_refuses_an_officer_a_group(cast: Cast) -> None:
    group = roles.group(cast.market, roles.BY_CODE["clerk"])
    for officer in officers(cast):
        sql = "INSERT INTO accounts_user_groups (user_id, group_id) VALUES (%s, %s)"
        refused(sql, officer.pk, group.pk, says="三员")
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="三员"), transaction.atomic():
        cursor.execute("UPDATE accounts_user_groups SET user_id = %s", [cast.audit_officer.pk])


def test_the_database_refuses_an_officer_a_grant_of_their_own(cast: Cast) -> None:
    for officer in officers(cast):
        refused(
            "INSERT INTO guardian_userobjectpermission (user_id, object_pk, permission_id, content_type_id) "  # noqa: S608
            f"VALUES (%s, %s, {PERMISSION})",
            officer.pk, str(cast.market.pk), "view_records", says="三员",
        )  # fmt: skip


def test_the_database_refuses_an_officer_in_a_loan_and_a_share(cast: Cast) -> None:
    today = clock.today()
    loan = (
        "INSERT INTO accounts_delegation (giver_id, taker_id, department_id, verb, from_on, until_on, reason) "
        "VALUES (%s, %s, %s, 'submit_record', %s, %s, '休假')"
    )
    refused(loan, cast.clerk.pk, cast.system_officer.pk, cast.market.pk, today, today, says="三员")
    refused(loan, cast.system_officer.pk, cast.clerk.pk, cast.market.pk, today, today, says="三员")
    refused(
        "INSERT INTO accounts_sharedlegal (person_id, department_id, from_on, until_on, reason, granted_by_id) "
        "VALUES (%s, %s, %s, %s, '小部门', %s)",
        cast.audit_officer.pk, cast.market.pk, today, today, cast.security_officer.pk, says="三员",
    )  # fmt: skip


def test_the_database_makes_nobody_an_officer_who_holds_a_role(cast: Cast) -> None:
    for user in (cast.clerk, cast.supervisor):
        refused("UPDATE accounts_user SET officer = 'security' WHERE id = %s", user.pk, says="不能做三员")
    bare = User.objects.create_staff("bare", "a-long-enough-password", display_name="空人", home_department=cast.market)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET officer = 'audit' WHERE id = %s", [bare.pk])


def test_the_database_makes_nobody_an_officer_who_has_lent(cast: Cast) -> None:
    today = clock.today()
    lender = User.objects.create_staff(
        "lender", "a-long-enough-password", display_name="出借", home_department=cast.market
    )
    Delegation.objects.create(
        giver=lender, taker=cast.clerk, department=cast.market, verb="review_record",
        from_on=today, until_on=today, reason="休假",
    )  # fmt: skip
    refused("UPDATE accounts_user SET officer = 'audit' WHERE id = %s", lender.pk, says="不能做三员")


def test_one_column_holds_one_post(cast: Cast) -> None:
    for kind in ("citizen", "system"):
        refused(
            "INSERT INTO accounts_user (username, password, face, display_name, officer, is_superuser, is_active, "
            "created_at, must_change_password, other_keys) "
            "VALUES ('x', '', %s, '', 'audit', false, true, now(), false, '{}')",
            kind, says="an_officer_is_staff",
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["street", "school", "employer"])
def test_the_database_refuses_a_street_every_right_but_campaigns(cast: Cast, kind: str) -> None:
    body = Department.objects.create(
        code=f"some-{kind}", name=f"示例{kind}", name_en="Sample", kind=kind, oversight="working-note",
        reports_penalties=False, valid_from=clock.today(),
    )  # fmt: skip
    clerks = roles.group(cast.market, roles.BY_CODE["clerk"])
    group = f"INSERT INTO guardian_groupobjectpermission (group_id, object_pk, permission_id, content_type_id) VALUES (%s, %s, {PERMISSION})"  # noqa: E501, S608
    own = f"INSERT INTO guardian_userobjectpermission (user_id, object_pk, permission_id, content_type_id) VALUES (%s, %s, {PERMISSION})"  # noqa: E501, S608
    for verb in ("view_records", "submit_record", "review_record", "legal_review", "handle_repair", "supervise"):
        refused(group, clerks.pk, str(body.pk), verb, says="街道、学校、用人单位")
        refused(own, cast.clerk.pk, str(body.pk), verb, says="街道、学校、用人单位")
    with pytest.raises(IntegrityError, match="街道"), transaction.atomic():
        roles.group(body, roles.BY_CODE["reviewer"])
    roles.group(body, roles.BY_CODE["organiser"])
    assert [role.code for role in roles.offered(body)] == ["organiser"]


def test_a_department_with_rights_on_records_becomes_no_street(cast: Cast) -> None:
    sql = "UPDATE accounts_department SET kind = 'street', reports_penalties = false WHERE id = %s"
    refused(sql, cast.market.pk, says="不能改为街道")


@pytest.mark.parametrize("kind", ["party", "mass", "judicial", "street", "school", "employer"])
def test_these_kinds_report_no_penalties(cast: Cast, kind: str) -> None:
    sql = (
        "INSERT INTO accounts_department (code, name, name_en, kind, oversight, reports_penalties, valid_from) "
        "VALUES ('x', 'x', 'x', %s, 'working-note', true, %s)"
    )
    refused(sql, kind, clock.today(), says="report_no_penalties")


def test_a_grant_that_slipped_by_gives_an_officer_nothing(cast: Cast) -> None:
    user = User.objects.get(pk=cast.clerk.pk)
    assert rights_of(user)
    user.officer = "security"  # never saved: what the program would say if the database had not refused
    assert rights_of(user) == {}
