"""另一只手: writes over the same connection, in the same transaction, one piece of work after the other."""

import threading

import pytest
from django.db import connection, transaction

from daoli_credit.accounts.models import Department
from records.workflows.beside import Beside
from tests.cast import Cast


def _named(cast: Cast) -> str:
    return Department.objects.get(pk=cast.market.pk).name


def test_what_it_writes_stands_in_the_transaction_of_whoever_gave_it(cast: Cast) -> None:
    hand, mine, seen = Beside(), connection.connection, []

    def work() -> None:
        with transaction.atomic():
            Department.objects.filter(pk=cast.market.pk).update(name="另一只手写的")
        seen.append((threading.current_thread(), connection.connection))

    with transaction.atomic():
        hand.give(work)
        hand.wait()
        assert _named(cast) == "另一只手写的"
        transaction.set_rollback(True)
    hand.close()
    assert _named(cast) != "另一只手写的"
    ((thread, over),) = seen
    assert thread is not threading.current_thread()
    assert over is mine


def test_what_it_raises_is_raised_where_one_waits_and_the_connection_is_whole(cast: Cast) -> None:
    hand = Beside()

    def work() -> None:
        with transaction.atomic():
            Department.objects.filter(pk=cast.market.pk).update(name="半截")
            raise ValueError("不成")

    hand.give(work)
    with pytest.raises(ValueError, match="不成"):
        hand.give(lambda: None)  # the next piece waits for the last
    hand.give(lambda: None)
    hand.wait()
    hand.wait()
    hand.close()
    assert _named(cast) != "半截"
    assert not connection.allow_thread_sharing
