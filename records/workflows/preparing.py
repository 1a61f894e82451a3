"""备一批: what takes time before an import is entered, done outside the transaction: its rows opened and compared among
themselves, its people's keys and envelopes made. Nothing is written, and the register is asked again inside.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

from records import identity_sets, sealed_sheets
from records.identity_sets import Sealed
from records.models import ImportBatch
from records.models.batch import Verdict
from records.rules import ready
from records.sealed_sheets import Part
from records.workflows.collecting import seldom_collected
from records.workflows.comparing import Gathering

STRIDE = 2000
One = TypeVar("One")


@dataclass(frozen=True)
class Prepared:
    """备好的一批, as its preview stood when it was opened."""

    batch: ImportBatch
    parts: list[Part]
    row_ids: Sequence[int]
    comparing: Gathering
    sealed: dict[str, Sealed]

    def rows(self) -> Iterator[str]:
        """备好的行, opened anew each time, so that a large sheet never stands in memory whole."""
        return sealed_sheets.rows(self.batch, self.parts)

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.row_ids)


def prepare(batch: ImportBatch, progress: Callable[[int], None]) -> Prepared:
    """备一批: opened, compared with itself, its new people sealed. `progress` is told of rows, then of people."""
    parts = list(sealed_sheets.parts(batch))  # nothing else can be asked while the records are copied in
    comparing = Gathering(batch.item_id, batch.department_id)
    with seldom_collected():
        done = 0
        for part in parts:
            progress(done)
            rows = ready.people_of(sealed_sheets.packed_rows(batch, part)[1])
            for _, name, id_type, number, document in rows:
                comparing.see(number, name, id_type, document)
            done += len(rows)
        there = comparing.registered()
        new = (one for one in comparing.everybody() if one.id_number not in there)
        sealed = identity_sets.sealed(told(new, progress))
    return Prepared(batch, parts, _row_ids(batch), comparing, sealed)


def told(ones: Iterable[One], progress: Callable[[int], None]) -> Iterator[One]:
    """The same, and after every few thousand of them how many there have been."""
    for done, one in enumerate(ones):
        if done % STRIDE == 0:
            progress(done)
        yield one


def _row_ids(batch: ImportBatch) -> Sequence[int]:
    """The rows of the preview that may go in, in the order of the sheet, as the parts have them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(id ORDER BY line) FROM records_batchrow WHERE batch_id = %s AND verdict = %s",
            [batch.pk, Verdict.NEW],
        )
        return array("q", cursor.fetchone()[0] or [])
