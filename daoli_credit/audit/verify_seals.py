"""核验封存: the chain, the roots, and the file outside, read side by side in one pass over bounded windows."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper

from daoli_credit.audit import roots
from daoli_credit.audit.check_proof import GENESIS, chain_of
from daoli_credit.audit.merkle import root_of_joined
from daoli_credit.audit.models import Seal

WINDOW = 200_000  # leaves held in memory at a time
FRESH = timedelta(minutes=1)  # a seal is committed a moment before its line is written


def chain(seals: Iterable[Seal]) -> Iterator[str]:
    """封存链: numbers without a gap, each chain value from its lines and the one before."""
    before, expected = GENESIS, 1
    for seal in seals:
        line = roots.line_of(seal)
        if seal.pk != expected or line["previous"] != before:
            yield f"第 {expected} 次封存：与前一次不相连"
        elif line["chain"] != chain_of(line):
            yield f"第 {seal.pk} 次封存：链值不符，封存记录被改过"
        before, expected = line["chain"], seal.pk + 1


def merkle(cursor: CursorWrapper, seals: Iterable[Seal]) -> Iterator[str]:
    """默克尔根: recomputed from the leaves kept with each seal."""
    for window in _windows(seals):
        cursor.execute(
            "SELECT seal_id, leaves FROM audit_leaves WHERE seal_id BETWEEN %s AND %s ORDER BY seal_id, source, month",
            [window[0].pk, window[-1].pk],
        )
        parts = {
            number: [part[1] for part in group] for number, group in groupby(cursor.fetchall(), lambda part: part[0])
        }
        for seal in window:
            leaves = b"".join(parts.pop(seal.pk, []))
            if len(leaves) != seal.count * 32 or root_of_joined(leaves) != bytes(seal.root):
                yield f"第 {seal.pk} 次封存：叶子算不出封存的根"


def strays(cursor: CursorWrapper) -> Iterator[str]:
    """没有封存的叶子: leaves that claim a seal there is not."""
    cursor.execute(
        "SELECT min(seal_id) FROM audit_leaves l WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.id = l.seal_id)"
    )
    if (number := cursor.fetchone()[0]) is not None:
        yield f"第 {number} 次封存：有叶子而没有封存记录"


def outside(path: Path, size: int, seals: Iterable[Seal], now: Any) -> Iterator[str]:
    """库外的根, as far as the file went before the database was read."""
    lines = _lines(path, size)
    for seal in seals:
        kept = next(lines, None)
        if kept is None:
            if now - seal.sealed_at > FRESH:
                yield f"第 {seal.pk} 次封存：库外没有它的根"
                return
        elif kept != roots.line_of(seal):
            yield f"第 {seal.pk} 次封存：与库外的根不同"
            return
    if ahead := next(lines, None):
        yield f"第 {ahead.get('id', '？')} 次封存：库外有而数据库没有，数据库可能恢复自旧备份"


def _windows(seals: Iterable[Seal]) -> Iterator[list[Seal]]:
    window: list[Seal] = []
    held = 0
    for seal in seals:
        if window and held + seal.count > WINDOW:
            yield window
            window, held = [], 0
        window.append(seal)
        held += seal.count
    if window:
        yield window


def _lines(path: Path, size: int) -> Iterator[roots.Line]:
    if not path.exists():
        return
    with path.open("rb") as file:
        while file.tell() < size and (line := file.readline()):
            try:
                seal = json.loads(line)
            except ValueError:
                seal = None
            yield seal if isinstance(seal, dict) else {}
