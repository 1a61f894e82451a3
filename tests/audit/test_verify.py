from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg2 import extensions

from daoli_credit.audit import sealer
from daoli_credit.audit.models import Event, LookUp

Faults = Callable[[], list[str]]


@pytest.fixture
def sealed(committing_db: str, an_event: Callable[..., Event], a_look: Callable[..., LookUp]) -> list[int]:
    numbers = [an_event(object_id=n).pk for n in range(5)]
    a_look()
    sealer.seal()
    return numbers


def test_untouched_evidence_passes_in_words(sealed: list[int]) -> None:
    said = StringIO()
    call_command("audit", "verify", stdout=said)
    assert "事件：5 条的叶子与内容相符" in said.getvalue()
    assert "核验通过" in said.getvalue()


def test_an_altered_row_is_named_and_the_command_fails(sealed: list[int], owner_cursor: extensions.cursor) -> None:
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE audit_event SET opinion = '不同意' WHERE id >= %s", [sealed[2]])
    said, warned = StringIO(), StringIO()
    with pytest.raises(SystemExit) as exit_code:
        call_command("audit", "verify", stdout=said, stderr=warned)
    assert exit_code.value.code == 1
    assert f"事件 {sealed[2]}：内容与叶子不符，被改过（共 3 条）" in said.getvalue()
    assert "核验不通过" in warned.getvalue()


def test_a_row_altered_together_with_its_leaf_is_named(
    sealed: list[int], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_cursor.execute(
        """UPDATE audit_event e SET opinion = '不同意', leaf = audit_leaf_of(audit_canonical_event(
           id, at, day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status, '不同意',
           revision, count, root))
           WHERE id = %s""",
        [sealed[3]],
    )
    assert faults() == [f"事件 {sealed[3]}：叶子与封存时不同（第 1 次封存）"]


def test_leaves_altered_along_with_their_row_no_longer_give_the_root(
    sealed: list[int], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    for table in ("audit_event", "audit_leaves"):
        owner_cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE audit_event SET leaf = sha256('x') WHERE id = %s", [sealed[0]])
    owner_cursor.execute(
        "UPDATE audit_leaves SET leaves = overlay(leaves placing sha256('x') from 1) WHERE source = 1",
    )
    assert faults() == [f"事件 {sealed[0]}：内容与叶子不符，被改过（共 1 条）", "第 1 次封存：叶子算不出封存的根"]


def test_a_seal_altered_along_with_its_leaves_breaks_the_chain(
    sealed: list[int], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    owner_cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE audit_seal SET last_at = last_at + interval '1 second'")
    assert faults() == ["第 1 次封存：链值不符，封存记录被改过", "第 1 次封存：与库外的根不同"]


def test_a_removed_row_is_named(sealed: list[int], owner_cursor: extensions.cursor, faults: Faults) -> None:
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_cursor.execute("DELETE FROM audit_event WHERE id = %s", [sealed[1]])
    assert faults() == [f"事件 {sealed[1]}：已封存的行不见了（第 1 次封存）"]


def test_a_removed_look_is_named(sealed: list[int], owner_cursor: extensions.cursor, faults: Faults) -> None:
    number = LookUp.objects.get().pk
    owner_cursor.execute("ALTER TABLE audit_lookup DISABLE TRIGGER USER")
    owner_cursor.execute("DELETE FROM audit_lookup")
    assert faults() == [f"查询记录 {number}：已封存的行不见了（第 1 次封存）"]


def test_a_row_put_in_behind_the_triggers_back_is_named(
    sealed: list[int], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_queue")
    owner_cursor.execute(
        "INSERT INTO audit_event (day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status,"
        " opinion) VALUES (now(), 'x', '', '', 'x.y', 'x', '1', '', '', '') RETURNING id"
    )
    (number,) = owner_cursor.fetchone() or (None,)
    assert faults() == [f"事件 {number}：既未封存也不在待封存队列（共 1 条）"]


def test_a_row_taken_from_the_queue_unsealed_is_named(
    sealed: list[int], an_event: Callable[..., Event], faults: Faults
) -> None:
    event = an_event()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_unsealed")
    assert faults() == [f"事件 {event.pk}：既未封存也不在待封存队列（共 1 条）"]


@pytest.mark.parametrize(
    "cover",
    [
        "INSERT INTO audit_unsealed SELECT id, at, 1, leaf FROM audit_event WHERE id = {sealed}",
        "INSERT INTO audit_unsealed VALUES (999, now(), 1, sha256('x'))",
        "INSERT INTO audit_leaves SELECT 1, 1, '2020-01-01', 999, 999, 1, '{{999}}', sha256('x')",
        "ALTER TABLE audit_leaves DROP CONSTRAINT audit_leaves_has_one_for_each_id;"
        " ALTER TABLE audit_leaves DISABLE TRIGGER USER; UPDATE audit_leaves SET count = count + 1",
    ],
    ids=["a sealed row queued again", "a number without a row", "leaves without rows", "a count that was raised"],
)
def test_a_forgotten_row_is_named_however_the_numbers_are_made_to_add_up(
    sealed: list[int], an_event: Callable[..., Event], owner_cursor: extensions.cursor, faults: Faults, cover: str
) -> None:
    event = an_event()
    owner_cursor.execute("DELETE FROM audit_unsealed")
    owner_cursor.execute(cover.format(sealed=sealed[2]))
    assert f"事件 {event.pk}：既未封存也不在待封存队列（共 1 条）" in faults()


def test_a_waiting_row_that_was_altered_or_removed_is_named(
    sealed: list[int], an_event: Callable[..., Event], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    event = an_event()
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_cursor.execute("DELETE FROM audit_event WHERE id = %s", [event.pk])
    assert faults() == [f"事件 {event.pk}：在队列里，但行不见了或叶子不同"]


def test_a_row_that_waits_over_ten_minutes_is_named(
    sealed: list[int], an_event: Callable[..., Event], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    event = an_event()
    owner_cursor.execute("UPDATE audit_unsealed SET at = at - interval '9 minutes'")
    assert faults() == []
    owner_cursor.execute("UPDATE audit_unsealed SET at = at - interval '2 minutes'")
    assert faults() == [f"事件 {event.pk}：排队超过 10 分钟仍未封存，封存任务可能停了"]


def test_leaves_without_a_seal_are_named(sealed: list[int], faults: Faults) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_leaves SELECT 9, source, month, first_id, last_id, count, ids, leaves FROM audit_leaves"
        )
    assert faults() == ["第 9 次封存：有叶子而没有封存记录"]


def test_sealing_by_command_says_how_many(committing_db: str, an_event: Callable[..., Event]) -> None:
    an_event()
    said = StringIO()
    call_command("audit", "seal", stdout=said)
    call_command("audit", "seal", stdout=said)
    assert said.getvalue().splitlines() == ["已封存 1 条，至第 1 次封存", "没有待封存的行"]


def test_a_second_row_under_a_sealed_number_in_another_month_is_named(
    sealed: list[int], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_cursor.execute(
        """INSERT INTO audit_event SELECT id, later, day, actor_id, actor_label, department, act, noun, object_id,
               from_status, to_status, opinion, revision, count, root,
               audit_leaf_of(audit_canonical_event(id, later, day, actor_id, actor_label, department, act, noun,
               object_id, from_status, to_status, opinion, revision, count, root))
           FROM (SELECT *, at + interval '2 months' AS later FROM audit_event WHERE id = %s) e""",
        [sealed[1]],
    )
    assert faults() == [f"事件 {sealed[1]}：同一编号出现多次"]


def test_batches_whose_numbers_interlock_are_right_and_a_wrong_row_among_them_is_named(
    committing_db: str, an_event: Callable[..., Event], owner_cursor: extensions.cursor, faults: Faults
) -> None:
    numbers = [an_event(object_id=n).pk for n in range(6)]
    owner_cursor.execute("CREATE TABLE kept AS SELECT * FROM audit_unsealed WHERE mod(row_id, 2) = 0")
    owner_cursor.execute("DELETE FROM audit_unsealed WHERE mod(row_id, 2) = 0")
    sealer.seal()
    owner_cursor.execute("INSERT INTO audit_unsealed SELECT * FROM kept; DROP TABLE kept")
    sealer.seal()
    assert faults() == []
    owner_cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE audit_event SET leaf = sha256('x') WHERE id = %s", [numbers[3]])
    seal = 1 if numbers[3] % 2 else 2
    assert faults() == [
        f"事件 {numbers[3]}：内容与叶子不符，被改过（共 1 条）",
        f"事件 {numbers[3]}：叶子与封存时不同（第 {seal} 次封存）",
    ]
