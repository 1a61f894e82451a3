"""一套运行中的系统: servers, database, people, processes; started and stopped as one thing."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from psycopg2 import sql

from daoli_credit.embedded import commands, ssh
from daoli_credit.embedded.clones import cursor_at
from daoli_credit.embedded.fingerprint import EVERYTHING, fingerprint
from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.ports import claimed, kept_port
from daoli_credit.embedded.processes import Processes
from daoli_credit.embedded.secrets_on_disk import secret_files
from daoli_credit.embedded.servers import Addresses, servers

PATIENCE = 90.0
PLATFORMS = {"hlj": "信用中国（黑龙江）", "hrb": "信用中国（黑龙江哈尔滨）"}
BY_FILES = "hrb"  # this one takes numbered packages over SFTP, the other signed JSON over HTTP
# what each platform can be asked about at the moment of a check, and under which basis of the pack
ANSWERS = {
    "hlj": "court-dishonest tax-major telecom-fraud item:court-enforcement",
    "hrb": "item:responsibility-ban court-dishonest",
}
ASKED_UNDER = "government-data-sharing-regulation"
# No collected static files, a worker that is root: true in a container for a demonstration, and nobody's concern.
QUIET = "ignore:No directory at,ignore:You're running the worker with superuser"
STEPS = (*commands.EMPTY_DATABASE, commands.PEOPLE)


@dataclass(frozen=True)
class World:
    """What someone outside needs to use the system: its address, its cast, its folder."""

    origin: str
    issuer: str
    platforms: dict[str, str]
    data: Path
    cast: Path
    people: str
    environment: dict[str, str]
    processes: Processes


def platform_settings(platforms: dict[str, str], sftp: int) -> dict[str, str]:
    """The feeds as the product is told of them, one on each wire; their keys lie in files."""
    found = {"DAOLI_FEEDS": " ".join(platforms), "DAOLI_PLATFORM_SFTP_PORT": str(sftp)}
    found["DAOLI_DRILLS"] = " ".join(f"{code}={address}" for code, address in platforms.items())
    for code, address in platforms.items():
        wire = f"sftp://daoli@127.0.0.1:{sftp}" if code == BY_FILES else address
        found[f"DAOLI_FEED_{code.upper()}_LAYOUT"] = "double-publicity-2018" if code == BY_FILES else ""
        found[f"DAOLI_FEED_{code.upper()}_ITEMS"] = "penalty-* list-* responsibility-*" if code == BY_FILES else ""
        found |= {f"DAOLI_FEED_{code.upper()}_URL": wire, f"DAOLI_FEED_{code.upper()}_TITLE": PLATFORMS[code]}
    return found | inbound_settings(platforms)


def inbound_settings(platforms: dict[str, str]) -> dict[str, str]:
    """The same platforms as they are asked about lists: over JSON, with another key."""
    found = {"DAOLI_INBOUND": " ".join(platforms)}
    for code, address in platforms.items():
        mine = f"DAOLI_INBOUND_{code.upper()}"
        found |= {f"{mine}_URL": address, f"{mine}_TITLE": PLATFORMS[code]}
        found |= {f"{mine}_LISTS": ANSWERS[code], f"{mine}_BASIS": ASKED_UNDER}
    return found


def public_keys(secrets: dict[str, str]) -> dict[str, str]:
    """What each side of the file exchange knows of the other: the public line of its key."""
    identity, host = secrets["DAOLI_FEED_HRB_IDENTITY_FILE"], secrets["DAOLI_PLATFORM_HRB_HOST_KEY_FILE"]
    return {
        "DAOLI_FEED_HRB_IDENTITY_PUBLIC": ssh.public_line(Path(identity).read_text(encoding="utf-8")),
        "DAOLI_FEED_HRB_HOST_KEY": ssh.public_line(Path(host).read_text(encoding="utf-8")),
    }


def child_environment(
    data: Path, site: tuple[str, int], issuer: str, platforms: dict[str, str], sftp: int
) -> dict[str, str]:
    """What every process of the product is given; the addresses of the servers are added when they are known."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    (host, port), secrets = site, secret_files(data)
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "daoli_credit.settings",
        "DAOLI_DEMO": "1",
        "DAOLI_ORIGIN": f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}",  # noqa: S104 - compared only
        "ALLOWED_HOSTS": "*" if host == "0.0.0.0" else f"{host},127.0.0.1,localhost",  # noqa: S104 - compared only
        "DAOLI_EVIDENCE_DIR": str(data / "evidence"),
        "DAOLI_CAST": str(data / "cast.json"),
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": "daoli",
        "DAOLI_STAFF_OIDC": "unit",
        "DAOLI_STAFF_OIDC_UNIT_TITLE": "区政务统一身份认证（演示）",
        "DAOLI_STAFF_OIDC_UNIT_ISSUER": issuer,
        "DAOLI_STAFF_OIDC_UNIT_CLIENT_ID": "daoli-staff",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": QUIET,
        **platform_settings(platforms, sftp),
        **secrets,
        **public_keys(secrets),
    }


def its_people(cast: Path, environment: dict[str, str]) -> str:
    """The cast with its passwords, made at the first start, as the terminal shows it. Raises RuntimeError in words."""
    argv = [sys.executable, "-m", "daoli_credit.accounts.cast", str(cast)]
    made = subprocess.run(argv, env=environment, cwd=CLONE, check=False, capture_output=True, text=True)
    if made.returncode:
        raise RuntimeError(made.stderr.strip())
    return made.stdout


def make_ready(addresses: Addresses, environment: dict[str, str], cast: Path, told: Callable[[str], None]) -> None:
    """Tables, grants, rules, plan and people; skipped when the database's own mark says that nothing has changed."""
    mark = fingerprint(EVERYTHING, hashlib.sha256(cast.read_bytes()).hexdigest())
    with cursor_at(addresses.owner) as cursor:
        cursor.execute(
            "SELECT current_database(), shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        )
        (name, last), *_ = cursor.fetchall()
        if last == mark:
            return
        commands.prepare(STEPS, addresses, environment, told)
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(mark)))


def sandbox_environment(environment: dict[str, str]) -> dict[str, str]:
    """The sandbox is another organisation's system: it gets none of our keys and no address of our servers."""
    known = ("PATH", "HOME", "LANG", "PYTHONUNBUFFERED", "DAOLI_ORIGIN")
    return {
        name: value
        for name, value in environment.items()
        if name in known or name.startswith(("OIDC_", "DAOLI_STAFF_OIDC_"))
    }


def platform_environment(environment: dict[str, str], code: str) -> dict[str, str]:
    """A platform shares one secret with us, its own; it never sees the other one's."""
    known = ("PATH", "HOME", "LANG", "PYTHONUNBUFFERED", "DAOLI_ORIGIN", "DAOLI_PLATFORM_TOKEN_FILE")
    mine = {f"DAOLI_FEED_{code.upper()}_KEY_FILE", f"DAOLI_INBOUND_{code.upper()}_KEY_FILE"}
    if code == BY_FILES:
        mine |= {"DAOLI_FEED_HRB_IDENTITY_PUBLIC", "DAOLI_PLATFORM_HRB_HOST_KEY_FILE"}
    return {name: value for name, value in environment.items() if name in known or name in mine}


def start_processes(world: World, host: str, port: int) -> None:
    """web、worker、beat, the identity sandbox and the two platforms."""
    python, sandbox = [sys.executable, "-m"], world.issuer.rsplit(":", 1)[1]
    celery = [*python, "celery", "--quiet", "--app", "daoli_credit"]
    web = ["--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    users = ["--port", sandbox, "--users", str(world.cast)]
    for name, argv in {
        "sandbox": [*python, "daoli_credit.sandbox.identity", *users],
        "web": [*python, "gunicorn", "daoli_credit.wsgi:application", *web, "--no-control-socket"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"],
        "beat": [*celery, "beat", "--schedule", str(world.data / "beat-schedule"), "--pidfile="],
    }.items():
        given = sandbox_environment(world.environment) if name == "sandbox" else world.environment
        # a worker asked politely waits for a broker that died with us, for ever; what it held has leases and late acks
        on_death = signal.SIGKILL if name == "worker" else signal.SIGTERM
        world.processes.start(name, argv, given, on_death=on_death)
    for code, address in world.platforms.items():
        facts = ["--code", code, "--port", address.rsplit(":", 1)[1], "--store", str(world.data / f"{code}.sqlite3")]
        facts += ["--sftp-port", world.environment["DAOLI_PLATFORM_SFTP_PORT"]] if code == BY_FILES else []
        argv = [*python, "daoli_credit.sandbox.platform", *facts]
        world.processes.start(code, argv, platform_environment(world.environment, code))


def wait_until_up(world: World) -> None:
    """Until the site, the sandbox and both platforms answer 200; raises Ended or RuntimeError."""
    until = time.monotonic() + PATIENCE
    others = [f"{address}/healthz/" for address in world.platforms.values()]
    for address in (f"{world.origin}/healthz/", f"{world.issuer}/.well-known/openid-configuration", *others):
        while True:
            world.processes.check()
            try:
                if requests.get(address, timeout=5).status_code == 200:
                    break
            except requests.RequestException:
                pass  # not listening yet
            if time.monotonic() > until:
                raise RuntimeError(f"{address} 在 {PATIENCE:g} 秒内没有就绪：\n{world.processes.told('web')}")
            time.sleep(0.1)


@contextmanager
def running(data: Path, host: str, port: int, *, loud: bool, told: Callable[[str], None]) -> Iterator[World]:
    """The whole system for the length of a `with`. Raises RuntimeError, in words, when a part does not start."""
    with ExitStack() as stack:
        stack.enter_context(claimed(host, port))
        beside = [stack.enter_context(kept_port(port + 1 + place)) for place in range(1 + len(PLATFORMS))]
        issuer, *others = (f"http://127.0.0.1:{one}" for one in beside)
        platforms, cast = dict(zip(PLATFORMS, others, strict=True)), data / "cast.json"
        sftp = stack.enter_context(kept_port())
        told("PostgreSQL 与 Valkey")
        addresses = stack.enter_context(servers(data))
        environment = child_environment(data, (host, port), issuer, platforms, sftp) | addresses.environment()
        people = its_people(cast, environment)
        make_ready(addresses, environment, cast, told)
        told("web、worker、beat、身份认证沙箱、两个信用中国沙箱")
        processes = Processes(loud=loud)
        stack.callback(processes.stop)
        world = World(environment["DAOLI_ORIGIN"], issuer, platforms, data, cast, people, environment, processes)
        start_processes(world, host, port)
        wait_until_up(world)
        yield world
