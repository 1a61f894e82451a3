"""经过的封存: what objections, corrections, returns and repairs said of a record, under seal once it has ended.

While a record is in force its own row says what it says, and these rows may too. When it has ended they would be the
plain copy of what lies under seal: old content, new content, the person's reasons. So they are sealed with it, each in
its own row: the person goes on reading their own case, and the sealed copy is opened together with them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from daoli_credit import cipher, sealed
from records.models import Amendment, ArchiveCopy, Objection, Repair, Revision, SentBack
from records.models.kept_history import KeptHistory


@dataclass(frozen=True)
class History:
    """一张表, and what its rows say of the record: column → what stands there afterwards."""

    model: type[Any]
    said: dict[str, Any]

    def blank(self, row: KeptHistory) -> bool:
        """Nothing is said there (any more)."""
        return all(getattr(row, name) == empty for name, empty in self.said.items())


HISTORIES = (
    History(Objection, {"points": [], "answers": [], "before": None, "asked_for": ""}),
    History(Amendment, {"changes": {}, "reason": ""}),
    History(Revision, {"before": None}),
    History(SentBack, {"was": {}, "words": ""}),
    History(Repair, {"statement": ""}),
)
OF = {one.model: one for one in HISTORIES}


def _context(row: KeptHistory) -> bytes:
    return f"history|{row._meta.db_table}|{row.pk}".encode()


sealed.register(*(sealed.Envelope(one.model._meta.label, "kept", _context) for one in HISTORIES))


def seal(records: Iterable[int]) -> int:
    """封存这些记录的经过, in the transaction that has sealed the records themselves. Returns how many rows."""
    ids, done = list(records), 0
    for one in HISTORIES:
        open_rows = one.model._default_manager.filter(record__in=ids, kept__isnull=True).order_by("pk")
        for row in open_rows.select_for_update(of=("self",)):
            if one.blank(row):
                continue
            plain = json.dumps({name: getattr(row, name) for name in one.said}, ensure_ascii=False).encode()
            # the database lets what was said be taken out only once the record lies under seal
            one.model._default_manager.filter(pk=row.pk).update(
                kept=cipher.seal(plain, context=_context(row)), **one.said
            )
            done += 1
    return done


def unsealed() -> list[int]:
    """还有没封存的经过的记录: sealed before their history was sealed with them."""
    left = (
        Objection.objects.exclude(points=[]),
        Amendment.objects.exclude(reason=""),
        SentBack.objects.exclude(words=""),
        Repair.objects.exclude(statement=""),
    )
    found: set[int] = set()
    for rows in left:
        found |= set(rows.filter(kept__isnull=True, record__archive__isnull=False).values_list("record_id", flat=True))
    return sorted(found)


def said(row: KeptHistory) -> dict[str, Any]:
    """这一行所说的, wherever it lies. Only the person's own page and an approved opening ask once it is sealed."""
    if row.kept is None:
        return {name: getattr(row, name) for name in OF[type(row)].said}
    found: dict[str, Any] = json.loads(cipher.unseal(bytes(row.kept), context=_context(row)))
    return found


def corrected(copy: ArchiveCopy) -> list[tuple[int, str, dict[str, Any]]]:
    """更正以前的内容: version, day, and what stood there; for an approved opening of this copy."""
    rows = Revision.objects.filter(record=copy.pk, kind="corrected").order_by("number")
    return [(row.number, row.day.isoformat(), said(row)["before"] or {}) for row in rows]
