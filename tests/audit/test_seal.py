from collections.abc import Callable, Iterator

import psycopg2
import pytest
from django.db import connection
from psycopg2 import extensions

from daoli_credit.audit import sealer, tasks
from daoli_credit.audit.models import Event, LookUp, Seal

INSERT = """
    INSERT INTO audit_event
        (day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status, opinion)
    SELECT now(), 'user:8', '李强', '', 'specimen.tested', 'specimen', n::text, '', '', '' FROM generate_series(1, %s) n
    RETURNING id
"""


@pytest.fixture
def another(committing_db: str) -> Iterator[extensions.connection]:
    other = psycopg2.connect(**connection.get_connection_params())
    yield other
    other.close()


def queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_unsealed")
        return int(cursor.fetchone()[0])


def test_a_seal_takes_all_that_waits_and_empties_the_queue(
    committing_db: str, an_event: Callable[..., Event], a_look: Callable[..., LookUp]
) -> None:
    an_event()
    a_look()
    sealed = sealer.seal()
    assert sealed
    assert (sealed.seals, sealed.rows) == (1, 2)
    assert queued() == 0


def test_sealing_twice_changes_nothing(committing_db: str, an_event: Callable[..., Event]) -> None:
    an_event()
    tasks.seal()
    tasks.seal()
    assert sealer.seal() is None
    assert Seal.objects.count() == 1


def test_a_slow_transaction_holds_nobody_up_and_its_event_goes_into_a_later_batch(
    another: extensions.connection, an_event: Callable[..., Event], faults: Callable[[], list[str]]
) -> None:
    with another.cursor() as cursor:
        cursor.execute(INSERT, [2])
        late = {row[0] for row in cursor.fetchall()}
        prompt = an_event()
        assert prompt.pk > max(late)
        first = sealer.seal()
        assert first
        assert first.rows == 1
        another.commit()
    second = sealer.seal()
    assert second
    assert second.rows == 2
    assert faults() == []


def test_a_second_sealer_stands_back(another: extensions.connection, an_event: Callable[..., Event]) -> None:
    an_event()
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit_seal'))")
        assert sealer.seal() is None
        another.rollback()
    assert sealer.seal()


def test_a_long_queue_is_sealed_in_several_batches(
    another: extensions.connection, monkeypatch: pytest.MonkeyPatch, faults: Callable[[], list[str]]
) -> None:
    monkeypatch.setattr(sealer, "BATCH", 400)
    with another.cursor() as cursor:
        cursor.execute(INSERT, [1001])
        another.commit()
    sealed = sealer.seal()
    assert sealed
    assert (sealed.seals, sealed.rows) == (3, 1001)
    assert faults() == []


def test_an_import_of_many_rows_is_queued_whole(another: extensions.connection) -> None:
    with another.cursor() as cursor:
        cursor.execute(INSERT, [5000])
        another.commit()
    assert queued() == 5000
