"""封存的原表: the uploaded bytes and the rows that passed, sealed in the database and nowhere else."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from daoli_credit import cipher, sealed
from records.identity import Identity
from records.models import ImportBatch, SealedSheet
from records.rules.intake import Checked

ROWS_PER_PART = 1000
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


def keep(batch: ImportBatch, data: bytes) -> None:
    """封存原表."""
    SealedSheet.objects.create(batch=batch, part=0, envelope=cipher.seal(data, context=_context(batch, 0)))


def original(batch: ImportBatch) -> bytes:
    """打开原表, to read it. Raises NotKept."""
    part = SealedSheet.objects.filter(batch=batch, part=0).first()
    if part is None:
        raise NotKept("原表已经不再保存；请重新上传")
    return cipher.unseal(bytes(part.envelope), context=_context(batch, 0))


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
    for part in SealedSheet.objects.filter(batch=batch, part__gt=0).order_by("part"):
        for line, kept in json.loads(cipher.unseal(bytes(part.envelope), context=_context(batch, part.part))):
            yield line, _checked(kept)


def forget_rows(batch: ImportBatch) -> None:
    """删去通过的行; the original stays."""
    SealedSheet.objects.filter(batch=batch, part__gt=0).delete()


def forget(batch: ImportBatch) -> None:
    """删去原表和一切抄本."""
    SealedSheet.objects.filter(batch=batch).delete()
