"""库外的根: one line per seal in a file outside the database. Against the database's owner nothing else helps."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from daoli_credit.audit.models import Seal

Line = dict[str, Any]
_TAIL = 4096


class RootsDisagree(RuntimeError):
    """库外的根与数据库不符: an older database was restored, or one of the two was altered.

    Sealing stops until a person has looked (docs/evidence.md).
    """


def place() -> Path:
    """根文件."""
    return Path(settings.EVIDENCE_DIR) / "roots.jsonl"


def moment(at: datetime) -> str:
    """A time as the chain value and the file write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_of(seal: Seal) -> Line:
    """A seal as the file keeps it: everything its chain value is computed from, and that value."""
    return {
        "id": seal.pk,
        "previous": bytes(seal.previous).hex(),
        "root": bytes(seal.root).hex(),
        "count": seal.count,
        "first_at": moment(seal.first_at),
        "last_at": moment(seal.last_at),
        "sealed_at": moment(seal.sealed_at),
        "chain": bytes(seal.chain).hex(),
    }


def newest() -> Line | None:
    """库外最新的根, or None when there is no file yet. Raises RootsDisagree for a last line that cannot be read."""
    try:
        with place().open("rb") as file:
            return _last(file)
    except FileNotFoundError:
        return None


def publish() -> int:
    """补齐库外的根: append every seal the file does not have, and return how many. Harmless twice.

    Raises RootsDisagree when the file's last seal is not the database's seal of that number.
    """
    with _locked() as file:
        last = _last(file)
        agree(last)
        missing = Seal.objects.filter(pk__gt=last["id"] if last else 0).order_by("pk")
        written = 0
        for seal in missing.iterator():
            file.write(json.dumps(line_of(seal), separators=(",", ":")).encode("ascii") + b"\n")
            written += 1
        file.flush()
        os.fsync(file.fileno())
    return written


def set_aside(stamp: str) -> str:
    """另存: the file keeps every line under another name. Returns that name."""
    with _locked():
        kept = place().with_name(f"roots-{stamp}.jsonl")
        place().rename(kept)
    return kept.name


def agree(last: Line | None) -> None:
    """Raises RootsDisagree unless the database has the seal that the file ends with, just as it stands there."""
    if last is None:
        return
    seal = Seal.objects.filter(pk=last["id"]).first()
    if seal is None:
        raise RootsDisagree(f"库外的根已到第 {last['id']} 次封存，数据库里没有：数据库可能恢复自旧备份")
    if line_of(seal) != last:
        raise RootsDisagree(f"第 {last['id']} 次封存在库外与数据库里不同")


@contextmanager
def _locked() -> Iterator[IO[bytes]]:
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _drop_torn_tail(file)
        yield file


def _drop_torn_tail(file: IO[bytes]) -> None:
    # A crash in the middle of a write leaves a line without its end; the seal is in the database and is written again.
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - _TAIL))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.truncate(start + tail.rfind(b"\n") + 1)


def _last(file: IO[bytes]) -> Line | None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    whole = file.read().rpartition(b"\n")[0]
    if not whole:
        return None
    try:
        line: Line = json.loads(whole.rpartition(b"\n")[2])
        int(line["id"])
    except (ValueError, KeyError, TypeError) as why:
        raise RootsDisagree(f"根文件最后一行读不懂：{place()}") from why
    return line
