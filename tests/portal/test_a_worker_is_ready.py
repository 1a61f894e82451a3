"""A worker of the site: what it has before its first visitor, and what becomes of its connection to the database."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection
from django.test import Client

from daoli_credit.embedded import clones

HELD = """
import gc
from daoli_credit import wsgi
from django.template import engines
loader = engines["django"].engine.template_loaders[0]
print(len(loader.get_template_cache), gc.get_freeze_count(), len(gc.get_objects()))
"""


def test_it_has_every_template_and_weighs_none_of_them_again() -> None:
    """A full collection among pages stops them for as long as it takes to weigh what is not frozen."""
    done = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True, env={**os.environ})
    held, frozen, weighed = map(int, done.stdout.split())
    assert held >= len(list((settings.BASE_DIR / "templates").rglob("*.html")))
    assert frozen > 20 * weighed


def _server_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(pid)


def _next_page() -> None:
    """What Django does with a connection between two pages; its test client leaves it alone."""
    connection.close_if_unusable_or_obsolete()


def test_pages_share_a_connection(committing_db: str) -> None:
    """The first page of a connection waits for the server to learn the tables."""
    first = _server_process()
    _next_page()
    assert _server_process() == first
    assert (settings.DATABASES["default"]["CONN_MAX_AGE"] or 0) >= 600


def test_a_connection_that_the_database_has_ended_costs_no_visitor_an_error(committing_db: str) -> None:
    gone = _server_process()
    with clones.cursor_at(clones.at_database(os.environ["DATABASE_URL"], committing_db)) as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [gone])
    _next_page()
    assert Client().get("/readyz/").status_code == 200
    assert _server_process() != gone
