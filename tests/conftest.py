"""Database plumbing of the tests: real PostgreSQL, cloned templates, the application's role.

`db`               a transaction that is rolled back, on this worker's clone (pytest-django's own fixture)
`committing_db`    a fresh clone whose commits are real; threads open, and close, their own connections
`owner_cursor`     a cursor of the tables' owner on the same database; each statement commits at once
"""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings as configured
from psycopg2 import extensions
from pytest_django import DjangoDbBlocker

from daoli_credit.embedded import clones, testbed

testbed.begin()
# Each password that a test invents would cost a tenth of a second and a hundred megabytes; the real one is tried in
# tests/accounts/test_passwords_at_rest.py
configured.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# how fast examples are made and tried says how busy the machine is, and nothing about us
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")
pytest_plugins = ["tests.cast", "tests.sharing_out"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "whole: starts whole processes; the third lane of python3 test")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a passing test has to report (`record_property`), also from a worker: a share, a number tried."""
    for report in terminalreporter.getreports("passed"):
        for what, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}：{what} {value}")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    from daoli_credit.demo import staff  # noqa: PLC0415  Django is ready only now

    with django_db_blocker.unblock(), testbed.fresh_database():
        staff.the_cast("")
        with django_db_blocker.block():
            yield


@pytest.fixture(autouse=True)
def _roots_of_its_own(request: pytest.FixtureRequest) -> None:
    """What is sealed and rolled back, or in another clone, would contradict the roots, and the site would say 503."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("settings").EVIDENCE_DIR = request.getfixturevalue("tmp_path") / "evidence"


@pytest.fixture
def committing_db(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("committing_db 与 db 不能用在同一个测试里：前者真的提交，后者回滚")
    # what is sealed in this database goes into roots of its own: another clone's would contradict them
    request.getfixturevalue("settings").EVIDENCE_DIR = request.getfixturevalue("tmp_path") / "evidence"
    with django_db_blocker.unblock(), testbed.fresh_database() as name:
        yield name


@pytest.fixture
def owner_cursor(request: pytest.FixtureRequest) -> Iterator[extensions.cursor]:
    request.getfixturevalue("committing_db" if "committing_db" in request.fixturenames else "db")
    with clones.cursor_at(testbed.owner_url()) as cursor:
        yield cursor
