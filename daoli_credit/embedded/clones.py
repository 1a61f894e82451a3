"""测试库: one template per state of the migrations and packs, and quick clones of it (about 0.1 s each)."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import extensions, sql

from daoli_credit.embedded import commands
from daoli_credit.embedded.fingerprint import TEMPLATE, fingerprint
from daoli_credit.embedded.servers import Addresses

KEPT_TEMPLATES = 3
PATIENCE = 90.0
LOCK = 20180118  # any number, as long as every test session takes the same one
numbers = count(1)


def at_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def cursor_at(url: str) -> Iterator[extensions.cursor]:
    """A cursor whose statements each commit at once."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def copy(cursor: extensions.cursor, template: str, name: str) -> None:
    """CREATE DATABASE … TEMPLATE; nobody may be connected to the template."""
    cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def drop(cursor: extensions.cursor, name: str) -> None:
    """Gone, whoever is still connected. The owner may not end the application's sessions: one that has just been
    closed is waited for until its server process has left."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute(statement)
        except psycopg2.errors.InsufficientPrivilege:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def sweep(cursor: extensions.cursor) -> None:
    """Drop the clones of sessions that died and all but the newest templates."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'daoli\\_clone\\_%'")
    for (name,) in cursor.fetchall():
        if not Path(f"/proc/{name.split('_')[2]}").exists():
            drop(cursor, name)
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'daoli\\_template\\_%' ORDER BY oid DESC")
    for (name,) in cursor.fetchall()[KEPT_TEMPLATES:]:
        drop(cursor, name)


def ready_template(addresses: Addresses) -> str:
    """The template's name; made first when no session has made it yet. Raises RuntimeError when a command fails."""
    name = f"daoli_template_{fingerprint(TEMPLATE)}"
    half = f"daoli_half_{os.getpid()}"
    with cursor_at(addresses.owner) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        sweep(cursor)
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return name
        drop(cursor, half)
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(half)))
        here = Addresses(at_database(addresses.database, half), at_database(addresses.owner, half), addresses.redis)
        try:
            commands.prepare(commands.EMPTY_DATABASE, here, {}, lambda what: print(f"测试库模板：{what}"))
        except RuntimeError:
            drop(cursor, half)
            raise
        cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name)))
    return name


@contextmanager
def clone(owner_url: str, template: str) -> Iterator[str]:
    """The name of a fresh copy of the template, dropped afterwards."""
    name = f"daoli_clone_{os.getpid()}_{next(numbers)}"
    with cursor_at(owner_url) as cursor:
        copy(cursor, template, name)
    try:
        yield name
    finally:
        with cursor_at(owner_url) as cursor:
            drop(cursor, name)
