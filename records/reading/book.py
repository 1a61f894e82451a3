"""工作簿: .xlsx, .xlsm, .xls and .ods by the library; what it does not tell comes from `records.reading.odd`."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time
from typing import Any
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from records.reading import odd
from records.reading.refused import SAVE_AS, Refused

UNPACKED = 600 * 1024 * 1024
LOCKED = "工作簿加了密码，打不开；请取消密码后另存再上传"
FROM_1904 = "这个工作簿用的是 1904 日期系统，日期会差四年；请在选项中取消它，核对日期后再上传"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
HEADROOM = 20  # lines of titles above the header
LARGEST = 10**15  # a number beyond has lost digits


def cell(value: Any) -> str:
    """One cell as the clerk sees it; a number with more digits than a spreadsheet keeps says so by its E."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() if abs(value) >= LARGEST:
            return f"{float(value):.15g}"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case _:
            return str(value)  # a day without a time is written as ISO does


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Refused(f"文件已损坏或者没有传完整；{SAVE_AS}") from None
    if sum(part.file_size for part in book.infolist()) > UNPACKED:
        raise Refused("文件解开以后大得不正常（超过 600 MB），没有读取；请删去空白行列、图片后另存再上传")
    return book


def _kind(book: zipfile.ZipFile) -> str:
    names = set(book.namelist())
    if "xl/workbook.xml" in names:
        return "Excel 工作簿（.xlsm，其中的宏没有运行）" if "xl/vbaProject.bin" in names else "Excel 工作簿（.xlsx）"
    if "mimetype" in names and book.read("mimetype").strip().startswith(ODS):
        if b"encryption-data" in book.read("META-INF/manifest.xml"):
            raise Refused(LOCKED)
        return "ODS 表格"
    if "xl/workbook.bin" in names:
        raise Refused(f"这是 .xlsb 二进制工作簿；{SAVE_AS}")
    if "word/document.xml" in names:
        raise Refused(f"这是 Word 文档，不是表格；{SAVE_AS}")
    raise Refused("这是压缩包或者别的文档，不是表格；请解开压缩包，把里面的表格另存为 .xlsx 后再上传")


def _shown(book: CalamineWorkbook) -> list[tuple[str, int]]:
    """The sheets that are seen: name and place. Hidden ones hold lists for drop-downs."""
    return [
        (sheet.name, at)
        for at, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _filled(book: CalamineWorkbook) -> tuple[str, int, CalamineSheet]:
    """The one sheet with something in it: its name, its place and itself."""
    found = [(name, at, book.get_sheet_by_name(name)) for name, at in _shown(book)]
    found = [one for one in found if one[2].height]
    if len(found) > 1:
        raise Refused(f"工作簿里有 {len(found)} 张有内容的表，不知道导入哪一张；请只留一张再上传")
    if not found:
        raise Refused("工作簿里没有内容（隐藏的表不读）；请核对选对了文件")
    return found[0]


def _rows(sheet: CalamineSheet, found: odd.Odd) -> Iterator[list[str]]:
    # a table need not begin in the first column; the library leaves the blank ones before it out
    left = (sheet.start or (0, 0))[1]
    tall = sheet.merged_cell_ranges
    merged = found.tall if tall is None else [(top[0], end[0]) for top, end in tall if end[0] > top[0]]
    covered = {row: first for first, last in merged for row in range(first + 1, last + 1)}
    wrong: dict[int, dict[int, str]] = defaultdict(dict)
    for (at, column), what in found.errors.items():
        wrong[at][column - left] = what
    for at, values in enumerate(sheet.iter_rows()):
        row = [value if value.__class__ is str else cell(value) for value in values]
        for column, what in wrong.get(at, {}).items():
            row += [""] * (column + 1 - len(row))
            row[column] = what
        if at in covered and any(one.strip() for one in row):
            raise Refused(
                f"第 {covered[at] + 1} 行起有上下合并的单元格，下面几行的那一格是空的；请取消合并，每一行都填完整再上传"
            )
        if at in found.hidden and any(one.strip() for one in row):
            raise Refused(
                f"第 {at + 1} 行被隐藏或者筛选掉了，不知道要不要导入；请取消筛选、显示全部行，或者删去不要的行再上传"
            )
        yield row


def _looked(data: bytes, folder: zipfile.ZipFile | None, kind: str, name: str, place: int) -> odd.Odd:
    """What is hidden in one sheet."""
    if folder is None:
        return odd.of_xls(data, place)
    return odd.of_ods(folder, name) if kind == "ODS 表格" else odd.of_xlsx(folder, name)


def read_book(data: bytes, most: int) -> tuple[str, Iterator[list[str]]]:
    """Kind and rows of a workbook with one filled sheet. Raises Refused, also while the rows are taken."""
    folder = _opened(data) if data.startswith(b"PK") else None
    kind = _kind(folder) if folder else "Excel 97-2003 工作簿（.xls）"
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = _shown(book)
        with ThreadPoolExecutor(1) as beside:
            # the library lets go of the interpreter while it reads, so that the other look costs no time
            looking = beside.submit(_looked, data, folder, kind, *shown[0]) if len(shown) == 1 else None
            name, place, sheet = _filled(book)
        found = looking.result() if looking else _looked(data, folder, kind, name, place)
    except PasswordError:
        raise Refused(LOCKED) from None
    except CalamineError as why:
        locked = folder is None and odd.of_xls(data, 0).sealed
        raise Refused(LOCKED if locked else f"工作簿打不开（{type(why).__name__}）；{SAVE_AS}") from None
    except (OSError, expat.ExpatError, zipfile.BadZipFile, KeyError) as why:
        raise Refused(f"工作簿打不开（{type(why).__name__}）；{SAVE_AS}") from None
    if found.sealed:
        raise Refused(LOCKED)
    if found.from_1904:
        raise Refused(FROM_1904)
    if sheet.height > most + HEADROOM:
        raise Refused(f"超过 {most} 行；请分成几个文件上传，或者存为 CSV（CSV 不限行数）")
    return kind, _rows(sheet, found)
