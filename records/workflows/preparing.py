"""备一批: what takes time before an import is entered, done outside the transaction: its rows opened and compared among
themselves, its people's keys and envelopes made. Nothing is written, and the register is asked again inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from records import identity_sets, sealed_sheets
from records.identity import Identity
from records.identity_sets import Sealed
from records.models import ImportBatch
from records.rules import ready
from records.sealed_sheets import Part
from records.workflows.comparing import Comparing


@dataclass(frozen=True)
class Prepared:
    """备好的一批, as its preview stood when it was opened."""

    batch: ImportBatch
    parts: list[Part]
    lines: list[int]
    comparing: Comparing
    people: dict[str, Identity]
    sealed: dict[str, Sealed]

    def rows(self) -> Iterator[str]:
        """备好的行, opened anew each time, so that a large sheet never stands in memory whole."""
        return sealed_sheets.rows(self.batch, self.parts)

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.lines)


def prepare(batch: ImportBatch) -> Prepared:
    """备一批: opened, compared with itself, its new people sealed."""
    parts = sealed_sheets.parts(batch)
    comparing = Comparing(batch.item_id, batch.department_id)
    people: dict[str, Identity] = {}
    lines: list[int] = []
    for part in parts:
        rows = sealed_sheets.opened(batch, part)
        comparing.add(rows)
        for row in rows:
            line, name, id_type, number, _ = row.split("\t", ready.PERSON)
            lines.append(int(line))
            if number not in people:
                people[number] = Identity(name, id_type, number)
    there = comparing.registered()
    sealed = {number: identity_sets.seal(one) for number, one in people.items() if number not in there}
    return Prepared(batch, parts, lines, comparing, people, sealed)
