"""一次 python3 run: started in a data directory of its own, and what belongs to it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daoli_credit.embedded.places import CLONE

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DAOLI_TESTING", "DAOLI_EVIDENCE_DIR", "DAOLI_KEYRING")


def start(data: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    """`python3 run`, as from a terminal in which none of our variables is set, but for those that are given here."""
    environment = {
        name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("OIDC")
    }
    return subprocess.Popen(
        [sys.executable, "run", *arguments],
        cwd=CLONE, env=environment | {"DAOLI_DATA": str(data)} | variables, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


@contextmanager
def started(data: Path, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """`start`, and however the test ends, the run ends with it: what stays would be taken for the next test's."""
    with start(data, *arguments, **variables) as run:
        try:
            yield run
        finally:
            run.kill()


def until_says(run: subprocess.Popen[str], words: str) -> str:
    """What it said until it said this. Raises AssertionError when it ends before."""
    said = ""
    for line in run.stdout or ():
        said += line
        if words in line:
            return said
    raise AssertionError(f"没有说“{words}”：\n{said}")


def nobody_left(data: Path, patience: float = 60) -> None:
    """Waits for the last process of this directory to leave."""
    until = time.monotonic() + patience
    while left := belonging_to(data):
        assert time.monotonic() < until, f"仍有进程：{left}"
        time.sleep(0.1)


def until_up(run: subprocess.Popen[str]) -> str:
    """What it said until it was up. Raises AssertionError when it does not start."""
    return until_says(run, "启动用时")


def belonging_to(data: Path) -> dict[int, str]:
    """Every process that names the data directory in its arguments or environment, or stands in it."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            if str(data).encode() in words or (entry / "cwd").readlink().is_relative_to(data):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found
