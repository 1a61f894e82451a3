import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from psycopg2 import extensions

from daoli_credit.audit import roots, sealer, verify_seals
from daoli_credit.audit.models import Event, Seal


@pytest.fixture
def three_seals(committing_db: str, an_event: Callable[..., Event]) -> None:
    for _ in range(3):
        an_event()
        sealer.seal()


@pytest.mark.usefixtures("three_seals")
def test_every_seal_has_its_line_outside(roots_file: Path) -> None:
    lines = [json.loads(line) for line in roots_file.read_text().splitlines()]
    assert lines == [roots.line_of(seal) for seal in Seal.objects.order_by("pk")]
    assert roots.newest() == lines[-1]


@pytest.mark.usefixtures("three_seals")
def test_lines_that_are_missing_are_caught_up_and_a_torn_one_is_written_again(roots_file: Path) -> None:
    whole = roots_file.read_bytes()
    roots_file.write_bytes(whole[: len(whole) // 2])
    assert roots.publish() in {1, 2}
    assert roots_file.read_bytes() == whole
    assert roots.publish() == 0


@pytest.mark.usefixtures("three_seals")
def test_sealing_stops_when_the_database_is_older_than_the_roots(
    owner_cursor: extensions.cursor, an_event: Callable[..., Event], faults: Callable[[], list[str]]
) -> None:
    owner_cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
    owner_cursor.execute("DELETE FROM audit_seal WHERE id = 3")
    an_event()
    with pytest.raises(roots.RootsDisagree, match="旧备份"):
        sealer.seal()
    assert Seal.objects.count() == 2
    assert any("第 3 次封存：库外有而数据库没有" in fault for fault in faults())


@pytest.mark.usefixtures("three_seals")
def test_a_seal_that_was_replaced_is_found_by_the_root_outside(
    roots_file: Path, faults: Callable[[], list[str]]
) -> None:
    lines = roots_file.read_text().splitlines()
    changed = json.loads(lines[1]) | {"root": "00" * 32}
    roots_file.write_text("\n".join([lines[0], json.dumps(changed), lines[2]]) + "\n")
    assert faults() == ["第 2 次封存：与库外的根不同"]


@pytest.mark.usefixtures("three_seals")
def test_a_last_line_that_differs_stops_sealing(roots_file: Path, an_event: Callable[..., Event]) -> None:
    an_event()
    lines = roots_file.read_text().splitlines()
    changed = json.loads(lines[-1]) | {"count": 9}
    roots_file.write_text("\n".join([*lines[:-1], json.dumps(changed)]) + "\n")
    with pytest.raises(roots.RootsDisagree, match="第 3 次封存"):
        sealer.seal()


@pytest.mark.usefixtures("three_seals")
def test_a_missing_file_is_found(
    roots_file: Path, faults: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    roots_file.unlink()
    assert faults() == []
    monkeypatch.setattr(verify_seals, "FRESH", timedelta(0))
    assert faults() == ["第 1 次封存：库外没有它的根"]


@pytest.mark.usefixtures("three_seals")
def test_a_file_that_cannot_be_read_stops_sealing(roots_file: Path) -> None:
    roots_file.write_text("不是根\n")
    with pytest.raises(roots.RootsDisagree, match="读不懂"):
        sealer.seal()
