"""测试台: the servers, the template and Django for a pytest session; tests/conftest.py builds its fixtures on it.

The first process starts everything; xdist's workers inherit its environment. DATABASE_URL, DATABASE_OWNER_URL and
REDIS_URL in the environment are used instead of the embedded servers.
"""

import atexit
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.db import connections

from daoli_credit.embedded import clones
from daoli_credit.embedded.in_memory import CLUSTERS
from daoli_credit.embedded.places import Taken, data_directory, hold, prepared
from daoli_credit.embedded.servers import servers

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "daoli_credit.settings",
    "DAOLI_DEMO": "1",
    "DAOLI_TESTING": "1",
    "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-only-for-tests",
    "DAOLI_KEYRING": '{"current": 1, "keys": {"1": "' + "0123456789abcdef" * 4 + '"}}',
    "DAOLI_ORIGIN": "http://testserver",
    "OIDC_ISSUER": "http://127.0.0.1:1",
    "OIDC_CLIENT_ID": "daoli",
    "OIDC_CLIENT_SECRET": "only-for-tests",
}
OWNER, TEMPLATE = "DAOLI_TEST_OWNER_URL", "DAOLI_TEST_TEMPLATE"


def cluster_of_our_own(stack: ExitStack) -> Path:
    """A test cluster kept between runs, or where this run of the checks keeps its own; a second session at the same
    time gets the next one."""
    named = os.environ.get(CLUSTERS)
    place = Path(named) if named else data_directory()
    for number in range(1, 100):
        folder = prepared(place / f"tests-{number}")
        try:
            stack.callback(hold(folder).close)
        except Taken:
            continue
        return folder
    raise RuntimeError("同时运行的测试过多")


def begin(*, careful: bool = False) -> None:
    """Called once, when pytest reads tests/conftest.py. Raises RuntimeError when something does not start.

    `careful`: a server that commits as in production; what is measured there holds there.
    """
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        atexit.register(stack.close)
        if "DAOLI_EVIDENCE_DIR" not in os.environ:
            os.environ["DAOLI_EVIDENCE_DIR"] = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="daoli-evidence-")
            )
        addresses = stack.enter_context(
            servers(cluster_of_our_own(stack), database="postgres", testing=True, careful=careful)
        )
        os.environ.update(addresses.environment())
        os.environ.pop("DATABASE_OWNER_URL", None)
        os.environ[OWNER] = addresses.owner
        os.environ[TEMPLATE] = clones.ready_template(addresses)
    django.setup()
    # Sessions and workers share one Valkey; what one of them counts is not the other's.
    settings.CACHES["default"]["KEY_PREFIX"] = f"daoli-test-{os.getpid()}"


@contextmanager
def fresh_database() -> Iterator[str]:
    """Point Django's connections, in every thread, at a new clone; point them back afterwards."""
    configuration = connections.settings["default"]
    before = configuration["NAME"]
    with clones.clone(os.environ[OWNER], os.environ[TEMPLATE]) as name:
        connections["default"].close()
        configuration["NAME"] = name
        try:
            yield name
        finally:
            connections["default"].close()
            configuration["NAME"] = before


def owner_url() -> str:
    """The owner's address of the database that Django uses now."""
    return clones.at_database(os.environ[OWNER], connections.settings["default"]["NAME"])
