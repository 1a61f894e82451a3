"""python3 run: however it ends, no process stays and the next start works."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from daoli_credit.embedded.places import hold, prepared
from daoli_credit.embedded.ports import kept_port
from tests.embedded.a_run import belonging_to, nobody_left, started, until_says, until_up

pytestmark = pytest.mark.whole


@dataclass
class Story:
    """One data directory for the whole story, and whether a start has already come to its end there."""

    data: Path
    ready: bool = False


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    """A folder that the servers' user can enter, whoever runs the tests."""
    folder = prepared(Path(tempfile.mkdtemp(prefix="daoli-data-")))
    yield Story(folder)
    shutil.rmtree(folder)


@pytest.fixture
def port() -> Iterator[int]:
    """Ours until the run listens there."""
    with kept_port() as number:
        yield number


def ended(run: "subprocess.Popen[str]", how: signal.Signals) -> None:
    """Asked to stop in one of three ways, it leaves with 0; killed, it is gone."""
    if how is signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does it
    else:
        run.send_signal(how)
    assert run.wait(120) == (-signal.SIGKILL if how is signal.SIGKILL else 0)


@pytest.mark.parametrize(
    ("step", "how"),
    [
        ("PostgreSQL 与 Valkey", signal.SIGINT),
        ("PostgreSQL 与 Valkey", signal.SIGKILL),
        ("manage.py migrate", signal.SIGINT),
        ("manage.py migrate", signal.SIGKILL),
        ("seed_demo", signal.SIGKILL),
        ("seed_demo", signal.SIGTERM),
    ],
)
def test_a_first_start_that_is_stopped_at_any_step_is_taken_up_by_the_next(
    story: Story, port: int, step: str, how: signal.Signals
) -> None:
    """Each case goes on where the one before was stopped, at once, while its last servers may still be leaving."""
    with started(story.data, "--port", str(port)) as run:
        until_says(run, step)
        ended(run, how)


def test_a_first_start_whose_people_cannot_be_told_leaves_no_process_and_no_lock(story: Story, port: int) -> None:
    """Rules that wait for confirmation: the story of the demonstration is not possible under the real edition."""
    before = (story.data / "cast.json").read_bytes()
    with started(story.data, "--port", str(port), DAOLI_EDITION="2026-11") as run:
        told, _ = run.communicate(timeout=900)
    assert run.returncode == 1
    assert "建库没有完成" in told
    nobody_left(story.data)
    hold(story.data).close()
    assert (story.data / "cast.json").read_bytes() == before


def test_one_that_is_killed_before_the_site_is_up_has_its_people_already(story: Story, port: int) -> None:
    with started(story.data, "--port", str(port)) as run:
        assert "seed_demo" in until_says(run, "web、worker")
        story.ready = True
        ended(run, signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_however_it_ends_the_next_start_works(story: Story, port: int, how: signal.Signals) -> None:
    """Each case starts where the one before ended, at once, while its last servers may still be leaving."""
    with started(story.data, "--port", str(port)) as run:
        said = until_up(run)
        assert ("manage.py" in said) is not story.ready, "只有第一次启动才建库"
        assert len(belonging_to(story.data)) > 8
        ended(run, how)


def test_a_second_start_says_where_the_first_one_is_and_at_the_end_no_process_stays(story: Story, port: int) -> None:
    with started(story.data, "--port", str(port)) as first:
        said = until_up(first)
        assert f"http://127.0.0.1:{port}/" in said
        with kept_port() as another, started(story.data, "--port", str(another)) as second:
            told, _ = second.communicate(timeout=120)
        assert second.returncode == 1
        assert f"已在运行：http://127.0.0.1:{port}/（进程 {first.pid}）" in told
    nobody_left(story.data)


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with started(tmp_path, "--port", str(taken.getsockname()[1])) as run:
            told, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "可用 --port 换一个端口" in told
    assert not (tmp_path / "postgres").exists()


def test_what_is_no_file_of_people_is_said_in_words_and_nothing_stays(port: int) -> None:
    data = prepared(Path(tempfile.mkdtemp(prefix="daoli-data-")))
    (data / "cast.json").write_text('[{"username": "zhao', encoding="utf-8")
    with started(data, "--port", str(port)) as run:
        told, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "请删除它，下一次启动会给每个人物生成新的口令" in told
    assert "Traceback" not in told
    nobody_left(data)
    shutil.rmtree(data)
