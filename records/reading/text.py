"""文字的表: CSV and its kin of any length, as a stream; no more than a block of it is ever held."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from records.reading.refused import SAVE_AS, Refused

BLOCK, LONGEST, FIELD = 1 << 18, 4 << 20, 1 << 20
ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))
AGAIN = "请另存为“CSV UTF-8”或者 .xlsx 后再上传"
MIXED = (
    "文件里混着两种文字编码（常见于把两个文件拼在一起），有的行会变成乱码；"
    "请在表格软件里重新合并，再存为“CSV UTF-8”或者 .xlsx 上传"
)
# six Han characters of UTF-8 in a row: in text of GB18030 that is no accident, it is a line from another file
PASTED = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){6}")
QUOTED = re.compile(r'="(.*)"', re.DOTALL)
NOT_A_TABLE = (
    (re.compile(r"<\?xml.*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL), " XML 电子表格 2003"),
    (re.compile(r"<\?xml(?!.*<html)", re.IGNORECASE | re.DOTALL), " XML 文件，不是表格"),
    (re.compile(r"<\?xml|<[a-z!]", re.IGNORECASE), "网页，不是表格（有的系统把网页存成 .xls）"),
    (re.compile(r"MIME-Version:", re.IGNORECASE), "单个文件网页（.mht），不是表格"),
    (re.compile(r"\{\\rtf"), " RTF 文档，不是表格"),
    (re.compile(r'\{\s*"|\[\s*[{\[]'), " JSON，不是表格"),
)


def _blocks(head: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The bytes, cut behind a line, so that no character is cut. Raises Refused for a line without end."""
    kept, feeds = head, b"\n" in head
    while piece := source.read(BLOCK):
        kept += piece
        feeds = feeds or b"\n" in piece
        cut = kept.rfind(b"\n" if feeds else b"\r") + 1
        if cut:
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > LONGEST:
            raise Refused(f"有一行超过 {LONGEST >> 20} MB，不像一张表；{SAVE_AS}")
    if kept:
        yield kept


def _encoding(block: bytes) -> tuple[str, str]:
    """Which encoding a block with more than ASCII in it has, and its name. Raises Refused."""
    for encoding, name in ENCODINGS:
        try:
            block.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding, name
    raise Refused(MIXED if PASTED.search(block) else f"认不出这个文件的文字编码；{AGAIN}")


def _texts(blocks: Iterable[bytes]) -> Iterator[str]:
    """Plain ASCII until a block says which encoding it is; then that one to the end. Raises Refused."""
    encoding = ""
    for block in blocks:
        if not encoding and not block.isascii():
            encoding, _ = _encoding(block)
        if encoding == "gb18030" and PASTED.search(block):
            raise Refused(MIXED)
        try:
            yield block.decode(encoding or "ascii")
        except UnicodeDecodeError:
            raise Refused(MIXED) from None


def _lines(texts: Iterable[str]) -> Iterator[str]:
    kept = ""
    for text in texts:
        lines = io.StringIO(kept + text, newline="").readlines()
        kept = lines.pop() if lines else ""  # it may go on, or want its line feed still
        yield from lines
    if kept:
        yield kept


def _separator(first: list[str]) -> str:
    """What divides most of the first lines into most cells."""

    def width(separator: str) -> int:
        rows = [len(row) for row in csv.reader(first, delimiter=separator) if row]
        return sorted(rows)[len(rows) // 2] if rows else 0

    return max(",\t;|", key=width)


def _rows(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    count = 0
    try:
        for row in csv.reader(lines, delimiter=separator, strict=True):
            count += 1
            # ="12" is how some programs keep a spreadsheet from reading a number
            yield [found[1] if (found := QUOTED.fullmatch(cell)) else cell for cell in row]
    except csv.Error:
        raise Refused(
            f"第 {count + 1} 行起，引号或者分隔符不成对，读不下去；请改正那一行的引号，或者另存为 .xlsx 后再上传"
        ) from None


def read_text(head: bytes, source: BinaryIO) -> tuple[str, Iterator[list[str]]]:
    """Kind and rows of a text file, whose first bytes are `head`. Raises Refused, also while the rows are taken."""
    csv.field_size_limit(FIELD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "UTF-16"
        texts: Iterator[str] = codecs.iterdecode(chain([head], iter(lambda: source.read(BLOCK), b"")), "utf-16")
    elif head[:4000].count(0) * 10 > len(head[:4000]):
        raise Refused(f"这个文件是没有标记的 UTF-16，或者不是文本；{AGAIN}")
    else:
        blocks = _blocks(head, source)
        start = next(blocks)
        name = "ASCII" if start.isascii() else _encoding(start)[1]
        texts = _texts(chain([start], blocks))
    lines = _lines(texts)
    try:
        first = list(islice(lines, 10))
    except UnicodeDecodeError:
        raise Refused(f"认不出这个文件的文字编码；{AGAIN}") from None
    opening = "".join(first).lstrip()
    for looks, what in NOT_A_TABLE:
        if looks.match(opening):
            raise Refused(f"这是{what}；{SAVE_AS}")
    if first and (told := re.fullmatch(r"sep=(.)\s*", first[0], re.IGNORECASE)):
        return f"CSV（{name}）", chain([[]], _rows(chain(first[1:], lines), told[1]))
    return f"CSV（{name}）", _rows(chain(first, lines), _separator(first))
