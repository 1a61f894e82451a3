"""python3 run: however it ends, no process stays and the next start works."""

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daoli_credit.embedded.places import prepared
from daoli_credit.embedded.world import free_port
from tests.embedded.a_run import belonging_to, start, until_up

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One data directory for the whole story, which the servers' user can enter, whoever runs the tests."""
    folder = prepared(Path(tempfile.mkdtemp(prefix="daoli-data-")))
    yield folder
    shutil.rmtree(folder)


def nobody_left(data: Path, patience: float = 15) -> None:
    until = time.monotonic() + patience
    while left := belonging_to(data):
        assert time.monotonic() < until, f"仍有进程：{left}"
        time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_however_it_ends_the_next_start_works(data: Path, how: signal.Signals) -> None:
    """Each case starts where the one before ended, at once, while its last servers may still be leaving."""
    made_before = (data / "postgres").exists()
    run = start(data, "--port", str(free_port()))
    assert ("manage.py" in until_up(run)) is not made_before, "只有第一次启动才建库"
    assert len(belonging_to(data)) > 8
    if how is signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does it
    else:
        run.send_signal(how)
    assert run.wait(30) == (-signal.SIGKILL if how is signal.SIGKILL else 0)


def test_a_second_start_says_where_the_first_one_is_and_at_the_end_no_process_stays(data: Path) -> None:
    port = free_port()
    first = start(data, "--port", str(port))
    said = until_up(first)
    assert f"http://127.0.0.1:{port}/" in said
    second = start(data, "--port", str(free_port()))
    told, _ = second.communicate(timeout=60)
    first.kill()
    first.wait(30)
    assert second.returncode == 1
    assert f"已在运行：http://127.0.0.1:{port}/（进程 {first.pid}）" in told
    nobody_left(data)


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = start(tmp_path, "--port", str(taken.getsockname()[1]))
        told, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "可用 --port 换一个端口" in told
    assert not (tmp_path / "postgres").exists()
