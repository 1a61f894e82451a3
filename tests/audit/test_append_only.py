from collections.abc import Callable

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg2 import extensions

from daoli_credit.audit import sealer
from daoli_credit.audit.models import Event, LookUp

KEPT = ["audit_event", "audit_lookup", "audit_seal", "audit_leaves"]
CHANGES = ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"]


@pytest.fixture
def filled(committing_db: str, an_event: Callable[..., Event], a_look: Callable[..., LookUp]) -> None:
    an_event()
    a_look()
    sealer.seal()


def refused_to_the_application(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as why:
        return "permission denied" in str(why)
    return False


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", KEPT)
def test_the_application_may_only_add(table: str) -> None:
    column = "seal_id" if table == "audit_leaves" else "id"
    for statement in CHANGES:
        assert refused_to_the_application(statement.format(table, column))


@pytest.mark.usefixtures("filled")
def test_the_application_reaches_months_through_their_table_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass")
        months = [month for (month,) in cursor.fetchall()]
    assert len(months) >= 13
    for month in months:
        for statement in ("INSERT INTO {0} SELECT * FROM audit_event", *CHANGES):
            assert refused_to_the_application(statement.format(month, "id"))


@pytest.mark.usefixtures("filled")
def test_the_application_puts_nothing_into_the_queue_and_makes_no_tables() -> None:
    assert refused_to_the_application("INSERT INTO audit_unsealed VALUES (1, now(), 1, '')")
    assert refused_to_the_application("UPDATE audit_unsealed SET leaf = ''")
    assert refused_to_the_application("TRUNCATE audit_unsealed")
    assert refused_to_the_application("INSERT INTO audit_dropped VALUES (1, now(), 0, '-', now(), now())")
    assert refused_to_the_application("CREATE TABLE audit_copy ()")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("statement", CHANGES)
def test_a_trigger_refuses_the_owner_too(owner_cursor: extensions.cursor, table: str, statement: str) -> None:
    column = "seal_id" if table == "audit_leaves" else "id"
    with pytest.raises(psycopg2.IntegrityError, match="存证只增不改"):
        owner_cursor.execute(statement.format(table, column))


@pytest.mark.usefixtures("filled")
def test_a_trigger_stands_on_every_month(owner_cursor: extensions.cursor) -> None:
    owner_cursor.execute("SELECT tableoid::regclass::text FROM audit_event")
    (month,) = owner_cursor.fetchone() or (None,)
    for statement in CHANGES:
        with pytest.raises(psycopg2.IntegrityError, match="存证只增不改"):
            owner_cursor.execute(statement.format(month, "id"))


def test_a_temporary_table_does_not_stand_in_for_the_queue(committing_db: str, an_event: Callable[..., Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE audit_unsealed (LIKE public.audit_unsealed)")
        event = an_event()
        cursor.execute("SELECT row_id FROM public.audit_unsealed")
        assert cursor.fetchall() == [(event.pk,)]
