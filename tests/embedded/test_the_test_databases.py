"""测试库: what every other test rests on."""

from threading import Thread

import psycopg2
import pytest
from django.db import connection
from psycopg2 import extensions

from daoli_credit.embedded import testbed


def one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("db")
def test_tests_run_as_the_application_which_may_not_change_tables() -> None:
    assert one("SELECT current_user") == "daoli_app"
    with pytest.raises(Exception, match="permission denied for schema public"):
        one("CREATE TABLE scribble (id int)")


@pytest.mark.usefixtures("db")
def test_trigrams_see_han_characters() -> None:
    assert one("SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    assert one("SELECT '道里诚信' ~ '^\\w+$'") is True


def test_a_commit_in_a_committing_database_is_seen_by_another_thread(committing_db: str) -> None:
    one("SELECT set_config('daoli.seen', 'only here', false)")
    seen: list[object] = []

    def look() -> None:
        seen.append(one("SELECT current_database()"))
        seen.append(one("SELECT current_setting('daoli.seen', true)"))
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [committing_db, None]


def test_the_owners_cursor_stands_in_the_same_database_and_may_change_tables(
    committing_db: str, owner_cursor: extensions.cursor
) -> None:
    owner_cursor.execute("CREATE TABLE scribble AS SELECT 1 AS n")
    owner_cursor.execute("SELECT current_database(), current_user")
    assert owner_cursor.fetchone() == (committing_db, "daoli_owner")
    assert one("SELECT n FROM scribble") == 1  # committed at once, and readable by the application


def test_a_committing_database_is_gone_afterwards(request: pytest.FixtureRequest) -> None:
    with request.getfixturevalue("django_db_blocker").unblock(), testbed.fresh_database():
        url = testbed.owner_url()
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(url)
