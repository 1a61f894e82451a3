"""两台服务器: PostgreSQL and Valkey for the length of a `with`, or the real ones that the environment names."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from daoli_credit.embedded import postgres, valkey
from daoli_credit.embedded.child import stop
from daoli_credit.embedded.places import socket_folder


@dataclass(frozen=True)
class Addresses:
    """Where the servers answer: for the application, for its owner (migrations), and the broker."""

    database: str
    owner: str
    redis: str

    def environment(self) -> dict[str, str]:
        """What every child gets. The owner's address is not in it."""
        return {"DATABASE_URL": self.database, "REDIS_URL": self.redis}


@contextmanager
def servers(
    data: Path, *, database: str = "daoli", testing: bool = False, careful: bool | None = None
) -> Iterator[Addresses]:
    """Start what the environment does not name; stop it on the way out. Raises RuntimeError in words.

    A test's server forgets its promises when the power goes, unless it is asked to be `careful`.
    """
    app, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    broker = os.environ.get("REDIS_URL", "")
    if bool(app) != bool(owner):
        raise RuntimeError("DATABASE_URL 与 DATABASE_OWNER_URL 必须同时设置：前者是应用账号，后者是建表账号")
    with ExitStack() as stack:
        if not (app and broker):
            sockets = socket_folder(data)
            stack.callback(shutil.rmtree, sockets, ignore_errors=True)
        if not app:
            server = postgres.start(data, sockets, careful=not testing if careful is None else careful)
            stack.callback(stop, server, signal.SIGINT)
            postgres.ensure(sockets, None if testing else database, may_create=testing)
            app, owner = (postgres.url(sockets, role, database) for role in ("daoli_app", "daoli_owner"))
        if not broker:
            stack.callback(stop, valkey.start(data, sockets))
            broker = valkey.url(sockets)
        yield Addresses(app, owner, broker)
