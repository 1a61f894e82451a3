"""备好的行: a checked row as the register will write it, one line of text for COPY; nothing is decided any more."""

import hashlib
import json
import re
from datetime import date
from typing import NamedTuple

from daoli_credit.law import ends
from daoli_credit.law.book import Pack
from records.identity import Identity
from records.rules.intake import Checked

# The columns of a record that a row of a sheet fills, as they follow the person in a line.
COLUMNS = (
    "document_number", "determined_on", "content_digest", "conduct_on", "content", "remarks", "severity",
    "severity_basis", "service", "served_on", "edition", "public_until", "use_until", "keep_until", "repair_from",
    "reasons",
)  # fmt: skip
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
# So many different ends are remembered; beyond that the memory is begun anew.
MOST = 20_000
PERSON = 4  # columns of a line before those of the record: its number in the sheet, name, kind of document, number


class Made(NamedTuple):
    """备好的一行, fresh: its person, its document as COPY writes it, its day, and the line."""

    who: Identity
    document: str
    day: str
    line: str


class Ready(NamedTuple):
    """备好的行, opened as far as it is compared: all texts, `document` and `digest` as COPY writes them."""

    line: str
    name: str
    id_type: str
    id_number: str
    document: str
    determined_on: str
    digest: str
    rest: str

    @property
    def same(self) -> tuple[str, str]:
        """What two rows of one document about one person must agree in."""
        return self.determined_on, self.digest

    @property
    def plain_document(self) -> str:
        """The document's number as it was read."""
        return re.sub(r"\\(.)", lambda found: PLAIN.get(found[1], found[1]), self.document)


def opened(line: str) -> Ready:
    """The parts of a line."""
    return Ready._make(line.split("\t", 7))


def of_record(line: str) -> tuple[str, str]:
    """The person's number, and the record's columns as they stand."""
    _, _, _, number, record = line.split("\t", PERSON)
    return number, record


def escaped(text: str) -> str:
    """One text in the text form of COPY."""
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPED)


def digest_in(digest: bytes) -> str:
    """A digest in the text form of COPY."""
    return f"\\\\x{digest.hex()}"


def _day(day: date | None) -> str:
    return "\\N" if day is None else day.isoformat()


def said(value: object) -> str:
    """A value in JSON, as the digest is made of it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


class Maker:
    """备行: what many rows of a sheet share is written once. Raises what `law.ends.compute` raises."""

    def __init__(self, item_code: str, edition: Pack) -> None:
        self._edition, self._item = edition, edition.item(item_code)
        self._ends: dict[tuple[str, date, date | None, date | None], str] = {}
        self._stated: dict[tuple[str, str, str, date | None], tuple[str, str]] = {}

    def _until(self, severity: str, determined_on: date, conduct_on: date | None, term_end: date | None) -> str:
        facts = (severity, determined_on, conduct_on, term_end)
        if facts not in self._ends:
            if len(self._ends) > MOST:
                self._ends.clear()
            found = ends.compute(
                self._item,
                severity or None,
                determined_on=determined_on,
                conduct_on=conduct_on,
                term_end=term_end,
                pack=self._edition,
            )
            days = [_day(one) for one in (found.public_until, found.use_until, found.keep_until, found.repair_from)]
            self._ends[facts] = "\t".join([escaped(self._edition.edition), *days, escaped(said(dict(found.reasons)))])
        return self._ends[facts]

    def _of_sheet(self, severity: str, basis: str, service: str, served_on: date | None) -> tuple[str, str]:
        """What a sheet mostly states once: for the digest, and for the row."""
        key = (severity, basis, service, served_on)
        if key not in self._stated:
            texts = (escaped(severity), escaped(basis), escaped(service), _day(served_on))
            self._stated[key] = f"{said(severity)}, {said(basis)}", "\t".join(texts)
        return self._stated[key]

    def made(
        self,
        line: int,
        who: Identity,
        document: str,
        *,
        days: tuple[date, date | None, date | None],
        content: str,
        stated: tuple[str, str, str, date | None],
        remarks: str = "[]",
    ) -> Made:
        """One line, of values that have been checked. `days`: determined, conduct, term end; `content` is JSON."""
        determined_on, conduct_on, term_end = days
        judged, of_sheet = self._of_sheet(*stated)
        plain = f'[{content}, {judged}, "{conduct_on}"]'
        digest = hashlib.sha256(plain.encode()).hexdigest()
        until = self._until(stated[0], determined_on, conduct_on, term_end)
        if "\\" in content:
            content = content.replace("\\", "\\\\")
        day, document = determined_on.isoformat(), escaped(document)
        # names and numbers are normalised and hold no blanks
        person = f"{line}\t{who.name}\t{who.id_type}\t{who.id_number}"
        facts = f"{document}\t{day}\t\\\\x{digest}\t{_day(conduct_on)}\t{content}\t{remarks}"
        return Made(who, document, day, f"{person}\t{facts}\t{of_sheet}\t{until}")

    def of(self, line: int, row: Checked) -> Made:
        """A row that the one validator has passed."""
        return self.made(
            line,
            row.identity,
            row.document_number,
            days=(row.determined_on, row.conduct_on, row.term_end),
            content=said(row.content),
            stated=(row.severity, row.severity_basis, row.service, row.served_on),
            remarks=escaped(said(list(row.remarks))),
        )
