"""读一张表, by a child process with its own limits. Nothing is written to disk; the bytes go through a pipe.

What kind of file it is, its content says; people rename files, and many systems call a text `.xls`.
"""

import os
import selectors
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from records.reading import said

MEMORY_MB = 1024
SECONDS = 120
# of a workbook, which must be held whole; a CSV file streams, and may be as long as the upload lets it
MOST_BYTES = 60 * 1024 * 1024
MOST_ROWS = 200_000
LONGEST_CSV = 1024 * 1024 * 1024
HELD_WHOLE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how the files of workbooks begin
PORTION = 1 << 16
ROOT = Path(__file__).resolve().parents[2]
TOO_MUCH = "读取这个文件用去了过多的内存或者时间，已经停止，什么也没有存入；请删去空白行列、图片后另存再传"
Row = tuple[int, list[str]]


class Unreadable(Exception):
    """读不了: carries a Chinese sentence that says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """一张表: its kind in words and the rows that are not blank, each with its number as the program shows it.

    The rows come as they are read; taking them raises Unreadable where the file goes wrong.
    """

    kind: str
    rows: Iterator[Row]


def _heard(child: "subprocess.Popen[bytes]", pieces: Iterator[bytes], patience: int) -> Iterator[bytes]:
    """What the child says, while it is fed. Raises Unreadable when it has been silent for too long."""
    assert child.stdin and child.stdout  # noqa: S101, PT018  for the type checker
    feed, ears = child.stdin.fileno(), child.stdout.fileno()
    os.set_blocking(feed, False)
    waiting = memoryview(b"")
    with selectors.DefaultSelector() as ready:
        ready.register(feed, selectors.EVENT_WRITE)
        ready.register(ears, selectors.EVENT_READ)
        while True:
            events = ready.select(patience)
            if not events:
                raise Unreadable(TOO_MUCH)
            for key, _ in events:
                if key.fd == ears:
                    if not (portion := os.read(ears, PORTION)):
                        return
                    yield portion
                    continue
                waiting = waiting or memoryview(next(pieces, b""))
                try:
                    done = not waiting
                    waiting = waiting[os.write(feed, waiting[:PORTION]) :] if waiting else waiting
                except BrokenPipeError:
                    done = True  # it has heard enough
                if done:
                    ready.unregister(feed)
                    child.stdin.close()


def _read(pieces: Iterator[bytes], memory_mb: int, seconds: int, most: int) -> Iterator[Row]:
    """The kind as line 0, then the rows."""
    command = [sys.executable, "-m", "records.reading.child", str(memory_mb), str(seconds), str(most)]
    child = subprocess.Popen(  # noqa: S603  our own module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=ROOT, env={"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "1"},
    )  # fmt: skip
    try:
        for what, text in said.messages(_heard(child, pieces, seconds * 2)):
            if what == said.ROWS:
                yield from said.told(text)
            elif what == said.REFUSED:
                raise Unreadable(text)
            elif what == said.END:
                return
            else:
                yield 0, [text]
        raise Unreadable(TOO_MUCH)
    except said.Babble:
        raise Unreadable(TOO_MUCH) from None
    finally:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()
        child.wait()


def read(
    data: bytes | Iterable[bytes], *, memory_mb: int = MEMORY_MB, seconds: int = SECONDS, most: int = MOST_ROWS
) -> Sheet:
    """读表. Raises Unreadable for everything that is no sheet, also when reading kills the child."""
    rows = _read(iter([data] if isinstance(data, bytes) else data), memory_mb, seconds, most)
    _, (kind,) = next(rows)
    return Sheet(kind, rows)
