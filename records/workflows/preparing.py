"""备一段: a few thousand rows of a sheet at a time are opened and compared with the register, their people known or
registered, inside the one transaction that enters the sheet whole (ADR 0051). Little is remembered, however long it is.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from records import identity_sets, sealed_sheets
from records.identity import Identity
from records.identity_sets import Keys
from records.models import BatchRow, ImportBatch
from records.models.batch import Verdict
from records.rules import ready
from records.sealed_sheets import Part
from records.workflows.comparing import Comparing, People

# Parts of two thousand rows each that are entered together.
TOGETHER = 4
# Persons whose ids are remembered; beyond that the memory is begun anew, and the register is asked again.
MOST = 20_000


@dataclass(frozen=True)
class Portion:
    """备好的几部分: each what its lines share and the lines, packed; and whom the lines are about, in their order."""

    parts: Sequence[tuple[list[bytes], list[bytes]]]
    people: Sequence[Sequence[str]]
    row_ids: Sequence[int]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Number and name of everybody."""
        return {(number, name) for _, name, _, number, _ in self.people}

    @property
    def whole(self) -> Iterator[str]:
        """The lines whole, as they are compared."""
        return (ready.whole(line, shared) for shared, lines in self.parts for line in lines)


def portions(batch: ImportBatch) -> Iterator[Portion]:
    """一段一段, in the order of the sheet, each with its rows of the preview. Every row is opened once."""
    kept: Iterator[Part] = iter(sealed_sheets.parts(batch))
    good = BatchRow.objects.filter(batch=batch, verdict=Verdict.NEW).order_by("line").values_list("pk", flat=True)
    while some := list(islice(kept, TOGETHER)):
        parts = [sealed_sheets.packed_rows(batch, part) for part in some]
        people = [one for _, lines in parts for one in ready.people_of(lines)]
        if people:
            between = good.filter(line__gte=int(people[0][0]), line__lte=int(people[-1][0]))
            yield Portion(parts, people, list(between))


class Entrants:
    """当事人: whom of a sheet the register knows, and whom the sheet has registered itself, by number.

    The last thousands are remembered; of all whom it has registered eight bytes each: they are known as its own.
    """

    def __init__(self, comparing: Comparing) -> None:
        self._comparing = comparing
        self._ours = array("q")
        self._keys: Keys = {}
        self._before: set[str] = set()
        self._there: People = {}
        self.subjects: dict[str, int] = {}

    def meet(self, portion: Portion) -> None:
        """认一认, each number once, and each name under which somebody known comes."""
        if len(self.subjects) > MOST:
            self.subjects.clear()
            self._before.clear()
            self._there.clear()
        pairs = portion.pairs
        self._keys = identity_sets.keys_of(number for number, _ in pairs if number not in self.subjects)
        found = identity_sets.registered(self._keys)
        self.subjects |= found
        self._before |= {number for number, subject in found.items() if not self._own(subject)}
        asked = [pair for pair in pairs if pair[0] in self._before and pair not in self._there]
        if asked:
            self._there |= identity_sets.known(asked, identity_sets.keys_of(number for number, _ in asked))

    def moved(self, portion: Portion) -> int:
        """变了的: how many of these rows the register no longer takes as it did when they were judged."""
        known = {pair: self._there[pair] for pair in portion.pairs if pair in self._there}
        return len(self._comparing.of([ready.opened(line) for line in portion.whole], known)) if known else 0

    def register(self, portion: Portion) -> None:
        """登记其中新的人, met a moment ago. Raises IntegrityError when somebody else was quicker."""
        who = {number: Identity(name, kind, number) for _, name, kind, number, _ in portion.people}
        made = identity_sets.register((one for one in who.values() if one.id_number not in self.subjects), self._keys)
        self._ours.extend(made.values())
        self.subjects |= made

    def _own(self, subject: int) -> bool:
        at = bisect_left(self._ours, subject)
        return at < len(self._ours) and self._ours[at] == subject
