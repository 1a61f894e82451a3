"""安装: make .venv from a hashed lock on a bare Debian 12, then hand over. Standard library only: nothing is there yet.

`python3 -m venv` needs ensurepip, which Debian keeps apart, and pip refuses to touch the system's Python (PEP 668);
so the environment is made without pip and filled from outside: by uv when it can be had, else by the system's pip.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

CLONE = Path(__file__).resolve().parents[2]
VENV = CLONE / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "daoli-locks.json"
# Each lock also contains what the ones after it hold.
LOCKS = ("requirements-dev.lock", "requirements-embedded.lock")
UV = (
    "uv==0.13.9"
    " --hash=sha256:d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19"  # x86_64
    " --hash=sha256:5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe"  # aarch64
)


def say(text: str) -> None:
    print(text, flush=True)


def cache() -> Path:
    """Outside .venv, so that a new clone need not download again; a temporary folder where home is not writable."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daoli"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / f"daoli-cache-{os.getuid()}"
    return folder


def digest(lock: str) -> str:
    """A lock's hash, with the Python that it is for."""
    return hashlib.sha256((CLONE / lock).read_bytes() + sys.version.encode()).hexdigest()


def installed() -> dict[str, str]:
    """Which locks the environment holds; empty when it is missing, half made or its Python no longer starts."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
        subprocess.run([PYTHON, "-c", ""], check=True, capture_output=True)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}
    return stamp


@contextmanager
def alone(lock: str) -> Iterator[None]:
    """One installer at a time in one clone: `run` and `test` may be started together."""
    with (CLONE / lock).open("rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def uv() -> Path | None:
    """The faster installer, fetched once into the cache; None when it cannot be had."""
    folder = cache() / "uv-0.13.9"
    program = folder / "bin" / "uv"
    if program.exists():
        return program
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write(UV)
        wanted.flush()
        half = folder.with_name(f"uv-half-{os.getpid()}")
        got = subprocess.run(
            [*pip(), "install", "-q", "--target", half, "--require-hashes", "--only-binary", ":all:", "-r",
             wanted.name],
            check=False, capture_output=True,
        )  # fmt: skip
    if got.returncode or not (half / "bin" / "uv").exists():
        shutil.rmtree(half, ignore_errors=True)
        return None
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)
    return program


def pip() -> list[str]:
    return [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def mirror() -> Mapping[str, str]:
    """The package index that this machine's pip is set to, told to uv, which does not read pip's settings."""
    asked = subprocess.run([*pip(), "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    index = os.environ.get("PIP_INDEX_URL") or (asked.stdout.strip() if asked.returncode == 0 else "")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def fill(lock: str) -> bool:
    """Install the lock into .venv; False when neither installer managed."""
    packages = sum("==" in line for line in (CLONE / lock).read_text(encoding="utf-8").splitlines())
    program = uv()
    if program:
        say(f"· 用 uv 安装 {packages} 个软件包（首次约需十几秒到一分钟）…")
        env = {**os.environ, "UV_CACHE_DIR": str(cache() / "uv-cache"), "UV_NO_CONFIG": "1", **mirror()}
        words = [str(program), "pip", "install", "--python", str(PYTHON), "--require-hashes", "--no-build", "-r", lock]
        if subprocess.run(words, env=env, cwd=CLONE, check=False).returncode == 0:
            return True
    say(f"· 用 pip 安装 {packages} 个软件包（首次约需一到三分钟）…")
    words = [*pip(), "--python", str(PYTHON), "install", "--require-hashes", "--only-binary", ":all:", "-r", lock]
    return subprocess.run(words, cwd=CLONE, check=False).returncode == 0


def install(lock: str) -> None:
    """Make .venv hold what the lock says; nothing is done when its stamp says so already."""
    if installed().get(lock) == digest(lock):
        return
    if subprocess.run([*pip(), "--version"], capture_output=True, check=False).returncode:
        sys.exit("缺少 pip：请先执行 apt-get install python3-pip")
    if not installed():
        say(f"· 建立 {VENV} …")
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)
    STAMP.unlink(missing_ok=True)
    if not fill(lock):
        sys.exit("软件包没有装好。请检查网络，或用 PIP_INDEX_URL 指定镜像后重试。")
    STAMP.write_text(json.dumps({name: digest(name) for name in LOCKS[LOCKS.index(lock) :]}), encoding="utf-8")


def keep_bytecode() -> None:
    """Every process of ours starts from compiled files. Without them each of the hundred of a run reads and compiles
    the same few thousand modules again, for seconds; git knows them and leaves them alone."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def enter(lock: str, module: str, arguments: Sequence[str]) -> NoReturn:
    """Install, then become `module` in .venv, in the clone's folder: one process, so no signal needs passing on."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is also started by whatever python3 the machine has
        sys.exit("需要 Python 3.11 或更新的版本")
    with alone(lock):
        install(lock)
    keep_bytecode()
    os.chdir(CLONE)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])  # noqa: S606 - no shell is wanted
