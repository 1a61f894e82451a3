"""接口密钥看部门: no key reaches further than an officer of its department could, and none outlives who has read it."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.test import Client

from daoli_credit.accounts import service_keys
from daoli_credit.accounts.models import Department, ServiceKey, User
from daoli_credit.accounts.models.department import Kind
from daoli_credit.accounts.workflows import people
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from tests.accounts import tries
from tests.accounts.test_service_keys import WHOAMI, call, made, working
from tests.cast import Cast, browser


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


def _asked(cast: Cast, body: Department, *scopes: str) -> service_keys.Made:
    until = clock.today() + timedelta(days=30)
    return service_keys.ask(
        actor=cast.system_officer, title="某系统", department=body, scopes=scopes, expires_on=until
    )  # fmt: skip


def _street() -> Department:
    facts = {
        "name": "示例街道",
        "name_en": "Sample street",
        "kind": Kind.STREET,
        "oversight": "working-note",
        "reports_penalties": False,
    }
    made, _ = Department.objects.get_or_create(code="some-street", defaults={**facts, "valid_from": "2026-01-01"})
    return Department.objects.get(pk=made.pk)


@pytest.mark.parametrize("scope", ["records", "checks"])
def test_a_street_gets_no_key_that_reaches_records(cast: Cast, scope: str) -> None:
    with pytest.raises(RuleBroken, match="连通测试"):
        _asked(cast, _street(), "connect", scope)
    assert _asked(cast, _street(), "connect").key.pk
    form = {
        "title": "街道系统",
        "department": _street().code,
        "scopes": [scope],
        "expires_on": (clock.today() + timedelta(days=30)).isoformat(),
    }
    page = browser(cast.system_officer).post("/desk/service-keys/", form)
    assert page.status_code == 422
    assert "街道系统" in page.content.decode()
    assert ServiceKey.objects.count() == 1


def test_the_database_gives_a_street_none_either_and_no_bureau_with_one_becomes_a_street(cast: Cast) -> None:
    key = _asked(cast, _street(), "connect").key
    market = made(cast, "checks").key
    statements = {
        "UPDATE accounts_servicekey SET scopes = ARRAY['checks'] WHERE id = %s": key.pk,
        f"UPDATE accounts_servicekey SET department_id = {_street().pk} WHERE id = %s": market.pk,  # noqa: S608
        "UPDATE accounts_department SET kind = 'street' WHERE id = %s": market.department_id,
    }
    for statement, pk in statements.items():
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT tried")
            with pytest.raises(Exception) as refused:  # noqa: PT011 - Django wraps what psycopg raises
                cursor.execute(statement, [pk])
            assert isinstance(refused.value.__cause__, psycopg2.errors.IntegrityConstraintViolation)
            cursor.execute("ROLLBACK TO SAVEPOINT tried")


def test_the_key_of_a_closed_department_opens_nothing_from_the_next_day(cast: Cast) -> None:
    text = working(cast)
    assert call(text)[0] == 200
    last = clock.today() + timedelta(days=1)
    Department.objects.filter(pk=cast.market.pk).update(valid_to=last, successor=cast.health)
    with clock.at(last):
        assert call(text) == (401, {"code": 401, "says": "密钥所属的部门已经停用，请由承接的部门另行申请"})
        with pytest.raises(RuleBroken, match="承接"):
            _asked(cast, Department.objects.get(pk=cast.market.pk), "connect")


def test_what_a_key_hears_is_stored_nowhere_on_the_way(cast: Cast) -> None:
    answer = Client().get(WHOAMI, headers={"Authorization": f"Daoli {working(cast)}"})
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(WHOAMI)["Cache-Control"] == "private, no-store"


def test_keys_that_a_leaver_has_read_end_with_the_account_and_the_page_says_so_before(cast: Cast) -> None:
    text = working(cast)
    other = User.objects.create_staff("second", "a-long-enough-password", display_name="第二", officer="system")
    page = browser(other).get(f"/desk/people/{cast.system_officer.pk}/close/").content.decode()
    assert "市场监管案件系统" in page
    assert "换新的密钥" in page
    people.close(user_id=cast.system_officer.pk, why="离职", actor=other)
    assert call(text) == (401, {"code": 401, "says": "这个密钥已经停用"})
    assert Event.objects.filter(act="service-key.revoked", actor_id=other.audit_id).count() == 1


def test_other_leavers_take_no_key_with_them(cast: Cast) -> None:
    text = working(cast)
    people.close(user_id=cast.clerk.pk, why="离职", actor=cast.system_officer)
    assert call(text)[0] == 200
