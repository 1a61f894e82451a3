"""在内存里: the checks keep in memory what they throw away, where there is room, and leave nothing there."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from daoli_credit.embedded import in_memory, testbed
from daoli_credit.embedded.in_memory import CLUSTERS
from daoli_credit.embedded.places import CLONE

KILLED = """
import os, pathlib, signal, sys
from daoli_credit.embedded import in_memory
in_memory.ROOM = in_memory.SPARE = 1
with in_memory.in_memory(pathlib.Path(sys.argv[1])) as places:
    pathlib.Path(places["TMPDIR"], "left").write_text("x")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file system of our own, roomy as long as a test says nothing else."""
    for name in ("DAOLI_DATA", "TMPDIR", CLUSTERS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(in_memory, "ROOM", 1)
    monkeypatch.setattr(in_memory, "SPARE", 1)
    return tmp_path


def test_clusters_and_temporary_files_lie_there_while_it_lasts_and_nothing_stays(memory: Path) -> None:
    with in_memory.in_memory(memory) as places:
        assert set(places) == {CLUSTERS, "TMPDIR"}
        assert all(Path(place).is_dir() and Path(place).is_relative_to(memory) for place in places.values())
        assert all(Path(place).stat().st_mode & 0o777 == 0o711 for place in places.values())
        (Path(places["TMPDIR"]) / "left").write_text("x")
    assert not list(memory.iterdir())


def test_a_second_run_at_the_same_time_has_its_own(memory: Path) -> None:
    with in_memory.in_memory(memory) as one, in_memory.in_memory(memory) as other:
        assert not set(one.values()) & set(other.values())
    assert not list(memory.iterdir())


def test_what_a_killed_run_left_goes_with_the_next_one(memory: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(memory)], cwd=CLONE, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    (left,) = memory.rglob("left")
    with in_memory.in_memory(memory) as places:
        assert Path(places["TMPDIR"]) == left.parent
        assert not left.exists()
    assert not list(memory.iterdir())


@pytest.mark.parametrize("name", ["DAOLI_DATA", "TMPDIR"])
def test_whoever_says_where_things_lie_is_obeyed(memory: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, str(memory / "elsewhere"))
    with in_memory.in_memory(memory) as places:
        assert places == {}


@pytest.mark.parametrize("short", ["ROOM", "SPARE"])
def test_without_room_everything_stays_on_disk(memory: Path, monkeypatch: pytest.MonkeyPatch, short: str) -> None:
    monkeypatch.setattr(in_memory, short, 1 << 60)
    with in_memory.in_memory(memory) as places:
        assert places == {}
    assert not list(memory.iterdir())


def test_a_container_counts_what_it_may_take_and_not_what_the_machine_has(tmp_path: Path) -> None:
    assert in_memory.allowed(tmp_path) == sys.maxsize
    (tmp_path / "memory.current").write_text("1000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert in_memory.allowed(tmp_path) == sys.maxsize
    (tmp_path / "memory.max").write_text("5000\n")
    assert in_memory.allowed(tmp_path) == 4000
    assert 0 < in_memory.available() < sys.maxsize


def test_where_there_is_no_such_file_system_everything_stays_on_disk(memory: Path) -> None:
    with in_memory.in_memory(memory / "nowhere") as places:
        assert places == {}


def test_the_test_clusters_are_made_where_the_run_says(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_memory.in_memory(memory) as places:
        monkeypatch.setenv(CLUSTERS, places[CLUSTERS])
        with ExitStack() as stack:
            assert testbed.cluster_of_our_own(stack) == Path(places[CLUSTERS]) / "tests-1"
            assert testbed.cluster_of_our_own(stack) == Path(places[CLUSTERS]) / "tests-2"
    monkeypatch.delenv(CLUSTERS)
    monkeypatch.setenv("DAOLI_DATA", str(memory / "kept"))
    with ExitStack() as stack:
        assert testbed.cluster_of_our_own(stack) == Path(os.environ["DAOLI_DATA"]) / "tests-1"
