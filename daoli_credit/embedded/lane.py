"""检查道: commands that judge one thing, and the ways to travel it: alone, with something at work beside it."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daoli_credit.embedded.child import spawn, stop

NONE_SELECTED = 5  # pytest's word for it


@dataclass(frozen=True)
class Lane:
    """检查道: a title and its commands; `pytest` ones take the further arguments. `beside` works while they do.

    `waits`: its processes wait for each other most of the time, so it is travelled beside the one that computes.
    """

    title: str
    commands: Sequence[Sequence[str]] = ()
    beside: Sequence[str] = ()
    pytest: Sequence[str] = ()
    runner: str = "pytest"
    needs: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    waits: bool = False


def python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def obey(argv: Sequence[str], environment: dict[str, str]) -> int:
    """Run one command as a leashed child; Ctrl-C or SIGTERM stops it and everything it started."""
    child = spawn(argv, env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"})
    try:
        return child.wait()
    finally:
        stop(child, signal.SIGINT)


@contextmanager
def at_work(argv: Sequence[str]) -> Iterator[Callable[[], int]]:
    """Run one command while we do something else; the call waits for its code. What it said is shown if it is red."""
    with tempfile.TemporaryFile() as said:
        child = spawn(argv, env={**os.environ, "PYTHONUNBUFFERED": "1"}, output=said)

        def ended() -> int:
            if code := child.wait():
                said.seek(0)
                print(f"$ {' '.join(argv[1:])}\n{said.read().decode(errors='replace')}", flush=True)
            return code

        try:
            yield ended
        finally:
            stop(child, signal.SIGINT)


def asked(lane: Lane, arguments: Sequence[str]) -> list[str]:
    """The lane's run of pytest with the further arguments; empty when it has none."""
    return [*python(lane.runner), *lane.pytest, *arguments] if lane.pytest else []


def judged(code: int, arguments: Sequence[str]) -> int:
    """The code of a run of pytest. No test selected is an error only without further arguments."""
    return 0 if code == NONE_SELECTED and arguments else code


def travel(lane: Lane, arguments: Sequence[str]) -> int:
    """0 when every command of the lane is content."""
    with ExitStack() as stack:
        other = stack.enter_context(at_work(lane.beside)) if lane.beside else None
        for command in lane.commands:
            print(f"$ {' '.join(command[1:])}", flush=True)
            if code := obey(command, lane.environment):
                return code
        if other and (code := other()):
            return code
    command = asked(lane, arguments)
    return judged(obey(command, lane.environment), arguments) if command else 0


def absent(lane: Lane) -> bool:
    """Whether the lane lacks a program; said aloud, and on CI a failure."""
    if lane.needs is None or shutil.which(lane.needs):
        return False
    print(f"—— 第{lane.title} —— 未运行：没有 {lane.needs}（apt-get install chromium fonts-noto-cjk）", flush=True)
    return True
