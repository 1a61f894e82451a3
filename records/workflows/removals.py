"""撤下日志: every end of a record also stands in a file outside the database, before anybody is asked to withdraw.

A restored backup would otherwise publish again what had ended (decisions in docs/adr/0010). The order is: the line is
written and synced, then its row is made; feeds wait for the row. A crash in between leaves a line whose row is still
missing, so the line is written once more: a duplicate says nothing new. There is never a row without a line.

The file is locked while it is written, and no transaction is open meanwhile: a slow disk holds no row. Should the
lock not reach another machine, both may write the same line, and the second row is simply not made.
"""

import fcntl
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from daoli_credit import cipher
from records.models import Removal, Revision
from records.models.revision import Kind

BATCH = 1000
_TAIL = 4096


class JournalAltered(RuntimeError):
    """撤下日志有一行不是我们写的: altered, forged, or under a key that the ring has lost."""


@dataclass(frozen=True)
class Removed:
    """撤下日志的一行: which record, by which revision, on which day. No identity."""

    number: str
    revision: int
    day: date

    def __str__(self) -> str:
        return f"{self.number} {self.revision} {self.day.isoformat()}"


def place() -> Path:
    """日志文件, beside the roots of evidence."""
    return Path(settings.EVIDENCE_DIR) / "removals.log"


def journal() -> int:
    """补记撤下日志: every ending that has no row yet. Returns how many were written; harmless twice and side by side.

    Raises RuntimeError inside a transaction: the file must not wait for a commit, nor a commit for the file.
    """
    written = 0
    while batch := _waiting():
        with _locked() as file:
            _append(file, [Removed(one.record.number, one.number, one.day) for one in batch])
        with transaction.atomic(durable=True):
            Removal.objects.bulk_create([Removal(revision=one) for one in batch], ignore_conflicts=True)
        written += len(batch)
    return written


def _waiting() -> list[Revision]:
    # asked by the absence of the row, not from where the last round stopped: a slow transaction is found later
    with transaction.atomic(durable=True):
        waiting = Revision.objects.filter(kind=Kind.ENDED, removal__isnull=True)
        return list(waiting.select_related("record").order_by("pk")[:BATCH])


def _append(file: IO[bytes], lines: list[Removed]) -> None:
    file.write(b"".join(f"{line} {cipher.journal_macs(str(line))[0].hex()}\n".encode("ascii") for line in lines))
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _locked() -> Iterator[IO[bytes]]:
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _drop_torn_tail(file)
        yield file
    if fresh:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _drop_torn_tail(file: IO[bytes]) -> None:
    # a crash in the middle of a write leaves a line without its end; its row was never made, it is written again
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - _TAIL))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.truncate(start + tail.rfind(b"\n") + 1)


def read_journal() -> list[Removed]:
    """读撤下日志: each ending once, in the order written; what a torn write left at the end is not a line yet.

    Raises JournalAltered, naming the line, when one is not whole or does not carry our code.
    """
    try:
        whole = place().read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []
    return list(dict.fromkeys(_checked(number, line) for number, line in enumerate(whole, 1)))


def _checked(number: int, line: bytes) -> Removed:
    said, _, code = line.decode("ascii", errors="replace").rpartition(" ")
    if not any(hmac.compare_digest(mac.hex().encode(), code.encode()) for mac in cipher.journal_macs(said)):
        raise JournalAltered(f"撤下日志第 {number} 行校验不符：{place()}")
    record, revision, day = said.split(" ")
    return Removed(record, int(revision), date.fromisoformat(day))
