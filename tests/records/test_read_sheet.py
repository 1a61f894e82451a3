"""读表: what is no sheet is refused in words; what kills the reader is an ordinary refusal. Files are made here."""

import io
import zipfile
from datetime import date

import pytest

from daoli_credit.law import pack
from records.reading import sheet as reading
from records.reading import workbook
from records.reading.sheet import Unreadable
from records.rules import columns
from records.workflows import importing
from tests import make_importing as sheets
from tests.cast import Cast

GOOD = sheets.sheet([sheets.row(1)])
BOOK = workbook.write(["甲", "乙"], [["1", "2"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in parts.items():
            folder.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return file.getvalue()


def _changed(part: str, old: bytes, new: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name in book.namelist():
            data = book.read(name)
            folder.writestr(name, data.replace(old, new) if name == part else data)
    return file.getvalue()


SHEET1 = "xl/worksheets/sheet1.xml"
REFUSED = {
    "0 bytes": (b"", "文件是空的"),
    "blank": (b" \r\n \n", "文件是空的"),
    "broken xls": (OLE, "工作簿打不开"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "工作簿加了密码"),
    "word": (_zip(word__document_DOT_xml=b"<x/>"), "这是 Word 文档"),
    "xlsb": (_zip(xl__workbook_DOT_bin=b"x"), "二进制工作簿"),
    "zip": (_zip(a_DOT_txt=b"x"), "这是压缩包或者别的文档"),
    "cut off": (BOOK[:200], "文件已损坏"),
    "pdf": (b"%PDF-1.7 ...", "这是 PDF 文件"),
    "picture": (b"\x89PNG\r\n", "这是图片"),
    "web page": (b"<html><table>", "这是网页"),
    "utf-16 without a mark": (GOOD.decode().encode("utf-16-le"), "没有标记的 UTF-16"),
    "two encodings": (GOOD + GOOD.decode().encode("gb18030"), "混着两种文字编码"),
    "two encodings, the other way": (GOOD.decode().encode("gb18030") + GOOD, "混着两种文字编码"),
    "no line ends": (b"x" * (5 << 20), "有一行超过 4 MB"),
    "no text": (b"a,b\n\xff\xff\xff\xff\n", "认不出这个文件的文字编码"),
    "open quote": (b'a,b\n"1,2\n', "不成对"),
    "1904": (
        _changed("xl/workbook.xml", b"<sheets>", b'<workbookPr date1904="1"/><sheets>'),
        "1904 日期系统",
    ),
    "broken xml": (_changed(SHEET1, b"</sheetData>", b"</sheetDate>"), "工作簿打不开"),
}


def rows(data: bytes, memory_mb: int = 1024, seconds: int = 60, most: int = reading.MOST_ROWS) -> list[reading.Row]:
    return list(reading.read(data, memory_mb=memory_mb, seconds=seconds, most=most).rows)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_sheet_is_refused_in_words(case: str) -> None:
    data, said = REFUSED[case]
    with pytest.raises(Unreadable) as why:
        rows(data)
    assert said in str(why.value)
    assert len(str(why.value)) > 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_that_bureaus_send_are_read_alike(encoding: str) -> None:
    data = sheets.sheet([sheets.row(1, name="䶮𠮷")]).decode().encode(encoding)
    assert rows(data) == [(1, sheets.HEADER), (2, list(sheets.row(1, name="䶮𠮷").values()))]


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_tabs_and_semicolons_separate_too(separator: str) -> None:
    assert rows(f"甲{separator}乙\n1{separator}2\n".encode()) == [(1, ["甲", "乙"]), (2, ["1", "2"])]


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    assert rows('甲,乙\n"一\n二",3\n\n4,5\n'.encode())[1:] == [(2, ["一\n二", "3"]), (4, ["4", "5"])]


def test_numbers_dates_and_errors_of_a_workbook_become_what_they_show() -> None:
    cells = b'<c r="A1"><v>5</v></c><c r="B1"><v>0.2</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="b"><v>1</v></c>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book, zipfile.ZipFile(file, "w") as folder:
        for name in book.namelist():
            head = (
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
            )
            data = head + cells + b"</row></sheetData></worksheet>" if name == SHEET1 else book.read(name)
            folder.writestr(name, data)
    assert rows(file.getvalue()) == [(1, ["5", "0.2", "#N/A", "TRUE"])]


def test_a_bomb_that_says_its_size_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as folder:
        folder.writestr("xl/workbook.xml", b"<x/>")
        with folder.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(601):
                part.write(b" " * (1 << 20))
    assert len(file.getvalue()) < 4 << 20
    with pytest.raises(Unreadable, match="解开以后大得不正常"):
        rows(file.getvalue())


def test_the_readers_death_by_memory_is_an_ordinary_refusal(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = b"<row>" + (b'<c t="inlineStr"><is><t>' + b"x" * 200 + b"</t></is></c>") * 10 + b"</row>"
    data = _changed(SHEET1, b"</sheetData>", row * 60_000 + b"</sheetData>")
    assert len(data) < 4 << 20
    with pytest.raises(Unreadable, match="过多的内存或者时间"):
        rows(data, memory_mb=200)
    kwdefaults = {"memory_mb": 200, "seconds": 60, "most": reading.MOST_ROWS}
    monkeypatch.setattr(reading.read, "__kwdefaults__", kwdefaults)
    batch = sheets.checked(cast, data, "炸弹.xlsx")
    assert (batch.status, batch.total) == ("failed", 0)
    assert "过多的内存" in batch.failure


def test_the_readers_death_by_time_is_an_ordinary_refusal() -> None:
    data = "\n".join(["甲,乙", *["1,2"] * 2_000_000]).encode()
    with pytest.raises(Unreadable):
        rows(data, seconds=1)


def _match(header: list[str], *above: list[str]) -> columns.Columns:
    item = pack.current().item(sheets.ITEM)
    return columns.match(item, [*above, header, list(sheets.row(1).values())], today=date(2026, 11, 24))


@pytest.mark.usefixtures("db")
def test_the_header_may_stand_under_a_title_and_be_written_in_codes() -> None:
    assert _match(sheets.HEADER, ["行政处罚信息", "", ""]).at == 1
    coded = ["CF_XDR_MC", "CF_XDR_LB ", "cf_xdr_zjlx", *sheets.HEADER[3:]]
    assert _match(coded).fields[:3] == ("party_name", "party_type", "id_type")
    assert _match([title.replace("（", "(").replace("）", ")") for title in sheets.HEADER]).at == 0


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("header", "said"),
    [
        ([*sheets.HEADER, "年龄段"], "不属于“其他市场监管行政处罚（计量、广告、价格等，自然人）”的列：年龄段"),
        ([*sheets.HEADER, "家庭住址"], "住址和联系方式不随信用记录归集"),
        ([*sheets.HEADER, "宗教信仰"], "宗教信仰信息不收"),
        ([*sheets.HEADER, "证件号码"], "同一列出现了两次：证件号码"),
        (sheets.HEADER[:3] + sheets.HEADER[4:], "缺少必需的列：证件号码"),
        (["", *sheets.HEADER], "没有标题的列"),
        (["姓名", "单位"], "没有找到"),
    ],
)
def test_columns_that_are_unknown_twice_or_missing_are_refused(header: list[str], said: str) -> None:
    with pytest.raises(columns.BadColumns) as why:
        _match(header)
    assert said in str(why.value)


def test_a_sheet_with_an_unknown_column_is_not_read_any_further(cast: Cast) -> None:
    rows = [sheets.row(1) | {"婚姻状况": "已婚"}]
    batch = sheets.checked(cast, sheets.sheet(rows, [*sheets.HEADER, "婚姻状况"]))
    assert batch.status == "failed"
    assert "婚姻状况" in batch.failure
    assert not batch.rows.exists()
    assert importing.STEPS["cancel"].source >= {"failed"}


def test_a_header_alone_holds_nothing(cast: Cast) -> None:
    assert "表头下面没有内容" in sheets.checked(cast, sheets.sheet([])).failure


def test_a_workbook_of_too_many_rows_says_how_many_it_may_have_and_a_text_has_no_limit() -> None:
    lines = [[str(serial), "甲"] for serial in range(100)]
    with pytest.raises(Unreadable, match="超过 20 行；请分成几个文件上传，或者存为 CSV"):
        rows(workbook.write(["号", "名"], lines), most=20)
    text = "\n".join([",".join(line) for line in lines]).encode()
    assert len(rows(text, most=20)) == 100
    assert reading.MOST_ROWS == 200_000
