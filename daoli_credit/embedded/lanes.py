"""python3 test: 检查分道, cheapest first; the first red lane ends the run."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from daoli_credit.embedded.abreast import abreast, one_database_server
from daoli_credit.embedded.in_memory import in_memory
from daoli_credit.embedded.install import cache
from daoli_credit.embedded.lane import Lane, absent, python, travel
from daoli_credit.embedded.testbed import ENVIRONMENT

LONG = 15 * 60
NO_SERVER = "ignore:Got an error checking a consistent migration history"  # lane one asks no server
CHROMIUM = Path("/usr/bin/chromium")


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
            # these wait for whole processes most of the time: two files at once, the longest first
            Lane(
                "三 冒烟与正式部署",
                pytest=("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-m", "whole and not browser"),
                waits=True,
            ),
            Lane(
                "四 浏览器",
                pytest=("-n", "2", "-m", "browser"),
                runner="tests.browser.served",  # one portal for both workers
                needs=CHROMIUM,
                environment=all_modes,
                waits=True,
            ),
        ]
    return chosen


def report(times: dict[str, float], total: float) -> None:
    """Each lane's seconds, and a warning when the whole takes too long."""
    print("—— 用时 —— " + "；".join(f"第{title} {seconds:.1f} 秒" for title, seconds in times.items()))
    print(f"—— 合计 {total:.1f} 秒 ——", flush=True)
    if total > LONG:
        print(f"警告：总用时超过 {LONG // 60} 分钟；用 python3 test --durations=10 查看最慢的十项", flush=True)


def run(chosen: Sequence[Lane], further: Sequence[str], times: dict[str, float]) -> tuple[int, str]:
    """The lanes in order, those that wait beside the last one that computes. The first red code, and of which lane."""
    alone, waiting = [lane for lane in chosen if not lane.waits], [lane for lane in chosen if lane.waits]
    last = alone.pop() if waiting else None
    for lane in alone:
        print(f"—— 第{lane.title} ——", flush=True)
        begun = time.monotonic()
        code = travel(lane, further)
        times[lane.title] = time.monotonic() - begun
        if code:
            return code, lane.title
    if last is None:
        return 0, ""
    with one_database_server() as shared:
        rows = abreast(last, waiting, further, shared)
    for row in rows:
        times |= row.times
    return next(((row.code, row.red) for row in rows if row.red), (0, ""))


def main(arguments: list[str]) -> int:
    """--fast: the first two lanes; --all: every mode; the rest goes to pytest."""
    fast, everything = "--fast" in arguments, "--all" in arguments
    further = [word for word in arguments if word not in {"--fast", "--all"}]
    times: dict[str, float] = {}
    begun = time.monotonic()
    wanted = lanes(fast=fast, everything=everything)
    chosen = [lane for lane in wanted if not absent(lane)]
    with in_memory() as places:
        os.environ |= places
        code, red = run(chosen, further, times)
    report(times, time.monotonic() - begun)
    if red:
        print(f"第{red} 未通过", flush=True)
        return code
    return 1 if len(chosen) < len(wanted) and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
