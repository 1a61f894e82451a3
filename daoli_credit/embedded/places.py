"""数据放在哪里: the data directory of a clone, its lock, and the short folder of the sockets."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TextIO

from daoli_credit.embedded.child import server_user

CLONE = Path(__file__).resolve().parents[2]


class Taken(RuntimeError):
    """Another start holds this data directory; the message is what it wrote into the lock."""


def data_directory() -> Path:
    """DAOLI_DATA, or .data in the clone, or for root a folder that the servers' user can enter."""
    if named := os.environ.get("DAOLI_DATA"):
        return prepared(Path(named).resolve())
    if os.geteuid():
        return prepared(CLONE / ".data")
    mark = hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    return prepared(Path("/var/tmp") / f"daoli-{mark}")  # noqa: S108 - the owner is checked in prepared()


def prepared(folder: Path) -> Path:
    """Made if absent; ours alone, though others may pass through; raises PermissionError on a stranger's folder."""
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise PermissionError(f"数据目录 {folder} 不属于当前用户，请删除它或用 DAOLI_DATA 另指一处")
    folder.chmod(0o711)
    return folder


def hold(data: Path, note: str = "") -> TextIO:
    """Take the directory's lock for the life of this process, leaving a note for who comes second; raises Taken."""
    lock = (data / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        held_by = lock.read().strip()
        lock.close()
        raise Taken(held_by) from None
    lock.truncate(0)
    lock.write(note)
    lock.flush()
    return lock


def socket_folder(data: Path) -> Path:
    """A new short folder (a socket's path may have about 107 bytes), 0700, of the servers' user.

    What an earlier, killed start left behind is removed first; call it only while holding the lock.
    """
    record = data / "sockets"
    if record.exists():
        shutil.rmtree(record.read_text(encoding="utf-8"), ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="daoli-", dir="/tmp"))  # short on purpose
    record.write_text(str(folder), encoding="utf-8")
    os.chown(folder, *server_user())
    return folder
