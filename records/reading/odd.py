"""表里藏着的: what the library that reads workbooks does not tell, and what would change a row unseen."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

import olefile

UNSOLVED = "=（公式没有算出结果）"
BIFF_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
ROW, MERGED, BOOLERR, FORMULA, DATES_1904, PASSWORD, SHEET, PLACE = 0x208, 0xE5, 0x205, 0x6, 0x22, 0x2F, 0x809, 0x85
# what an error, a formula or a hidden row of a worksheet cannot be written without
MARKS, SEAM, PIECE = (b't="e"', b"<f", b":f>", b"hidden="), 16, 1 << 20
Places = dict[tuple[int, int], str]


@dataclass
class Odd:
    """Places of errors (row, column from 0), hidden rows, cells merged downwards (first row, last row)."""

    errors: Places = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    tall: list[tuple[int, int]] = field(default_factory=list)
    from_1904: bool = False
    sealed: bool = False


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


def _part_of(book: zipfile.ZipFile, name: str) -> str:
    """The file of a worksheet inside the workbook."""
    links = dict(re.findall(rb'\bId="([^"]+)"[^>]*\bTarget="([^"]+)"', _links(book)))
    for sheet in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", book.read("xl/workbook.xml")):
        said = re.search(rb'\bname="([^"]*)"', sheet)
        link = re.search(rb'\br:id="([^"]*)"', sheet)
        if said and link and _plain(said[1]) == name and link[1] in links:
            target = links[link[1]].decode().lstrip("/")
            return target if target.startswith("xl/") else f"xl/{target}"
    return ""


def _plain(text: bytes) -> str:
    marks = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
    said = text.decode(errors="replace")
    for mark, char in marks:
        said = said.replace(mark, char)
    return said


def _links(book: zipfile.ZipFile) -> bytes:
    names = [name for name in book.namelist() if name == "xl/_rels/workbook.xml.rels"]
    found = book.read(names[0]) if names else b""
    # the two attributes come in either order
    return re.sub(rb'(Target="[^"]+")([^>]*?)(\bId="[^"]+")', rb"\3\2 \1", found)


def _marked(book: zipfile.ZipFile, part: str) -> bool:
    """Whether a worksheet may have anything of the kind; most have nothing, and are not held whole for it."""
    end = b""
    with book.open(part) as xml:
        while piece := xml.read(PIECE):
            if any(mark in piece for mark in MARKS) or any(mark in end + piece[:SEAM] for mark in MARKS):
                return True
            end = piece[-SEAM:]
    return False


def of_xlsx(book: zipfile.ZipFile, name: str) -> Odd:
    """Of one worksheet of an .xlsx file."""
    odd = Odd(from_1904=bool(re.search(rb'date1904="(1|true)"', book.read("xl/workbook.xml"))))
    part = _part_of(book, name)
    if part not in book.namelist() or not _marked(book, part):
        return odd
    xml = book.read(part)
    if b't="e"' in xml or b"<f" in xml or b":f>" in xml:
        for cell in re.finditer(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", xml, re.DOTALL):
            place = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', cell[1])
            value = re.search(rb"<(?:\w+:)?v>([^<]*)<", cell[2])
            if place is None:
                continue
            at = int(place[2]) - 1, _column(place[1])
            if re.search(rb'\bt="e"', cell[1]):
                odd.errors[at] = value[1].decode() if value else "#N/A"
            elif value is None and re.search(rb"<(?:\w+:)?f\b", cell[2]):
                odd.errors[at] = UNSOLVED
    for row in re.finditer(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"[^>]*>', xml):
        if number := re.search(rb'\br="(\d{1,7})"', row[0]):
            odd.hidden.add(int(number[1]) - 1)
    return odd


class _Ods:
    """One table of content.xml, row by row."""

    def __init__(self, name: str) -> None:
        self.name, self.odd = name, Odd()
        self.inside, self.row, self.column, self.rows, self.wrong = False, 0, 0, 1, False
        self.said = ""

    def begin(self, tag: str, given: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table":
            self.inside = given.get("table:name") == self.name
        elif self.inside and tag == "table-row":
            self.column, self.rows = 0, int(given.get("table:number-rows-repeated", "1"))
            if given.get("table:visibility", "visible") != "visible":
                self.odd.hidden |= set(range(self.row, self.row + min(self.rows, 1000)))
        elif self.inside and tag in {"table-cell", "covered-table-cell"}:
            down, over = (int(given.get(f"table:number-{way}-spanned", "1")) for way in ("rows", "columns"))
            if down > 1 and over >= 1:
                self.odd.tall.append((self.row, self.row + down - 1))
            self.wrong, self.said = given.get("calcext:value-type") == "error", ""
            self.here = self.column
            self.column += min(int(given.get("table:number-columns-repeated", "1")), 20_000)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if self.inside and tag == "table-row":
            self.row += self.rows
        elif self.inside and tag == "table-cell" and self.wrong:
            self.odd.errors[self.row, self.here], self.wrong = self.said or "#N/A", False

    def text(self, said: str) -> None:
        if self.wrong:
            self.said += said


def of_ods(book: zipfile.ZipFile, name: str) -> Odd:
    """Of one table of an .ods file. Raises expat.ExpatError."""
    table, reader = _Ods(name), expat.ParserCreate()
    reader.StartElementHandler, reader.EndElementHandler = table.begin, table.end
    reader.CharacterDataHandler = table.text
    with book.open("content.xml") as content:
        reader.ParseFile(content)
    return table.odd


def _records(stream: bytes) -> Iterator[tuple[int, bytes, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length], at
        at += 4 + length


def of_xls(data: bytes, wanted: int) -> Odd:
    """Of the sheet that stands at `wanted` in an .xls file. Raises OSError for a broken one."""
    with olefile.OleFileIO(io.BytesIO(data)) as folder:
        if folder.exists("EncryptedPackage"):
            return Odd(sealed=True)
        place = next((name for name in ("Workbook", "Book") if folder.exists(name)), "")
        if not place:
            raise OSError("no workbook")
        stream = folder.openstream(place).read()
    odd, starts, inside = Odd(), [], False
    for kind, body, at in _records(stream):
        if kind == PASSWORD:
            odd.sealed = True
            return odd
        if kind == DATES_1904 and body[:1] == b"\1":
            odd.from_1904 = True
        elif kind == PLACE:
            starts.append(int.from_bytes(body[:4], "little"))
        elif kind == SHEET:
            inside = wanted < len(starts) and at == starts[wanted]
        elif inside:
            _note(kind, body, odd)
    return odd


def _note(kind: int, body: bytes, odd: Odd) -> None:
    if kind == ROW and len(body) >= 16:
        number, *_, flags = struct.unpack_from("<HHHHHHL", body)
        if flags & 0x20:
            odd.hidden.add(number)
    elif kind == BOOLERR and len(body) >= 8 and body[7]:
        row, column = struct.unpack_from("<HH", body)
        odd.errors[row, column] = BIFF_ERRORS.get(body[6], "#N/A")
    elif kind == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff":
        row, column = struct.unpack_from("<HH", body)
        if body[6] == 2:
            odd.errors[row, column] = BIFF_ERRORS.get(body[8], "#N/A")
        elif body[6] == 3:
            odd.errors[row, column] = UNSOLVED
