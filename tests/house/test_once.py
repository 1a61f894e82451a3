"""只有一件: only the constraint that was named turns into “done before”; every other refusal stays a refusal."""

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.workflow import AlreadyDone, once

pytestmark = pytest.mark.django_db


@pytest.fixture
def _table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE one_thing (id int CONSTRAINT one_of_a_kind UNIQUE, other int"
            " CONSTRAINT above_nothing CHECK (other > 0)) ON COMMIT DROP"
        )


def _write(first: int, second: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO one_thing VALUES (%s, %s)", [first, second])


@pytest.mark.usefixtures("_table")
def test_the_second_of_a_kind_is_said_to_be_done() -> None:
    _write(1, 1)
    with pytest.raises(AlreadyDone, match="办过了"), once("one_of_a_kind", "办过了"):
        _write(1, 2)
    _write(2, 1)  # the savepoint took the refusal with it


@pytest.mark.usefixtures("_table")
def test_another_refusal_is_not_taken_for_a_double_click() -> None:
    with pytest.raises(IntegrityError, match="above_nothing"), transaction.atomic(), once("one_of_a_kind", "办过了"):
        _write(1, 0)
