"""读表的子进程: `python -m records.reading.child`, the file on stdin, one JSON line per row on stdout.

Knows nothing of Django, the database or any key. It limits its own memory and time before it looks at the file;
what kills it is an ordinary refusal for the parent. The kind is judged by content, never by name.
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

UNPACKED = 300 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
}
SAVE_AS = "请在表格软件里打开，另存为 .xlsx 后再上传"


class Refused(Exception):
    """The file cannot be read; says why and what to do."""


def limit(megabytes: int, seconds: int) -> None:
    """No more memory and processor time than this, for whatever the file contains."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the sheet


def _text(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4000]:
        raise Refused("这个文件的编码是 UTF-16 或者不是文本；请另存为“CSV UTF-8”或者 .xlsx 后再上传")
    for encoding, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Refused("认不出这个文件的文字编码；请另存为“CSV UTF-8”或者 .xlsx 后再上传")


def read_csv(data: bytes) -> tuple[str, Iterator[list[str]]]:
    """Kind and rows of a text file; the separator is the one that the densest of the first lines uses."""
    text, encoding = _text(data)
    if text.lstrip()[:1] == "<":
        raise Refused(f"这是网页，不是表格（有的系统把网页存成 .xls）；{SAVE_AS}")
    head = max(text.splitlines()[:10], key=len, default="")
    separator = max(",\t;", key=head.count)
    csv.field_size_limit(1 << 20)
    return f"CSV（{encoding}）", csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case _:
            return str(value)


def _parts(data: bytes) -> zipfile.ZipFile:
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Refused(f"文件已损坏或者没有传完整；{SAVE_AS}") from None
    names = set(book.namelist())
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names:
            raise Refused(f"这是 .xlsb 二进制工作簿；{SAVE_AS}")
        if "word/document.xml" in names:
            raise Refused(f"这是 Word 文档，不是表格；{SAVE_AS}")
        raise Refused(f"这是 ODS 或者压缩包，不是 .xlsx 工作簿；{SAVE_AS}")
    if sum(part.file_size for part in book.infolist()) > UNPACKED:
        raise Refused("文件解开以后大得不正常（超过 300 MB），没有读取；请删去空白行列、图片后另存再上传")
    return book


def _error_cells(book: zipfile.ZipFile) -> dict[tuple[int, int], str]:
    """Cells that show #N/A and the like: the reader gives them as empty, which would hide a mistake."""
    found: dict[tuple[int, int], str] = {}
    for name in book.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            for cell in re.finditer(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"[^>]*>.*?<v>([^<]*)', book.read(name)):
                column = 0
                for letter in cell[1]:
                    column = column * 26 + letter - 64
                found[int(cell[2]) - 1, column - 1] = cell[3].decode()
    return found


def read_xlsx(data: bytes) -> tuple[str, Iterator[list[str]]]:
    """Kind and rows of a workbook with one filled sheet."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  after the limits are set

    book = _parts(data)
    if re.search(rb'date1904="(1|true)"', book.read("xl/workbook.xml")):
        raise Refused("这个工作簿用的是 1904 日期系统，日期会差四年；请在选项中取消它，核对日期后再上传")
    errors = _error_cells(book)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(data))
    filled = [name for name in sheets.sheet_names if sheets.get_sheet_by_name(name).height]
    if len(filled) > 1:
        raise Refused(f"工作簿里有 {len(filled)} 张有内容的表，不知道导入哪一张；请只留一张再上传")
    if not filled:
        raise Refused("工作簿里没有内容；请核对选对了文件")

    def rows() -> Iterator[list[str]]:
        table = sheets.get_sheet_by_name(filled[0]).to_python(skip_empty_area=False)
        for line, row in enumerate(table):
            yield [errors.get((line, column)) or _cell(value) for column, value in enumerate(row)]

    return "Excel 工作簿（.xlsx）", rows()


def read(data: bytes) -> tuple[str, Iterator[list[str]]]:
    """Kind and rows. Raises Refused, csv.Error, and whatever the reader of workbooks raises."""
    if not data.strip():
        raise Refused("文件是空的；请核对选对了文件")
    for mark, what in FOREIGN.items():
        if data.startswith(mark):
            raise Refused(f"这是{what}，不是表格；请上传 .xlsx 或者 .csv")
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("工作簿加了密码，打不开；请取消密码后另存再上传")
        raise Refused(f"这是旧格式（.xls 或者 .et）；{SAVE_AS}")
    return read_xlsx(data) if data.startswith(ZIP) else read_csv(data)


def say(words: Iterable[object]) -> None:
    sys.stdout.write(json.dumps(list(words), ensure_ascii=False) + "\n")


def tell(kind: str, rows: Iterable[list[str]], most: int) -> None:
    """Kind, then line number and cells of every row that is not blank, then the end. Raises Refused for too many."""
    say(["kind", kind])
    count = 0
    for line, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row):
            count += 1
            if count > most:
                raise Refused(f"超过 {most} 行；请分成几个文件上传")
            say([line, row])
    say(["end", count])


def main(megabytes: int, seconds: int, most: int) -> int:
    """The last line says how it ended; without one the child has died over the file."""
    limit(megabytes, seconds)
    try:
        tell(*read(sys.stdin.buffer.read()), most)
    except Refused as why:
        say(["refused", str(why)])
    except csv.Error:
        say(["refused", "CSV 的引号或者分隔符不成对，读不下去；请另存为 .xlsx 后再上传"])
    except MemoryError:
        return 137
    except Exception as why:
        say(["refused", f"工作簿打不开（{type(why).__name__}）；{SAVE_AS}"])
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:4])))
