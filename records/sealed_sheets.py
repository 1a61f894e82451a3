"""封存的原表: the uploaded bytes and the rows that passed, sealed in the database and nowhere else."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from daoli_credit import cipher, sealed
from records.identity import Identity
from records.models import ImportBatch, SealedSheet
from records.rules.intake import Checked

ROWS_PER_PART = 1000
PIECE = 4 << 20
# the bytes as uploaded are part 0 and, of a file longer than a piece, the parts from here on
FURTHER = 1 << 20
DAYS = ("determined_on", "conduct_on", "term_end", "served_on")


class NotKept(Exception):
    """原表已经不在: cancelled, or past its time of keeping."""


def _context(batch: ImportBatch, part: int) -> bytes:
    return b"sheet|" + batch.token.bytes + part.to_bytes(4, "big")


sealed.register(
    sealed.Envelope(
        "records.SealedSheet", "envelope", lambda kept: _context(kept.batch, kept.part), related=("batch",), portion=4
    )
)


def keep(batch: ImportBatch, data: Iterable[bytes]) -> tuple[int, bytes]:
    """封存原表, piece by piece. Returns how many bytes it had, and their digest."""
    size, digest = 0, hashlib.sha256()
    for number, piece in enumerate(_pieces(data)):
        part = number and FURTHER + number
        envelope = cipher.seal(piece, context=_context(batch, part))
        SealedSheet.objects.create(batch=batch, part=part, envelope=envelope)
        size += len(piece)
        digest.update(piece)
    return size, digest.digest()


def _pieces(data: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for some in data:
        held += some
        while len(held) >= PIECE:
            yield held[:PIECE]
            held = held[PIECE:]
    if held:
        yield held


def on_the_way(piece: bytes, context: bytes, number: int) -> bytes:
    """封存一段 of a sheet that is still coming in (`records.receiving`)."""
    return cipher.seal(piece, context=b"upload|" + context + number.to_bytes(4, "big"))


def arrived(envelope: bytes, context: bytes, number: int) -> bytes:
    """打开一段, to lay it down with its batch."""
    return cipher.unseal(envelope, context=b"upload|" + context + number.to_bytes(4, "big"))


def original(batch: ImportBatch) -> Iterator[bytes]:
    """打开原表, to read it, piece by piece. Raises NotKept."""
    kept = SealedSheet.objects.filter(batch=batch).exclude(part__gt=0, part__lt=FURTHER).order_by("part")
    parts = list(kept.values_list("part", flat=True))
    if not parts:
        raise NotKept("原表已经不再保存；请重新上传")
    return (cipher.unseal(bytes(kept.get(part=part).envelope), context=_context(batch, part)) for part in parts)


def keep_rows(batch: ImportBatch, rows: Sequence[tuple[int, Checked]]) -> None:
    """封存通过的行: a cache beside the original, replaced whole."""
    forget_rows(batch)
    parts = []
    for number, at in enumerate(range(0, len(rows), ROWS_PER_PART), 1):
        some = [(line, {**vars(row), "identity": vars(row.identity)}) for line, row in rows[at : at + ROWS_PER_PART]]
        plain = json.dumps(some, default=str)
        envelope = cipher.seal(plain.encode(), context=_context(batch, number))
        parts.append(SealedSheet(batch=batch, part=number, envelope=envelope))
    SealedSheet.objects.bulk_create(parts)


def _checked(kept: dict[str, Any]) -> Checked:
    days = {name: kept[name] and date.fromisoformat(kept[name]) for name in DAYS}
    return Checked(**{**kept, **days, "identity": Identity(**kept["identity"]), "remarks": tuple(kept["remarks"])})


def rows(batch: ImportBatch) -> Iterator[tuple[int, Checked]]:
    """通过的行, in the order of the sheet."""
    for part in SealedSheet.objects.filter(batch=batch, part__gt=0, part__lt=FURTHER).order_by("part"):
        for line, kept in json.loads(cipher.unseal(bytes(part.envelope), context=_context(batch, part.part))):
            yield line, _checked(kept)


def forget_rows(batch: ImportBatch) -> None:
    """删去通过的行; the original stays."""
    SealedSheet.objects.filter(batch=batch, part__gt=0, part__lt=FURTHER).delete()


def forget(batch: ImportBatch) -> None:
    """删去原表和一切抄本."""
    SealedSheet.objects.filter(batch=batch).delete()
