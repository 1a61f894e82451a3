"""另一只手: a thread that writes over this one's connection, while this one computes and lets the database be."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import DEFAULT_DB_ALIAS, connections


class Beside:
    """另一只手, with one piece of work at a time. Between `give` and `wait` nobody else may touch the connection:
    two threads in one conversation with the server would hear each other's answers.
    """

    def __init__(self) -> None:
        self._hand = ThreadPoolExecutor(1)
        self._doing: Future[None] | None = None

    def give(self, work: Callable[[], None]) -> None:
        """交给它去办."""
        self.wait()
        mine = connections[DEFAULT_DB_ALIAS]

        def over_my_connection() -> None:
            connections[DEFAULT_DB_ALIAS] = mine
            mine.inc_thread_sharing()
            try:
                work()
            finally:
                mine.dec_thread_sharing()
                del connections[DEFAULT_DB_ALIAS]

        self._doing = self._hand.submit(over_my_connection)

    def wait(self) -> None:
        """等它办完. Raises what the work raised."""
        doing, self._doing = self._doing, None
        if doing:
            doing.result()

    def close(self) -> None:
        """不再办了: what is being done comes to its end first."""
        self._hand.shutdown(cancel_futures=True)
