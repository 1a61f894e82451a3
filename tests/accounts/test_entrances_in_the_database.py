"""入口的约束: what the application's role cannot write, whatever the program says."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts import letters, service_keys
from daoli_credit.law import clock
from tests.accounts import codes
from tests.cast import Cast

GU = "999999197002280019"


def refused(sql: str, *values: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_time_step_never_goes_back_and_a_secret_is_not_swapped(cast: Cast) -> None:
    codes.enrol(cast.clerk)
    refused("UPDATE accounts_secondfactor SET last_step = last_step - 1")
    refused("UPDATE accounts_secondfactor SET secret = 'x'")
    refused("UPDATE accounts_secondfactor SET user_id = %s", cast.reviewer.pk)


def test_a_used_recovery_code_stays_used(cast: Cast) -> None:
    codes.enrol(cast.clerk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_recoverycode SET used_at = now()")
    refused("UPDATE accounts_recoverycode SET used_at = NULL")


def test_a_citizen_holds_neither_a_second_factor_nor_a_unit_login(cast: Cast) -> None:
    codes.enrol(cast.clerk)
    columns = "token, secret, made_at, last_step"
    refused(
        f"INSERT INTO accounts_secondfactor (user_id, {columns})"  # noqa: S608  our own names
        " SELECT %s, gen_random_uuid(), secret, made_at, 0 FROM accounts_secondfactor",
        cast.citizen.pk,
    )
    refused(
        "INSERT INTO accounts_externallogin (user_id, provider, issuer, subject_key, linked_at)"
        " VALUES (%s, 'unit', 'i', 'k', now())",
        cast.citizen.pk,
    )


def test_a_letter_is_used_once_in_its_time_and_never_made_young_again(cast: Cast) -> None:
    assert cast.counter.home_department is not None
    letters.print_letter(id_number=GU, actor=cast.counter, department=cast.counter.home_department)
    refused("UPDATE accounts_activationletter SET used_on = good_until + 1")
    refused("UPDATE accounts_activationletter SET good_until = good_until + 1")
    refused("UPDATE accounts_activationletter SET digest = 'x'")
    refused("UPDATE accounts_activationletter SET wrong_tries = 6")
    refused("UPDATE accounts_activationletter SET wrong_tries = 5, used_on = printed_on")
    refused("DELETE FROM accounts_activationletter")
    refused(
        "INSERT INTO accounts_activationletter (token, number, person_key, digest, printed_by_id, department_id,"
        " printed_on, good_until, wrong_tries) SELECT gen_random_uuid(), 'x', person_key, digest, printed_by_id,"
        " department_id, printed_on, good_until, 0 FROM accounts_activationletter"
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_activationletter SET wrong_tries = 3")
        refused("UPDATE accounts_activationletter SET wrong_tries = 0")
        cursor.execute("UPDATE accounts_activationletter SET used_on = printed_on")
    refused("UPDATE accounts_activationletter SET used_on = NULL")


def test_a_key_has_two_people_a_year_and_no_second_life(cast: Cast) -> None:
    service_keys.ask(
        actor=cast.system_officer,
        title="案件系统",
        department=cast.market,
        scopes=["connect"],
        expires_on=clock.today() + timedelta(days=30),
    )
    refused("UPDATE accounts_servicekey SET approved_by_id = made_by_id, approved_on = made_on")
    refused("UPDATE accounts_servicekey SET approved_on = made_on")
    refused("UPDATE accounts_servicekey SET expires_on = made_on + 400")
    refused("UPDATE accounts_servicekey SET expires_on = expires_on + 1")
    refused("UPDATE accounts_servicekey SET scopes = '{connect,records}'")
    refused("UPDATE accounts_servicekey SET last_used_on = made_on")
    refused("DELETE FROM accounts_servicekey")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_servicekey SET revoked_by_id = %s, revoked_on = made_on", [cast.security_officer.pk]
        )
    refused("UPDATE accounts_servicekey SET revoked_by_id = NULL, revoked_on = NULL")
