"""正式部署的形状: docker-compose.yml read and really started without Docker, each service by its own command.

Host names and mount points become local ones; nothing else of a service's command or environment is changed.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from daoli_credit.embedded import binaries
from daoli_credit.embedded.child import server_user, spawn, stop
from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.ports import keep, number
from daoli_credit.embedded.postgres import programs
from daoli_credit.embedded.processes import Processes

PATIENCE = 180.0
VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::(\?|-)([^}]*))?\})")


class Unset(RuntimeError):
    """A variable that the file demands is missing; the message is the file's own."""


def interpolated(value: Any, variables: Mapping[str, str]) -> Any:
    """${NAME}, ${NAME:-default}, ${NAME:?message} and $$ as Compose reads them. Raises Unset."""

    def one(found: re.Match[str]) -> str:
        dollar, name, kind, rest = found.groups()
        if dollar:
            return "$"
        if not variables.get(name) and kind == "?":
            raise Unset(f"{name}: {rest}")
        return variables.get(name) or rest or ""

    if isinstance(value, str):
        return VARIABLE.sub(one, value)
    if isinstance(value, list):
        return [interpolated(item, variables) for item in value]
    if isinstance(value, dict):
        return {key: interpolated(item, variables) for key, item in value.items()}
    return value


def compose_file(variables: Mapping[str, str]) -> dict[str, Any]:
    """The file as Compose understands it."""
    read: dict[str, Any] = interpolated(
        yaml.safe_load((CLONE / "docker-compose.yml").read_text(encoding="utf-8")), variables
    )
    return read


def image() -> tuple[dict[str, str], list[str], list[str]]:
    """What the Dockerfile adds: its ENV, its RUN lines and its CMD."""
    text = re.sub(r"\\\n", " ", (CLONE / "Dockerfile").read_text(encoding="utf-8"))
    steps = [line.split(" ", 1) for line in text.splitlines() if re.match(r"[A-Z]+ ", line)]
    words = [word.partition("=") for verb, rest in steps if verb == "ENV" for word in shlex.split(rest)]
    (start,) = (rest for verb, rest in steps if verb == "CMD")
    return {name: value for name, _, value in words}, [r for v, r in steps if v == "RUN"], yaml.safe_load(start)


class Stage:
    """The services beside each other in one folder. `start` brings up what a service depends on first."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.folder = folder
        self.file = compose_file(variables)
        self.started: set[str] = set()
        self.processes = Processes(loud=False)
        self.kept = {name: keep() for name in ("postgres", "redis", "web")}
        self.ports = {name: number(one) for name, one in self.kept.items()}
        self.postgres_bin = programs(folder)
        self.built, self.build_steps, self.start_command = image()
        for name in ("var/evidence", "var/beat", "static", "database", "broker", "sockets"):
            (folder / name).mkdir(parents=True)
        for name in ("database", "broker", "sockets"):
            os.chown(folder / name, *server_user())
            (folder / name).chmod(0o700)

    def here(self, text: str) -> str:
        """A container's names for places and neighbours, as they are called on this machine."""
        for theirs, ours in (
            ("/run/secrets/", f"{self.folder}/secrets/"),
            ("/var/lib/daoli/", f"{self.folder}/var/"),
            ("/app/staticfiles", f"{self.folder}/static"),
            ("@postgres:5432", f"@127.0.0.1:{self.ports['postgres']}"),
            ("//redis:6379", f"//127.0.0.1:{self.ports['redis']}"),
            ("0.0.0.0:8000", f"127.0.0.1:{self.ports['web']}"),
            ("127.0.0.1:8000", f"127.0.0.1:{self.ports['web']}"),
        ):
            text = text.replace(theirs, ours)
        return text

    def put_secrets(self, contents: Mapping[str, str]) -> None:
        """What the operator would write into secrets/; every secret of the file must be given."""
        (self.folder / "secrets").mkdir(mode=0o700)
        for name in self.file["secrets"]:
            (self.folder / "secrets" / name).write_text(self.here(contents[name]), encoding="utf-8")

    def environment(self, name: str) -> dict[str, str]:
        """What the container would see: the image's variables and the service's own, and nothing of ours."""
        given = self.built | {key: str(value) for key, value in self.file["services"][name]["environment"].items()}
        return self.bare() | {key: self.here(value) for key, value in given.items()}

    def bare(self) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}:{self.postgres_bin}:/usr/bin:/bin"
        return {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def build(self) -> None:
        """The Dockerfile's collectstatic step, word for word, with the image's ENV."""
        (step,) = (one for one in self.build_steps if "collectstatic" in one)
        env = self.bare() | {name: self.here(value) for name, value in self.built.items()}
        subprocess.run(["sh", "-euc", step], cwd=CLONE, env=env, check=True)

    def start(self, name: str) -> None:
        """Bring one service up, after those it depends on, and wait until it is healthy or done."""
        if name in self.started:
            return
        service = self.file["services"][name]
        for other in service.get("depends_on", {}):
            self.start(other)
        self.started.add(name)
        if name == "postgres":
            self.start_postgres(service)
        elif name == "redis":
            command = [str(binaries.valkey()), *service["command"][1:], "--port", str(self.ports["redis"])]
            self.processes.start(name, [*command, "--dir", str(self.folder / "broker")], self.bare())
        elif service["restart"] == "no":
            self.finish(name, service)
            return
        else:
            command = [self.here(word) for word in service.get("command", self.start_command)]
            self.processes.start(name, command, self.environment(name))
        self.wait_until_healthy(name, service["healthcheck"]["test"])

    def start_postgres(self, service: Mapping[str, Any]) -> None:
        """As the official image does: initdb, the scripts of initdb.d over the local socket, then the command."""
        database, sockets = self.folder / "database", self.folder / "sockets"
        password = self.folder / "sockets" / "password"
        password.write_text((self.folder / "secrets" / "postgres_password").read_text(encoding="utf-8"), "utf-8")
        os.chown(password, *server_user())
        ways = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password}", "-U", "postgres"]
        options = service["environment"]["POSTGRES_INITDB_ARGS"].split()
        made = spawn(["initdb", "-D", str(database), *ways, *options], env=self.bare(), user=server_user(), output=-1)
        told, _ = made.communicate()
        if made.returncode:
            raise RuntimeError(told.decode(errors="replace"))
        place = ["-D", str(database), "-k", str(sockets), "-p", str(self.ports["postgres"])]
        self.processes.start(
            "postgres",
            [*service["command"], *place, "-c", "listen_addresses=127.0.0.1"],
            self.bare(), user=server_user(), on_death=signal.SIGINT,
        )  # fmt: skip
        self.wait_until_healthy("postgres", ["CMD", "pg_isready", "-q"])
        for config in service["configs"]:
            script = self.here(self.file["configs"][config["source"]]["content"])
            local = self.bare() | {"PGHOST": str(sockets), "PGPORT": str(self.ports["postgres"])}
            subprocess.run(["sh", "-c", script], env=local, check=True, capture_output=True)

    def finish(self, name: str, service: Mapping[str, Any]) -> None:
        """A service that ends: its exit code must be 0."""
        command = [self.here(word) for word in service["command"]]
        done = subprocess.run(command, env=self.environment(name), cwd=CLONE, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name} 失败：\n{done.stdout.decode()}\n{done.stderr.decode()}")

    def wait_until_healthy(self, name: str, test: list[str]) -> None:
        """Run the service's own health check until it is content. Raises Ended or RuntimeError."""
        words = [self.here(word) for word in (["sh", "-c", *test[1:]] if test[0] == "CMD-SHELL" else test[1:])]
        if words[0] == "valkey-cli":  # the wheel brings the server only
            words = [sys.executable, "-c", f"import redis; redis.Redis(port={self.ports['redis']}).{words[1]}()"]
        env = self.bare() | {"PGHOST": "127.0.0.1", "PGPORT": str(self.ports["postgres"])}
        if name not in {"postgres", "redis"}:
            env = self.environment(name)
        until = time.monotonic() + PATIENCE
        while True:
            self.processes.check()
            asked = subprocess.run(words, env=env, cwd=CLONE, capture_output=True, check=False)
            if asked.returncode == 0:
                return
            if time.monotonic() > until:
                said = (asked.stdout + asked.stderr).decode(errors="replace")
                raise RuntimeError(f"{name} 没有就绪：\n{said}\n{self.processes.told(name)}")
            time.sleep(0.3)

    def stop(self) -> None:
        """Application first, database last."""
        database = self.processes.running.pop("postgres", None)
        self.processes.stop()
        if database:
            stop(database, signal.SIGINT)
        for one in self.kept.values():
            one.close()


@contextmanager
def staged(folder: Path, variables: Mapping[str, str], secrets: Mapping[str, str]) -> Iterator[Stage]:
    """Every service of the file up and healthy; stopped on the way out."""
    stage = Stage(folder, variables)
    try:
        stage.put_secrets(secrets)
        stage.build()
        for name in stage.file["services"]:
            stage.start(name)
        yield stage
    finally:
        stage.stop()
