"""python3 test: however it ends, none of its servers and none of its children stays."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daoli_credit.embedded.places import CLONE, prepared
from daoli_credit.embedded.testbed import ENVIRONMENT
from tests.embedded.a_run import OURS, belonging_to

pytestmark = pytest.mark.whole
FOREIGN = ("OIDC", "PYTEST_", "DAOLI_TEST")  # what this very run of pytest has put there


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One data directory, which the servers' user can enter."""
    folder = prepared(Path(tempfile.mkdtemp(prefix="daoli-checks-")))
    yield folder
    shutil.rmtree(folder)


# the first lane, whose own commands are given something longer to do
LANE = """
import signal, sys
from daoli_credit.embedded.lane import Lane, travel
from daoli_credit.embedded.lanes import lint
signal.signal(signal.SIGTERM, signal.default_int_handler)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in its background deaf to it
try:
    travel(Lane("试", commands=([sys.executable, "-c", "import time; time.sleep(300)"],), beside=lint().beside), ())
except KeyboardInterrupt:
    sys.exit(130)
"""


def begin(data: Path) -> subprocess.Popen[bytes]:
    """As from a terminal in which none of our variables is set."""
    ours = {*OURS, *ENVIRONMENT}
    kept = {name: value for name, value in os.environ.items() if name not in ours and not name.startswith(FOREIGN)}
    return subprocess.Popen(
        [sys.executable, "-c", LANE], cwd=CLONE, env=kept | {"DAOLI_DATA": str(data)}, start_new_session=True
    )


def serving(left: dict[int, str]) -> bool:
    """Does the server of the test databases stand there?"""
    return any("bin/postgres" in words for words in left.values())


def nobody(left: dict[int, str]) -> bool:
    """Has everybody left?"""
    return not left


def until(met: Callable[[dict[int, str]], bool], data: Path, patience: float = 180) -> None:
    """Waits for what the processes of this directory are to become."""
    end = time.monotonic() + patience
    while not met(left := belonging_to(data)):
        assert time.monotonic() < end, left
        time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_however_the_checks_are_stopped_nobody_stays(data: Path, how: signal.Signals) -> None:
    """Each case starts where the one before ended."""
    checks = begin(data)
    until(serving, data)
    checks.send_signal(how)
    assert checks.wait(180) == (-how if how is signal.SIGKILL else 130)
    until(nobody, data)
