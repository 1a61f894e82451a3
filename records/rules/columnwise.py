"""按列核对: the one validator's answer for the rows of a sheet that are plainly good, each different cell read once.

Every value is read by the same reader as in `intake.check`. Where anything at all is found, or might be, the row is
left to `intake.check`, which says it in words; a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.law.book import Pack
from daoli_credit.law.clear import Clear
from daoli_credit.law.rows import Field, Item
from records.identity import Identity
from records.rules import id_number, ready
from records.rules.columns import Columns
from records.rules.intake import BROKEN, IDENTITY_FIELDS, PERSON, identity_of, out_of_order, service_of, severity_of
from records.rules.problem import Problem, Wrong
from records.rules.ready import Made
from records.rules.values import Value, parts_of, read, tidy

STATED = ("severity", "severity_basis", "service", "served_on")
DAYS = ("determined_on", "conduct_on", "term_end")
# So many different cells of one column are remembered; beyond that the memory is begun anew.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """一格: its place in the content as JSON, its value, and the day where it is one."""

    content: str = ""
    value: Value = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """一行的人: `grown` is the day after which nobody need ask for the age."""

    who: Identity
    grown: date


PLAIN = Cell()


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
        at = {name: place for place, name in enumerate(self._names)}
        roles = [(field.role, at[name]) for name, field in self._read_as.items() if field.type == "date" and field.role]
        self._days, self._twice = dict(roles), len(dict(roles)) < len(roles)
        self._needs = [
            (at.get(field.name), at[other], needed)
            for field in self._item.fields
            for other, needed in field.required_if.items()
            if other in at
        ]
        self._document, self._certificate = at.get("document_number"), at.get("certificate_number")
        self._valid_from = at.get("valid_from")
        self._cells: dict[str, dict[str, Cell | None]] = {name: {} for name in (*self._names, *self._others)}
        self._people: dict[tuple[str, ...], Person | None] = {}
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
        return Cell("" if name == "document_number" else f"{ready.said(name)}: {ready.said(value)}", value, day)

    def _passes(self, name: str, text: str) -> bool:
        """Whether no rule of refusal can be about this cell."""
        if name == "penalty_kinds" and not self._clear.of_kinds(parts_of(tidy(text))):
            return False
        if name == "legal_ground" and not self._clear.of_ground(text):
            return False
        return name not in self._free or self._clear.of_text(text)

    def _column(self, name: str, texts: Sequence[str]) -> list[Cell | None]:
        known = self._cells[name]
        if len(known) > MOST:
            known.clear()
        for text in set(texts).difference(known):
            known[text] = self._read(name, text)
        return [known[text] for text in texts]

    def _person(self, texts: tuple[str, ...]) -> Person | None:
        raw = dict(zip(IDENTITY_FIELDS, texts, strict=True))
        if (tidy(raw["party_type"]) or PERSON) != PERSON:
            return None
        problems: list[Problem] = []
        who = identity_of(raw, self._today, problems)
        grown = self._clear.grown_since(id_number.birth_date(who.id_number))
        if problems or grown is None:
            return None
        return Person(who, grown)

    def _whose(self, texts: tuple[str, ...]) -> Person | None:
        if texts not in self._people:
            if len(self._people) > MOST:
                self._people.clear()
            self._people[texts] = self._person(texts)
        return self._people[texts]

    def ready(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[Made | None]:
        """备好的行, in the order of `rows`; None for what the one validator must look at.

        Raises what `law.ends.compute` raises.
        """
        if self._said is None or not rows:
            return [None] * len(rows)
        texts = self._by_columns(rows)
        found = [self._column(name, texts[name]) for name in self._names]
        others = [self._column(name, texts[name]) for name in self._others]
        people = [self._whose(key) for key in zip(*(texts[name] for name in IDENTITY_FIELDS), strict=True)]
        beyond = [any(cell.strip() for cell in cells[self._width :]) for _, cells in rows]
        aside = zip(*others, strict=True) if others else [()] * len(rows)
        return [
            None if person is None or more or None in cells or None in other else self._made(line, person, cells)
            for (line, _), person, cells, other, more in zip(
                rows, people, zip(*found, strict=True), aside, beyond, strict=True
            )
        ]

    def _by_columns(self, rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, Sequence[str]]:
        """The texts of each field, one for every row; "" where the sheet has none."""
        width = len(self._place) and max(self._place.values()) + 1
        full = [cells if len(cells) >= width else (*cells, *[""] * (width - len(cells))) for _, cells in rows]
        columns = list(zip(*(cells[:width] for cells in full), strict=True))
        texts: dict[str, Sequence[str]] = {name: columns[at] for name, at in self._place.items()}
        for name in (*self._names, *IDENTITY_FIELDS):
            if name not in texts:
                texts[name] = [self._stated.get(name, "")] * len(rows)
        return texts

    def _made(self, line: int, person: Person, cells: Sequence[Cell]) -> Made | None:
        determined_on, conduct_on, term_end = (self._day(role, cells) for role in DAYS)
        if determined_on is None or not self._clear.of_day(determined_on):
            return None
        if determined_on <= person.grown or (conduct_on is not None and conduct_on <= person.grown):
            return None
        assert self._said is not None  # noqa: S101  for the type checker
        valid_from = None if self._valid_from is None else cells[self._valid_from].value
        if out_of_order(determined_on, conduct_on, term_end, self._said[3], valid_from):
            return None
        for place, other, needed in self._needs:
            unread = place is None or cells[place].value is None
            if unread and needed in (cells[other].value or []):
                return None
        document = self._document is not None and cells[self._document].value
        document = document or (self._certificate is not None and cells[self._certificate].value)
        return self._maker.made(
            line,
            person.who,
            str(document or ""),
            days=(determined_on, conduct_on, term_end),
            content="{" + ", ".join([cell.content for cell in cells if cell.content]) + "}",
            stated=self._said,
        )

    def _day(self, role: str, cells: Sequence[Cell]) -> date | None:
        place = self._days.get(role)
        return None if place is None else cells[place].day
