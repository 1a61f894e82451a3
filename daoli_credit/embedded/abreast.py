"""并行: the lane that computes in front of us, and beside it, one behind the other, the lanes that wait for processes.

Travelled one after the other, the waiting ones leave more than half of two processors idle for nine minutes.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import IO

from daoli_credit.embedded import testbed
from daoli_credit.embedded.child import spawn, stop
from daoli_credit.embedded.lane import Lane, asked, judged
from daoli_credit.embedded.servers import servers

LOOK_AGAIN = 0.2
# The lane that computes stands back: whoever waits for an answer gets it as on an idle machine, or nearly.
STANDS_BACK = 10


@dataclass
class Row:
    """一路: lanes one behind the other. What they say goes to `output`, to the terminal without one."""

    lanes: Sequence[Lane]
    arguments: Sequence[str]
    environment: Mapping[str, str]
    output: IO[bytes] | None = None
    nice: int = 0
    times: dict[str, float] = field(default_factory=dict)
    code: int = 0
    red: str = ""
    over: bool = False

    def travel(self) -> Generator[None]:
        """Each step looks whether the process under way has ended; closing it stops that process."""
        for lane in self.lanes:
            begun = time.monotonic()
            self._say(f"—— 第{lane.title} ——\n")
            child = spawn(
                asked(lane, self.arguments),
                env={**os.environ, **self.environment, **lane.environment, "PYTHONUNBUFFERED": "1"},
                output=self.output,
            )
            try:
                os.setpriority(os.PRIO_PROCESS, child.pid, os.getpriority(os.PRIO_PROCESS, 0) + self.nice)
                while child.poll() is None:
                    yield
            finally:
                stop(child, signal.SIGINT)
                self.times[lane.title] = time.monotonic() - begun
            if code := judged(child.returncode, self.arguments):
                self.code, self.red = code, lane.title
                break
        self.over = True

    def _say(self, text: str) -> None:
        if self.output is None:
            print(text, end="", flush=True)
        else:
            os.write(self.output.fileno(), text.encode())


def show(said: IO[bytes], shown: int) -> int:
    """On the terminal what was said since; the writer's place in the file stays where it is. Returns how far."""
    while more := os.pread(said.fileno(), 1 << 16, shown):
        sys.stdout.flush()
        sys.stdout.buffer.write(more)
        sys.stdout.flush()
        shown += len(more)
    return shown


def abreast(
    computes: Lane, waiting: Sequence[Lane], arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[Row, Row]:
    """Both rows as they ended: the first red lane stops the other row.

    What the waiting ones say is shown when the one in front is through, or when one of them is red.
    """
    with tempfile.TemporaryFile() as said, ExitStack() as stack:
        front = Row([computes], arguments, environment, nice=STANDS_BACK)
        behind = Row(waiting, arguments, environment, said)
        moves = [stack.enter_context(closing(row.travel())) for row in (front, behind)]
        shown = 0
        while not (front.over and behind.over) and not (front.red or behind.red):
            for move in moves:
                next(move, None)
            if front.over and not front.red:
                shown = show(said, shown)
            time.sleep(LOOK_AGAIN)
        stack.close()
        if not front.red:
            show(said, shown)
        return front, behind


@contextmanager
def one_database_server() -> Generator[dict[str, str]]:
    """PostgreSQL with one template for the lanes that travel abreast; each starts a Valkey of its own."""
    with ExitStack() as stack:
        addresses = stack.enter_context(servers(testbed.cluster_of_our_own(stack), database="postgres", testing=True))
        yield {"DATABASE_URL": addresses.database, "DATABASE_OWNER_URL": addresses.owner}
