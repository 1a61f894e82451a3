"""一次 python3 run: started in a data directory of its own, and what belongs to it."""

import os
import subprocess
import sys
from pathlib import Path

from daoli_credit.embedded.places import CLONE

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DAOLI_TESTING", "DAOLI_EVIDENCE_DIR", "DAOLI_KEYRING")


def start(data: Path, *arguments: str) -> subprocess.Popen[str]:
    """`python3 run`, as from a terminal in which none of our variables is set."""
    environment = {
        name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("OIDC")
    }
    return subprocess.Popen(
        [sys.executable, "run", *arguments],
        cwd=CLONE, env=environment | {"DAOLI_DATA": str(data)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def until_up(run: subprocess.Popen[str]) -> str:
    """What it said until it was up. Raises AssertionError when it does not start."""
    said = ""
    for line in run.stdout or ():
        said += line
        if "启动用时" in line:
            return said
    raise AssertionError(f"没有启动：\n{said}")


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
