"""一座网站: the whole demo in a folder of its own, for browser tests.

As a program it serves one portal to all workers: `python -m tests.browser.served -n 2 -m browser …` runs pytest.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daoli_credit.embedded.places import prepared
from daoli_credit.embedded.ports import kept_port
from tests.embedded.a_run import started, until_up

ORIGIN, DATA = "DAOLI_BROWSER_ORIGIN", "DAOLI_BROWSER_DATA"


@dataclass(frozen=True)
class Portal:
    """The running demo: its address and its data directory."""

    origin: str
    data: Path

    def passwords(self) -> dict[str, str]:
        """The cast's, by login name."""
        people = json.loads((self.data / "cast.json").read_text(encoding="utf-8"))
        return {one["username"]: one["password"] for one in people}


@contextmanager
def running() -> Iterator[Portal]:
    """`python3 run`, or the one that another process serves already. Raises AssertionError when it does not start."""
    if ORIGIN in os.environ:
        yield Portal(os.environ[ORIGIN], Path(os.environ[DATA]))
        return
    data = prepared(Path(tempfile.mkdtemp(prefix="daoli-browser-")))
    try:
        with kept_port() as port, started(data, "--port", str(port)) as run:
            try:
                until_up(run)
                yield Portal(f"http://127.0.0.1:{port}", data)
            finally:
                run.send_signal(signal.SIGINT)
                run.wait(timeout=120)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """pytest beside one portal."""
    with running() as portal:
        environment = os.environ | {ORIGIN: portal.origin, DATA: str(portal.data)}
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], env=environment)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
