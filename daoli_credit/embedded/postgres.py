"""内嵌 PostgreSQL: made once, started as our own child on a unix socket, stopped fast."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from daoli_credit.embedded.binaries import postgres_bin, within_reach
from daoli_credit.embedded.child import server_user, spawn, stop

PORT = 5432
ZONES = Path("/usr/share/zoneinfo")
PATIENCE = 90.0
INITIAL = ["-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
# Without fsync a power cut may cost the cluster: right for a test cluster only.
# A vacuum worker is a superuser: the owner who drops a clone could not end it.
CARELESS = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off"]


def url(sockets: Path, role: str, database: str) -> str:
    """The address of one database for one role."""
    return f"postgres://{role}@{quote(str(sockets), safe='')}:{PORT}/{database}"


def programs(data: Path) -> Path:
    """The bin folder that the servers' user can reach."""
    found = postgres_bin()
    return within_reach(found / "postgres", found.parent, server_user(), data).parent


def make_cluster(bin_folder: Path, cluster: Path) -> None:
    """initdb with C.UTF-8: under plain C pg_trgm finds no trigram in Chinese, silently."""
    half = cluster.with_name(f"{cluster.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    os.chown(half, *server_user())
    made = spawn(
        [str(bin_folder / "initdb"), "-D", str(half), "-U", "postgres", *INITIAL],
        user=server_user(),
        output=subprocess.PIPE,
    )
    told, _ = made.communicate()
    if made.returncode:
        raise RuntimeError(f"initdb 失败：\n{told.decode(errors='replace')}")
    half.rename(cluster)


def holders(cluster: Path) -> list[int]:
    """Processes that stand in the cluster's folder: a server of an earlier start that is still leaving."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == cluster:
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or another user's
    return found


def forget_last_start(cluster: Path) -> None:
    """Wait for an earlier server to leave, then remove its stale pid file (its number may be someone else's now)."""
    until = time.monotonic() + PATIENCE
    while left := holders(cluster):
        if time.monotonic() > until:
            raise RuntimeError(f"上一次启动的 PostgreSQL 仍未退出（进程 {left[0]}），请先结束它")
        time.sleep(0.1)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def start(data: Path, sockets: Path, *, careful: bool = True) -> subprocess.Popen[bytes]:
    """Start the server of this data directory and wait until it answers; raises RuntimeError with its log."""
    if not (ZONES / "Asia" / "Shanghai").exists():
        raise RuntimeError("系统缺少时区数据：请安装 tzdata")
    bin_folder, cluster = programs(data), data / "postgres"
    if not (cluster / "PG_VERSION").exists():
        make_cluster(bin_folder, cluster)
    forget_last_start(cluster)
    log = data / "postgres.log"
    options = ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", *([] if careful else CARELESS)]
    with log.open("wb") as output:
        server = spawn(
            [str(bin_folder / "postgres"), "-D", str(cluster), "-k", str(sockets), "-p", str(PORT), *options],
            user=server_user(),
            on_death=signal.SIGINT,
            output=output,
        )
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg2.connect(url(sockets, "postgres", "postgres")).close()
        except psycopg2.OperationalError as why:
            if server.poll() is not None or time.monotonic() > until:
                stop(server, signal.SIGQUIT)
                raise RuntimeError(f"PostgreSQL 没有启动：\n{log.read_text(errors='replace')[-2000:]}") from why
            time.sleep(0.05)
        else:
            return server


def ensure(sockets: Path, database: str | None, *, may_create: bool = False) -> None:
    """The two roles (owner: 建表; app: 读写), and a database of the owner's. Harmless when repeated."""
    connection = psycopg2.connect(url(sockets, "postgres", "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        roles = {name for (name,) in cursor.fetchall()}
        for role in ("daoli_owner", "daoli_app"):
            if role not in roles:
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if may_create:
            cursor.execute("ALTER ROLE daoli_owner CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if database and not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER daoli_owner").format(sql.Identifier(database)))
    connection.close()
