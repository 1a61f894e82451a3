import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daoli_credit.audit import check_proof, events, proof, sealer
from daoli_credit.audit.models import Event, LookUp

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=40)


@pytest.fixture
def exported(committing_db: str, an_event: Callable[..., Event], a_look: Callable[..., LookUp]) -> dict[str, Any]:
    numbers = [an_event(object_id=n, opinion=f"同意“{n}”，\n𠮷").pk for n in range(11)]
    a_look()
    sealer.seal()
    an_event()
    sealer.seal()
    said = StringIO()
    call_command("audit_proof", str(numbers[6]), stdout=said)
    return dict(json.loads(said.getvalue()))


def outsider(folder: Path, exported: dict[str, Any], roots_file: Path) -> subprocess.CompletedProcess[str]:
    """The script on its own: copied elsewhere, isolated from our packages."""
    script, file = folder / "check.py", folder / "proof.json"
    script.write_text(Path(check_proof.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    file.write_text(json.dumps(exported, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(script), str(file), str(roots_file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_an_outsider_can_check_a_proof_without_our_system(
    exported: dict[str, Any], tmp_path: Path, roots_file: Path
) -> None:
    answer = outsider(tmp_path, exported, roots_file)
    assert answer.returncode == 0, answer
    assert answer.stdout.startswith("通过：这一行在 ")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"row": {"opinion": "不同意"}}, "内容与叶子不符"),
        ({"row": {"day": "2020-01-01"}}, "内容与叶子不符"),
        ({"row": {"revision": 1}}, "内容与叶子不符"),
        ({"position": 5}, "叶子与根不符"),
        ({"path": []}, "路径过短"),
        ({"seal": {"id": 2}}, "与根文件里的不同"),
        ({"seal": {"id": 9}}, "没有第 9 次封存"),
        ({"row": {"at": "昨天"}}, "文件读不懂"),
    ],
)
def test_an_outsider_finds_each_alteration(
    exported: dict[str, Any], tmp_path: Path, roots_file: Path, changed: dict[str, Any], words: str
) -> None:
    for field, value in changed.items():
        exported[field] = exported[field] | value if isinstance(value, dict) else value
    answer = outsider(tmp_path, exported, roots_file)
    assert answer.returncode == 1
    assert words in answer.stdout


def test_an_outsider_finds_roots_that_do_not_follow_from_each_other(
    exported: dict[str, Any], tmp_path: Path, roots_file: Path
) -> None:
    lines = roots_file.read_text().splitlines()
    roots_file.write_text("\n".join([lines[0], json.dumps(json.loads(lines[1]) | {"count": 7})]))
    answer = outsider(tmp_path, exported, roots_file)
    assert (answer.returncode, "第 2 行与前文不相连" in answer.stdout) == (1, True)


def test_a_look_can_be_proved_too(exported: dict[str, Any], tmp_path: Path, roots_file: Path) -> None:
    said = StringIO()
    call_command("audit_proof", str(LookUp.objects.get().pk), "--look", stdout=said)
    look = json.loads(said.getvalue())
    assert look["row"]["shown"] == ["fact", "ends"]
    assert outsider(tmp_path, look, roots_file).returncode == 0


def test_a_row_not_yet_sealed_has_no_proof(committing_db: str, an_event: Callable[..., Event]) -> None:
    with pytest.raises(CommandError, match="还没有封存"):
        call_command("audit_proof", str(an_event().pk))
    with pytest.raises(CommandError, match="没有编号 0"):
        call_command("audit_proof", "0")


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(label=TEXT, revision=st.none() | st.integers(0, 2**31 - 1), root=st.none() | st.binary(min_size=32, max_size=32))
def test_python_and_the_database_hash_an_event_alike(label: str, revision: int | None, root: bytes | None) -> None:
    event = Event.objects.create(
        day="2026-02-28",
        actor_id=label,
        actor_label=label,
        act="a",
        noun=label,
        object_id="1",
        revision=revision,
        root=root,
    )
    event.refresh_from_db()
    assert check_proof.leaf_of(check_proof.canonical("event", proof.row_of(event))) == bytes(event.leaf)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(shown=st.lists(TEXT, max_size=4), key=st.binary(min_size=34, max_size=34))
def test_python_and_the_database_hash_a_look_alike(officer: events.Actor, shown: list[str], key: bytes) -> None:
    own = events.own_look(actor=officer, person_key=key, shown=shown)
    own.refresh_from_db()
    assert check_proof.leaf_of(check_proof.canonical("lookup", proof.row_of(own))) == bytes(own.leaf)
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf FROM audit_unsealed WHERE source = 2 AND row_id = %s", [own.pk])
        assert bytes(cursor.fetchone()[0]) == bytes(own.leaf)
