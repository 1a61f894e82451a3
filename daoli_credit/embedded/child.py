"""子进程: one way to start a process that cannot outlive us, and one way to stop it."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

LEASH = Path(__file__).with_name("leash.py")


def server_user() -> tuple[int, int]:
    """The user that the servers run as: ourselves, or nobody when we are root (PostgreSQL refuses root)."""
    if os.geteuid():
        return os.geteuid(), os.getegid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def spawn(
    argv: Sequence[str],
    *,
    user: tuple[int, int] | None = None,
    env: Mapping[str, str] | None = None,
    on_death: signal.Signals = signal.SIGTERM,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start `argv` in a process group of its own; the kernel sends it `on_death` if we die, kill -9 included.

    Call it from the main thread: the kernel counts the death of the thread that forked.
    """
    uid, gid = user or (os.geteuid(), os.getegid())
    program = shutil.which(argv[0], path=(os.environ if env is None else env).get("PATH")) or argv[0]
    leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(on_death)), str(uid), str(gid)]
    return subprocess.Popen(
        [*leash, program, *argv[1:]],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, patience: float = 10) -> None:
    """Ask once, wait, then kill the whole group. A process that is already gone is no error."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            sys.stderr.write(f"进程 {process.pid} 没有在 {patience:g} 秒内退出，强制结束\n")
    with suppress(ProcessLookupError):  # nobody may be left in the group
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
