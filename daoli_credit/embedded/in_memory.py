"""在内存里: where the checks keep what they throw away, while they run: test databases and temporary files.

Each of some three hundred committing tests makes a database of 1,600 small files and deletes it again. ext4 without
a journal does not give a deleted file's number away again for minutes: on a disk of that kind every new file looks
past all of them, and such a database costs twenty times the processor time that it costs in memory.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from daoli_credit.embedded.places import CLONE, Taken, hold, prepared

MEMORY = Path("/dev/shm")  # noqa: S108  the owner is checked in prepared()
ROOM = 4 << 30  # three servers at once, none of which keeps more than a gigabyte of journal
SPARE = 2 * ROOM  # and the rest of the machine has work to do
CLUSTERS = "DAOLI_TEST_CLUSTERS"  # for daoli_credit.embedded.testbed


def available() -> int:
    """Bytes of memory that can be had without anything being driven out of it; 0 where nobody says."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
    except OSError:
        return 0
    return min(int(lines.get("MemAvailable", "0").split()[0]) << 10, allowed())


def allowed(group: Path = Path("/sys/fs/cgroup")) -> int:
    """What a container may still take: the machine's memory is not all its own."""
    try:
        most, taken = ((group / name).read_text(encoding="ascii").strip() for name in ("memory.max", "memory.current"))
    except OSError:
        return sys.maxsize
    return int(most) - int(taken) if most.isdigit() else sys.maxsize


def roomy(folder: Path) -> bool:
    """Is there a file system with room, on which programs may be started, and memory to fill it?

    A container often has a small one, or one that starts nothing.
    """
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    there = os.statvfs(folder)
    return not there.f_flag & os.ST_NOEXEC and there.f_bavail * there.f_frsize >= ROOM and available() >= SPARE


def emptied(folder: Path) -> None:
    """What a killed run left there goes; the lock stays with whoever holds it."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != "lock":
            entry.unlink(missing_ok=True)


@contextmanager
def in_memory(memory: Path = MEMORY) -> Iterator[dict[str, str]]:
    """What the processes of this run find in their environment; nothing where there is no room, or where DAOLI_DATA
    or TMPDIR say already where things lie. The folder is gone afterwards; after a kill -9 the next run empties it."""
    if not roomy(memory) or {"DAOLI_DATA", "TMPDIR"} & set(os.environ):
        yield {}
        return
    mark = hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    with ExitStack() as stack:
        for number in count(1):
            folder = prepared(memory / f"daoli-{mark}-{number}")
            try:
                stack.callback(hold(folder).close)
            except Taken:
                continue
            break
        emptied(folder)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        clusters, temporary = prepared(folder / "clusters"), prepared(folder / "tmp")
        yield {CLUSTERS: str(clusters), "TMPDIR": str(temporary)}
