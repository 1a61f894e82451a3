"""按列核对: the one validator's answer for the rows of a sheet that are plainly good, each different cell read once.

Every value is read by the same reader as in `intake.check`. Where anything at all is found, or might be, the row is
left to `intake.check`, which says it in words; a test holds the two together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from daoli_credit.law.book import Pack
from daoli_credit.law.clear import Clear
from daoli_credit.law.rows import Field, Item
from records.identity import Identity
from records.rules import id_number, ready
from records.rules.cells import PLAIN, Cell, Column
from records.rules.columns import Columns
from records.rules.intake import BROKEN, IDENTITY_FIELDS, PERSON, identity_of, out_of_order, service_of, severity_of
from records.rules.problem import Problem, Wrong
from records.rules.ready import Dated, Made
from records.rules.values import parts_of, plain_numbers, read, tidy

STATED = ("severity", "severity_basis", "service", "served_on")
NUMBERS = ("document_number", "certificate_number")
DAYS = ("determined_on", "conduct_on", "term_end")
# So many different cells of one column are remembered; beyond that the memory is begun anew.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Person:
    """一行的人: `grown` is the day after which nobody need ask for the age."""

    who: Identity
    grown: date


class Sheet:
    """一张表的按列核对, of one item under one edition on one day."""

    def __init__(
        self, item_code: str, columns: Columns, stated: Mapping[str, str], *, today: date, edition: Pack
    ) -> None:
        self._item: Item = edition.item(item_code)
        self._today, self._clear, self._maker = today, Clear(edition, today=today), ready.Maker(item_code, edition)
        self._width, self._stated = len(columns.titles), dict(stated)
        self._place = {name: at for at, name in enumerate(columns.fields) if name and name not in self._stated}
        self._read_as = {field.name: field for field in self._item.fields if not field.ignored}
        self._free = {field.name for field in self._item.fields if field.free_text}
        # contents are written in this order, as the digest of equal contents needs it
        self._names = sorted(self._read_as)
        self._others = [name for name in self._place if name not in self._read_as]
        roles = [(field.role, name) for name, field in self._read_as.items() if field.type == "date" and field.role]
        self._days, self._twice = dict(roles), len(dict(roles)) < len(roles)
        self._needs = [
            (field.name, other, needed)
            for field in self._item.fields
            for other, needed in field.required_if.items()
            if other in self._read_as
        ]
        self._cells: dict[str, dict[str, Cell | None]] = {name: {} for name in (*self._names, *self._others)}
        self._people: dict[tuple[str, ...], Person | None] = {}
        self._grown: dict[date | None, date | None] = {}
        self._said = self._of_sheet() if self._able() else None

    def _able(self) -> bool:
        """Whether the rows of such a sheet can be read by columns at all."""
        apart = {*STATED, *IDENTITY_FIELDS}.isdisjoint(self._read_as) and self._place.keys().isdisjoint(STATED)
        return self._clear.knows and apart and "determined_on" in self._days and not self._twice

    def _of_sheet(self) -> tuple[str, str, str, date | None] | None:
        """整表说明 as every row would have it; None when it is wrong."""
        problems: list[Problem] = []
        severity = severity_of(self._item, self._stated, problems)
        service = service_of(self._stated, self._today, problems)
        broken = any(tidy(value).upper() in BROKEN for value in self._stated.values())
        return None if problems or broken else (*severity, *service)

    def _read(self, name: str, text: str) -> Cell | None:
        """一格, or None when the whole row must be looked at."""
        if "#" in text and tidy(text).upper() in BROKEN:
            return None
        if not self._passes(name, text):
            return None
        field: Field | None = self._read_as.get(name)
        if field is None:
            return PLAIN
        try:
            value = read(field, text, today=self._today)
        except Wrong:
            return None
        if value is None:
            return PLAIN
        day = date.fromisoformat(str(value)) if field.type == "date" else None
        content = b"" if name == "document_number" else f", {ready.said(name)}: {ready.said(value)}".encode()
        return Cell(content, value, day)

    @staticmethod
    def _numbers(field: Field, texts: Iterable[str]) -> dict[str, Cell]:
        return {text: Cell(b"", number) for text, number in plain_numbers(field, texts).items()}

    def _passes(self, name: str, text: str) -> bool:
        """Whether no rule of refusal can be about this cell."""
        if name == "penalty_kinds" and not self._clear.of_kinds(parts_of(tidy(text))):
            return False
        if name == "legal_ground" and not self._clear.of_ground(text):
            return False
        return name not in self._free or self._clear.of_text(text)

    def _column(self, name: str, texts: Sequence[str], left: set[int]) -> Column:
        """一栏; the rows in which it wants a second look go to `left`."""
        known = self._cells[name]
        if len(known) > MOST:
            known.clear()
        different = frozenset(texts)
        new = different.difference(known)
        if name == "document_number" and name in self._read_as and name not in self._free:
            # hardly one comes twice, and each costs as much as all other cells of its row
            known.update(self._numbers(self._read_as[name], new))
            new = new.difference(known)
        for text in new:
            known[text] = self._read(name, text)
        odd = {text for text in different if known[text] is None}
        if odd:
            left.update(at for at, text in enumerate(texts) if text in odd)
        return Column({text: known[text] or PLAIN for text in different}, texts, different)

    def _person(self, texts: tuple[str, ...]) -> Person | None:
        raw = dict(zip(IDENTITY_FIELDS, texts, strict=True))
        if (tidy(raw["party_type"]) or PERSON) != PERSON:
            return None
        problems: list[Problem] = []
        who = identity_of(raw, self._today, problems)
        born = id_number.birth_date(who.id_number)
        if born not in self._grown:
            self._grown[born] = self._clear.grown_since(born)
        grown = self._grown[born]
        if problems or grown is None:
            return None
        return Person(who, grown)

    def _whose(self, keys: Sequence[tuple[str, ...]]) -> list[Person | None]:
        if len(self._people) > MOST:
            self._people.clear()
            self._grown.clear()
        for texts in set(keys).difference(self._people):
            self._people[texts] = self._person(texts)
        return [self._people[texts] for texts in keys]

    def ready(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[Made | None]:
        """备好的行, in the order of `rows`; None for what the one validator must look at.

        Raises what `law.ends.compute` raises.
        """
        if self._said is None or not rows:
            return [None] * len(rows)
        texts, left = self._by_columns(rows), set[int]()
        if max(len(cells) for _, cells in rows) > self._width:
            left.update(at for at, (_, cells) in enumerate(rows) if any(one.strip() for one in cells[self._width :]))
        found = {name: self._column(name, texts[name], left) for name in (*self._names, *self._others)}
        for field, other, needed in self._needs:
            self._look_for(found.get(field), found[other], needed, left)
        people = self._whose(list(zip(*(texts[name] for name in IDENTITY_FIELDS), strict=True)))
        contents = self._contents([found[name] for name in self._names], len(rows))
        documents = self._documents(found, len(rows))
        return [
            None
            if person is None or dated is None or dated.first <= person.grown or at in left
            else ready.made(line, person.who, document, b"{%b}" % content[2:], dated)
            for at, ((line, _), person, document, content, dated) in enumerate(
                zip(rows, people, documents, contents, self._dated(found, left, len(rows)), strict=True)
            )
        ]

    @staticmethod
    def _look_for(field: Column | None, other: Column, needed: str, left: set[int]) -> None:
        """一项要求另一项: the rows that say the one and not the other go to `left`."""
        if not (saying := other.holding(needed)):
            return
        empty = None if field is None else field.empty
        if empty is None or field is None:
            left.update(at for at, text in enumerate(other.texts) if text in saying)
        elif empty:
            pairs = enumerate(zip(other.texts, field.texts, strict=True))
            left.update(at for at, (text, own) in pairs if text in saying and own in empty)

    @staticmethod
    def _contents(columns: Sequence[Column], count: int) -> Iterable[bytes]:
        """The contents of every row, each member behind a comma; what stands alike in all rows is joined once."""
        pieces: list[Sequence[bytes]] = []
        alike = b""
        for column in columns:
            if len(column.different) == 1:
                alike += column.known[column.texts[0]].content
                continue
            if alike:
                pieces.append([alike] * count)
                alike = b""
            pieces.append(column.of(lambda cell: cell.content))
        return map(b"".join, zip(*pieces, [alike] * count, strict=True))

    def _documents(self, found: Mapping[str, Column], count: int) -> Sequence[str]:
        """The number of the document, of a certificate where there is none."""
        numbers = [found[name].of(lambda cell: str(cell.value or "")) for name in NUMBERS if name in found]
        if not numbers:
            return [""] * count
        return numbers[0] if all(numbers[0]) else [next(filter(None, said), "") for said in zip(*numbers, strict=True)]

    def _dated(self, found: Mapping[str, Column], left: set[int], count: int) -> list[Dated | None]:
        """The days of every row; None where there are none, or where a rule of refusal is about them."""
        each = [
            found[self._days[role]].of(lambda cell: cell.day) if role in self._days else [None] * count for role in DAYS
        ]
        begins: Sequence[date | None] = [None] * count
        if "valid_from" in self._read_as:
            begins = found["valid_from"].of(lambda cell: cell.day)
        all_days = list(zip(*each, begins, strict=True))
        asked = {days for at, days in enumerate(all_days) if at not in left} if left else set(all_days)
        known: dict[tuple[date | None, ...], Dated | None] = {days: self._of_days(*days) for days in asked}
        return [known.get(days) for days in all_days]

    def _of_days(
        self, determined_on: date | None, conduct_on: date | None, term_end: date | None, valid_from: date | None
    ) -> Dated | None:
        assert self._said is not None  # noqa: S101  for the type checker
        if determined_on is None or not self._clear.of_day(determined_on):
            return None
        if out_of_order(determined_on, conduct_on, term_end, self._said[3], str(valid_from or "")):
            return None
        return self._maker.dated((determined_on, conduct_on, term_end), self._said)

    def _by_columns(self, rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, Sequence[str]]:
        """The texts of each field, one for every row; "" where the sheet has none."""
        width = len(self._place) and max(self._place.values()) + 1
        full: Iterable[Sequence[str]] = (cells for _, cells in rows)
        if min(len(cells) for _, cells in rows) < width:
            full = ((*cells, *[""] * (width - len(cells))) for cells in full)
        columns = list(islice(zip(*full, strict=False), width))
        texts: dict[str, Sequence[str]] = {name: columns[at] for name, at in self._place.items()}
        for name in (*self._names, *IDENTITY_FIELDS):
            if name not in texts:
                texts[name] = [self._stated.get(name, "")] * len(rows)
        return texts
