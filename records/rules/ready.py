"""备好的行: a checked row as the register will write it, one line of text for COPY; nothing is decided any more."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

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
_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode  # `json.dumps` makes a new one at every call
PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
# So many different ends are remembered; beyond that the memory is begun anew.
MOST = 20_000
SHARED = 10  # the last columns of a line, from `severity` on
SPLIT = 3  # columns of the record that `Ready` names one by one
PERSON = 4  # columns of a line before those of the record: its number in the sheet, name, kind of document, number


class Made(NamedTuple):
    """备好的一行, fresh: its person, its document as COPY writes it, its day, and the line in two: what is its own, and
    the last columns, which it shares with many.
    """

    who: Identity
    document: str
    day: str
    head: bytes
    tail: bytes

    @property
    def line(self) -> str:
        """The line whole."""
        return b"\t".join((self.head, self.tail)).decode()


class Dated(NamedTuple):
    """一行的日子 and all that follows from them: the earliest, the determination's and the conduct's as COPY writes
    them, the end of what is digested, and the last columns of the line.
    """

    first: date
    day: str
    conduct: str
    digested: bytes
    tail: bytes


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
        return plain(self.document)

    @property
    def content(self) -> dict[str, Any]:
        """What the row says, by field."""
        said: dict[str, Any] = json.loads(plain(self._of("content")))
        return said

    @property
    def severity(self) -> str:
        """分类, "" where the item has none."""
        return plain(self._of("severity"))

    def _of(self, column: str) -> str:
        return self.rest.split("\t")[COLUMNS.index(column) - SPLIT]


def plain(text: str) -> str:
    """原来的文字, of one that is written as COPY reads it."""
    return re.sub(r"\\(.)", lambda found: PLAIN.get(found[1], found[1]), text)


def opened(line: str) -> Ready:
    """一行的各栏."""
    return Ready._make(line.split("\t", 7))


def parted(line: str) -> tuple[bytes, bytes]:
    """一行分成两段, as `Made` has it."""
    head = line.rsplit("\t", SHARED)[0]
    return head.encode(), line[len(head) + 1 :].encode()


def packed(lines: Iterable[tuple[bytes, bytes]]) -> bytes:
    """许多行 to be kept together: what many share once, then each line with the place of its share."""
    places: dict[bytes, bytes] = {}
    rows = [head + (places.get(tail) or places.setdefault(tail, b"\t%d" % len(places))) for head, tail in lines]
    return b"\n".join([b"%d" % len(places), *places, *rows]) if rows else b""


def unpacked(plain: bytes) -> tuple[list[bytes], list[bytes]]:
    """拆开: what is shared, and the lines. Reads what was kept before lines were packed, too."""
    first, _, rest = plain.partition(b"\n")
    if b"\t" in first:
        return unpacked(packed(map(parted, plain.decode().split("\n"))))
    if not rest:
        return [], []
    lines, count = rest.split(b"\n"), int(first)
    return lines[:count], lines[count:]


def whole(line: bytes, shared: Sequence[bytes]) -> str:
    """还原的一行: a packed line as it was."""
    head, _, place = line.rpartition(b"\t")
    return b"\t".join((head, shared[int(place)])).decode()


def people_of(lines: Iterable[bytes]) -> list[list[str]]:
    """当事人, of packed lines: number in the sheet, name, kind of document, number, and the document."""
    heads = b"\n".join([b"\t".join(line.split(b"\t", PERSON + 1)[:-1]) for line in lines])
    return [head.split("\t", PERSON) for head in heads.decode().split("\n")] if heads else []


def of_record(line: bytes) -> tuple[bytes, bytes, int]:
    """记录自己的栏, of a packed line: the person's number, the columns as they stand, and the place of the others."""
    _, _, _, number, rest = line.split(b"\t", PERSON)
    record, _, place = rest.rpartition(b"\t")
    return number, record, int(place)


def escaped(text: str) -> str:
    """转义: one text in the text form of COPY."""
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPED)


def digest_in(digest: bytes) -> str:
    """摘要 in the text form of COPY."""
    return f"\\\\x{digest.hex()}"


def _day(day: date | None) -> str:
    return "\\N" if day is None else day.isoformat()


def said(value: object) -> str:
    """值 in JSON, as the digest is made of it."""
    return _ENCODED(value)


def made(line: int, who: Identity, document: str, content: bytes, dated: Dated, *, remarks: bytes = b"[]") -> Made:
    """做成一行, of values that have been checked; `content` is JSON."""
    digest = sha256(b"[" + content + dated.digested).hexdigest()
    if b"\\" in content:
        content = content.replace(b"\\", b"\\\\")
    document = escaped(document)
    # names and numbers are normalised and hold no blanks
    person = f"{line}\t{who.name}\t{who.id_type}\t{who.id_number}"
    facts = f"{person}\t{document}\t{dated.day}\t\\\\x{digest}\t{dated.conduct}\t".encode()
    return Made(who, document, dated.day, b"".join((facts, content, b"\t", remarks)), dated.tail)


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

    def dated(self, days: tuple[date, date | None, date | None], stated: tuple[str, str, str, date | None]) -> Dated:
        """What follows from the days: determined, conduct, term end."""
        determined_on, conduct_on, term_end = days
        judged, of_sheet = self._of_sheet(*stated)
        until = self._until(stated[0], determined_on, conduct_on, term_end)
        first = determined_on if conduct_on is None else min(determined_on, conduct_on)
        digested = f', {judged}, "{conduct_on}"]'.encode()
        return Dated(first, determined_on.isoformat(), _day(conduct_on), digested, f"{of_sheet}\t{until}".encode())

    def of(self, line: int, row: Checked) -> Made:
        """A row that the one validator has passed."""
        dated = self.dated(
            (row.determined_on, row.conduct_on, row.term_end),
            (row.severity, row.severity_basis, row.service, row.served_on),
        )
        remarks = escaped(said(list(row.remarks))).encode()
        return made(line, row.identity, row.document_number, said(row.content).encode(), dated, remarks=remarks)
