"""`python -m tests.feeds.storm.nursery PLAN`: forks one worker after another; each does the true work until its point.

PLAN is JSON: [[signal, point], …]. What was hit is printed as JSON at the end, and on the way to a long one how far it
is.
"""

import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

LANES, LIFE, ATTEMPTS, LIMIT = 3, 25.0, 6, 4
SAID_EVERY = 20
POINTS = ("after-claim", "after-send", "in-commit", "before-receipt")
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def _arm(point: str, how: str) -> Callable[[], bool]:
    """Wraps the true functions so that the first passage of `point` sends this process the signal."""
    from daoli_credit.feeds.workflows import claiming, sending, settling  # noqa: PLC0415  Django is ready only now
    from daoli_credit.feeds.workflows import delivery as states  # noqa: PLC0415

    hit: list[bool] = []

    def strike(name: str) -> None:
        if name == point and not hit:
            hit.append(True)
            os.kill(os.getpid(), SIGNALS[how])

    claim, adapter, accept, taken = claiming.claim, sending.adapter, states.accept, settling._accepted

    def striking(*given: Any) -> Any:
        found = claim(*given)
        if found:
            strike("after-claim")
        return found

    def wire(channel: Any) -> Any:
        made = adapter(channel)
        send = made.send

        def sent(*given: Any) -> Any:
            answer = send(*given)
            strike("after-send")
            return answer

        setattr(made, "send", sent)  # noqa: B010  on this one object
        return made

    def accepting(found: Any) -> None:
        accept(found)
        strike("in-commit")

    def hearing(*given: Any) -> None:
        taken(*given)
        strike("before-receipt")

    for module, name, wrapped in (
        (sending, "claim", striking),
        (sending, "adapter", wire),
        (settling, "adapter", wire),
        (states, "accept", accepting),
        (settling, "_accepted", hearing),
    ):
        setattr(module, name, wrapped)
    return lambda: bool(hit)


def work(point: str, how: str) -> None:
    """One life: sweeps, sends and fetches receipts, as the tasks do, until its point or the end of its time."""
    from django.db import Error, close_old_connections  # noqa: PLC0415

    from daoli_credit.feeds import channels  # noqa: PLC0415
    from daoli_credit.feeds.adapters import Unreachable  # noqa: PLC0415
    from daoli_credit.feeds.rules import patience  # noqa: PLC0415
    from daoli_credit.feeds.workflows import sending, settling, sweeping  # noqa: PLC0415

    patience.DELAYS = (timedelta(seconds=0.3),) * 400
    patience.SHORTEST_BREAK = patience.LONGEST_BREAK = timedelta(seconds=0.3)
    woken, end = _arm(point, how), time.monotonic() + LIFE
    while time.monotonic() < end and not woken():
        for channel in channels.all_of_them():
            try:
                sweeping.sweep(channel)
                sending.send_due(channel, at_most=0.3, limit=LIMIT)
                settling.poll(channel)
            except (Unreachable, Error):
                close_old_connections()  # as between two tasks; the next round tries again
        time.sleep(0.02)


def run(plan: list[tuple[str, str]], lease: float) -> dict[str, int]:
    """Works through the plan, some lives at once; wakes what was stopped when its lease has run out."""
    todo, hits, alive, asleep = [(one, 0) for one in plan], Counter[str](), {}, {}  # type: ignore[var-annotated]

    def count(one: tuple[str, str]) -> None:
        hits["-".join(one)] += 1
        if not sum(hits.values()) % SAID_EVERY:
            sys.stderr.write(f"{time.strftime('%H:%M:%S')} 打中 {sum(hits.values())} 次，共 {len(plan)} 次\n")

    while todo or alive:
        while todo and len(alive) < LANES:
            (how, point), tried = todo.pop(0)
            pid = os.fork()
            if not pid:
                try:
                    work(point, how)
                finally:
                    os._exit(0)
            alive[pid] = ((how, point), tried)
        pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
        if pid:
            one, tried = alive[pid]
            if os.WIFSTOPPED(status):
                asleep[pid] = time.monotonic() + lease
                count(one)
                continue
            del alive[pid]
            if os.WIFSIGNALED(status):
                count(one)
            elif pid not in asleep and tried < ATTEMPTS:
                todo.append((one, tried + 1))
            asleep.pop(pid, None)
        for sleeper, due in list(asleep.items()):
            if sleeper in alive and due < time.monotonic():
                os.kill(sleeper, signal.SIGCONT)
                asleep[sleeper] = float("inf")
        time.sleep(0.02)
    return dict(hits)


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    settings.FEED_TIMEOUT = 2
    sys.stdout.write(json.dumps(run([tuple(one) for one in json.loads(sys.argv[1])], settings.FEED_TIMEOUT * 4 + 0.5)))
