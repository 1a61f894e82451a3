"""python3 test: 检查分道, cheapest first; the first red lane ends the run."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daoli_credit.embedded.child import spawn, stop
from daoli_credit.embedded.install import cache
from daoli_credit.embedded.testbed import ENVIRONMENT

LONG = 15 * 60
NO_SERVER = "ignore:Got an error checking a consistent migration history"  # lane one asks no server
CHROMIUM = Path("/usr/bin/chromium")


@dataclass(frozen=True)
class Lane:
    """检查道: a title and its commands; `pytest` ones take the further arguments. `beside` works while they do."""

    title: str
    commands: Sequence[Sequence[str]] = ()
    beside: Sequence[str] = ()
    pytest: Sequence[str] = ()
    runner: str = "pytest"
    needs: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)


def python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def lint() -> Lane:
    """Form and types. Django's settings are read, no server is asked.

    They need one processor. The other makes the template of the test databases and compiles every test meanwhile:
    the lanes that follow would wait for the one, and each of their workers would do the other for itself.
    """
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    cached = cache()
    return Lane(
        "一 规范与类型",
        commands=(
            python("ruff", "check", "--cache-dir", str(cached / "ruff"), "."),
            python("ruff", "format", "--check", "--cache-dir", str(cached / "ruff"), "."),
            python("mypy", "--cache-dir", str(cached / "mypy"), "."),
            [sys.executable, "-W", NO_SERVER, "manage.py", "makemigrations", "--check", "--dry-run"],
        ),
        beside=python("pytest", "--collect-only", "-qq"),
        environment=ENVIRONMENT | nowhere,
    )


def lanes(*, fast: bool, everything: bool) -> list[Lane]:
    """The lanes of this run, in order."""
    chosen = [
        lint(),
        Lane("二 办事与权限", pytest=("-n", "3", "--dist", "worksteal", "-m", "not browser and not whole")),
    ]
    if not fast:
        all_modes = {"DAOLI_ALL_MODES": "1"} if everything else {}
        chosen += [
            # these wait for whole processes most of the time: two files at once
            Lane("三 冒烟与正式部署", pytest=("-n", "2", "--dist", "loadfile", "-m", "whole and not browser")),
            Lane(
                "四 浏览器",
                pytest=("-n", "2", "-m", "browser"),
                runner="tests.browser.served",  # one portal for both workers
                needs=CHROMIUM,
                environment=all_modes,
            ),
        ]
    return chosen


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


def travel(lane: Lane, arguments: Sequence[str]) -> int:
    """0 when every command of the lane is content. No test selected is an error only without further arguments."""
    with ExitStack() as stack:
        other = stack.enter_context(at_work(lane.beside)) if lane.beside else None
        for command in lane.commands:
            print(f"$ {' '.join(command[1:])}", flush=True)
            if code := obey(command, lane.environment):
                return code
        if other and (code := other()):
            return code
    if lane.pytest:
        code = obey([*python(lane.runner), *lane.pytest, *arguments], lane.environment)
        return 0 if code == 5 and arguments else code
    return 0


def absent(lane: Lane) -> bool:
    """Whether the lane lacks a program; said aloud, and on CI a failure."""
    if lane.needs is None or shutil.which(lane.needs):
        return False
    print(f"—— 第{lane.title} —— 未运行：没有 {lane.needs}（apt-get install chromium fonts-noto-cjk）", flush=True)
    return True


def report(times: dict[str, float]) -> None:
    """Each lane's seconds, and a warning when the whole takes too long."""
    total = sum(times.values())
    print("—— 用时 —— " + "；".join(f"第{title} {seconds:.1f} 秒" for title, seconds in times.items()))
    print(f"—— 合计 {total:.1f} 秒 ——", flush=True)
    if total > LONG:
        print(f"警告：总用时超过 {LONG // 60} 分钟；用 python3 test --durations=10 查看最慢的十项", flush=True)


def main(arguments: list[str]) -> int:
    """--fast: the first two lanes; --all: every mode; the rest goes to pytest."""
    fast, everything = "--fast" in arguments, "--all" in arguments
    further = [word for word in arguments if word not in {"--fast", "--all"}]
    times: dict[str, float] = {}
    for lane in lanes(fast=fast, everything=everything):
        if absent(lane):
            if os.environ.get("CI") == "true":
                report(times)
                return 1
            continue
        print(f"—— 第{lane.title} ——", flush=True)
        begun = time.monotonic()
        code = travel(lane, further)
        times[lane.title] = time.monotonic() - begun
        if code:
            report(times)
            print(f"第{lane.title} 未通过", flush=True)
            return code
    report(times)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
