"""封存的原表: the uploaded bytes and the rows that passed, sealed in the database and nowhere else."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from daoli_credit import cipher, sealed
from records.models import ImportBatch, SealedSheet
from records.rules import ready

PIECE = 4 << 20
# the bytes as uploaded are part 0 and, of a file longer than a piece, the parts from here on
FURTHER = 1 << 20
# the rows of a part that say otherwise than the register stand here, each such part at its first line
DIFFERING = 1 << 30


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
    kept = SealedSheet.objects.filter(batch=batch).exclude(part__gt=0, part__lt=FURTHER).exclude(part__gte=DIFFERING)
    parts = sorted(kept.values_list("part", flat=True))
    if not parts:
        raise NotKept("原表已经不再保存；请重新上传")
    return (cipher.unseal(bytes(kept.get(part=part).envelope), context=_context(batch, part)) for part in parts)


@dataclass(frozen=True)
class Part:
    """一部分备好的行, sealed for its batch."""

    number: int
    envelope: bytes


def sealed_part(batch: ImportBatch, number: int, rows: Iterable[tuple[bytes, bytes]]) -> Part:
    """封存备好的行: a cache beside the original. Pressed first: the rows of a sheet are much alike."""
    plain = zlib.compress(ready.packed(rows), 1)
    return Part(number, cipher.seal(plain, context=_context(batch, number)))


def packed_rows(batch: ImportBatch, part: Part) -> tuple[list[bytes], list[bytes]]:
    """备好的行 of a part, still packed: what they share, and each line."""
    return ready.unpacked(zlib.decompress(cipher.unseal(part.envelope, context=_context(batch, part.number))))


def opened(batch: ImportBatch, part: Part) -> list[str]:
    """备好的行 of a part, whole."""
    shared, lines = packed_rows(batch, part)
    return [ready.whole(line, shared) for line in lines]


def keep_part(batch: ImportBatch, part: Part) -> None:
    """存下一部分; what stood in its place goes."""
    SealedSheet.objects.filter(batch=batch, part=part.number).delete()
    SealedSheet.objects.create(batch=batch, part=part.number, envelope=part.envelope)


def differing_part(batch: ImportBatch, rows: Sequence[tuple[int, str]]) -> Part:
    """封存与登记不同的行 of one part, with their lines: a cache beside the original, to be found by any of them."""
    return sealed_part(batch, DIFFERING + rows[0][0], (ready.parted(row) for _, row in rows))


def differing(batch: ImportBatch, lines: Collection[int]) -> dict[int, str]:
    """与登记不同的行 among these, as they were judged. Only the parts in which they stand are opened, wherever in the
    sheet that is; what was judged before such rows were kept is not there.
    """
    found: dict[int, str] = {}
    kept = SealedSheet.objects.filter(batch=batch, part__gte=DIFFERING)
    upto = kept.filter(part__lte=DIFFERING + max(lines)).order_by("-part").values_list("part", flat=True)
    for number in upto.iterator():
        part = Part(number, bytes(kept.values_list("envelope", flat=True).get(part=number)))
        found |= {int(row.partition("\t")[0]): row for row in opened(batch, part)}
        if number <= DIFFERING + min(lines):
            break
    return {line: found[line] for line in lines if line in found}


class Parts:
    """各部分, in the order of the sheet: taken from the database one after the other, as often as one looks."""

    def __init__(self, batch: ImportBatch) -> None:
        self._kept = SealedSheet.objects.filter(batch=batch, part__gt=0, part__lt=FURTHER).order_by("part")

    def __iter__(self) -> Iterator[Part]:
        for number in list(self._kept.values_list("part", flat=True)):
            yield Part(number, bytes(self._kept.values_list("envelope", flat=True).get(part=number)))


def parts(batch: ImportBatch) -> Parts:
    """各部分."""
    return Parts(batch)


def rows(batch: ImportBatch, kept: Iterable[Part]) -> Iterator[str]:
    """备好的行, part after part."""
    for part in kept:
        yield from opened(batch, part)


def forget_rows(batch: ImportBatch) -> None:
    """删去通过的行; the original stays, and what differs from the register."""
    SealedSheet.objects.filter(batch=batch, part__gt=0, part__lt=FURTHER).delete()


def forget_judged(batch: ImportBatch) -> None:
    """删去判断过的行, all of them; the original stays."""
    SealedSheet.objects.filter(batch=batch, part__gte=DIFFERING).delete()
    forget_rows(batch)


def forget(batch: ImportBatch) -> None:
    """删去原表和一切抄本."""
    SealedSheet.objects.filter(batch=batch).delete()
