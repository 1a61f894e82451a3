"""同时: works run at once, each in its own thread and on its own connection to the database."""

import threading
from collections.abc import Callable
from contextvars import copy_context

from django.db import connections

from daoli_credit.workflow import WorkflowError


def together(*works: Callable[[], object]) -> list[str]:
    """What each of them said: `done`, or the name of the refusal; sorted. Needs `committing_db`.

    Each believes it is the day that the test believes in.
    """
    gate, said = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        gate.wait(120)
        try:
            work()
            said.append("done")
        except WorkflowError as why:
            said.append(type(why).__name__)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=copy_context().run, args=[run, work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return sorted(said)
