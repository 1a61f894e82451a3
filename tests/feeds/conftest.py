"""Both platforms as real processes, and our own receipt address as a real server on the test's own database."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from pytest_django import Settings

from tests import make_assessments
from tests.cast import Cast, assemble
from tests.feeds.ground import Ground
from tests.sandbox.platform import KEYS, TITLES, Place, platform
from tests.sandbox.ssh import SENDER


class Quiet(WSGIRequestHandler):
    """Without a line per request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """Nothing."""


@pytest.fixture
def crew(committing_db: str) -> Cast:
    """The cast, in a database whose commits are real."""
    return assemble()


@pytest.fixture
def door(committing_db: str, settings: Settings) -> Iterator[str]:
    """Our web as the platforms reach it."""
    settings.ALLOWED_HOSTS = ["*"]
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)

    def serve() -> None:
        server.serve_forever(poll_interval=0.05)
        connections.close_all()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def wired(stack: ExitStack, folder: Path, settings: Settings, callback: str = "") -> dict[str, Place]:
    """省平台 over HTTP, 市平台 by files, as `./run` has them; without a callback the receipts are fetched."""
    settings.FEEDS = {}
    places = {}
    for code, key in KEYS.items():
        by_files = code == "hrb"
        place = stack.enter_context(platform(code, folder, "" if by_files else callback, files=by_files))
        places[code] = place
        make_assessments.feed(code)
        facts = {"title": TITLES[code], "url": place.files or place.url, "key": key, "key_id": "1"}
        files = {"host_key": place.host_key, "identity": SENDER.private} if by_files else {}
        settings.FEEDS = {**settings.FEEDS, code: {**facts, **files}}
    return places


@pytest.fixture
def both(crew: Cast, tmp_path: Path, settings: Settings) -> Iterator[Ground]:
    """Both wires, and nobody calls us back."""
    settings.FEED_TIMEOUT = 4
    with ExitStack() as stack:
        yield Ground(crew, wired(stack, tmp_path, settings))


@pytest.fixture
def called(crew: Cast, door: str, tmp_path: Path, settings: Settings) -> Iterator[Ground]:
    """Both wires; 省平台 calls us back, 市平台 lays its receipts down."""
    settings.FEED_TIMEOUT = 3
    with ExitStack() as stack:
        yield Ground(crew, wired(stack, tmp_path, settings, f"{door}/api/v1/receipts/hlj/"))


@pytest.fixture
def ground(crew: Cast, door: str, tmp_path: Path, settings: Settings) -> Iterator[Ground]:
    """Everything up: the cast, our door, both platforms; a short HTTP timeout."""
    settings.FEED_TIMEOUT = 4
    with ExitStack() as stack:
        places: dict[str, Place] = {}
        for code, key in KEYS.items():
            place = stack.enter_context(platform(code, tmp_path, f"{door}/api/v1/receipts/{code}/"))
            places[code] = place
            make_assessments.feed(code)
            settings.FEEDS = {
                **settings.FEEDS,
                code: {"title": TITLES[code], "url": place.url, "key": key, "key_id": "1"},
            }
        yield Ground(crew, places)
