"""造样张: the files of this folder, made once and committed; `list.csv` says what each must lead to.

Run where LibreOffice and the writers are: `pip install openpyxl xlwt odfpy pandas msoffcrypto-tool xlsxwriter olefile`,
then `python tests/corpus/make.py`. Nothing of it is needed by the tests. Synthetic people only (region 999999).
"""

import csv
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import pandas
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlwt.CompoundDoc import XlsDoc

HERE = Path(__file__).parent
Row = Sequence[Any]
HEADER = [
    *("行政相对人名称", "行政相对人类别", "证件类型", "证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实"),
    *("处罚依据", "处罚类别", "处罚内容", "罚款金额（万元）", "处罚决定日期", "处罚机关", "处罚机关统一社会信用代码"),
    *("数据来源单位", "数据来源单位统一社会信用代码"),
]
BUREAU = ["道里区市场监督管理局（示例）", "1199999900000000AP"] * 2
LIN = "999999198803120028"
FACT = "当事人被查实使用未经检定的计量器具。"


def number(first: str) -> str:
    """A number with its check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


def row(serial: int, **changes: Any) -> list[Any]:
    """A good row; `changes` as c3=… overwrite cells by their place."""
    cells = [
        *("林秀云", "自然人", "身份证", LIN, f"哈里市监罚〔2026〕{serial}号", "使用未经检定的计量器具", FACT),
        *("《计量法实施细则》第四十三条", "罚款", "罚款500元", "0.05", "2026-11-10", *BUREAU),
    ]
    for place, value in changes.items():
        cells[int(place[1:])] = value
    return cells


TWO: list[Row] = [HEADER, row(1), row(2)]
ONE_BAD: Callable[..., list[Row]] = lambda **changes: [HEADER, row(1), row(2, **changes)]  # noqa: E731


def text(rows: Iterable[Row], encoding: str = "utf-8", separator: str = ",", end: str = "\r\n") -> bytes:
    """What a text editor or an export writes."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator=end).writerows(rows)
    return made.getvalue().encode(encoding)


def by_openpyxl(rows: Iterable[Row], change: Callable[[Any, Any], None] | None = None) -> bytes:
    """An .xlsx; `change` gets workbook and sheet."""
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(list(cells))
    if change:
        change(book, book.active)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def by_xlsxwriter(rows: Iterable[Row], change: Callable[[Any, Any], None] | None = None, **options: Any) -> bytes:
    """An .xlsx; text stays text."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, **options})
    sheet = book.add_worksheet("处罚")
    for line, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet.write(line, column, value)
    if change:
        change(book, sheet)
    book.close()
    return made.getvalue()


def by_xlwt(rows: Iterable[Row], change: Callable[[Any, Any], None] | None = None) -> bytes:
    """An .xls of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("处罚")
    for line, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet.write(line, column, value)
    if change:
        change(book, sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def by_pandas(rows: Sequence[Row], engine: str) -> bytes:
    """What a script of a bureau's own writes."""
    made = io.BytesIO()
    pandas.DataFrame(list(rows[1:]), columns=list(rows[0])).to_excel(made, index=False, engine=engine)
    return made.getvalue()


def by_libreoffice(book: bytes, to: str, options: str = "") -> bytes:
    """Opened in LibreOffice, calculated anew, saved as something else."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.xlsx"
        source.write_bytes(book)
        asked = f"{to}:{options}" if options else to
        command = ["soffice", "--headless", "--convert-to", asked, "--outdir", f"{folder}/out", str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return (Path(folder) / "out" / f"in.{to}").read_bytes()


def filled_template() -> bytes:
    """Our own template as it is downloaded (`template.xlsx`), two rows filled in, by openpyxl."""
    book = openpyxl.load_workbook(HERE / "template.xlsx")
    sheet = book.worksheets[0]
    titles = [str(cell.value).rstrip("*") for cell in sheet[1]]
    for at, cells in enumerate(
        (row(1, c2="居民身份证"), row(2, c0="周建国", c2="居民身份证", c3="99999919900101106X")), 2
    ):
        for title, value in zip(HEADER, cells, strict=True):
            cell = sheet.cell(at, titles.index(title) + 1)
            cell.value, cell.number_format = value, "@"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def of_our_template() -> dict[str, bytes]:
    """What LibreOffice makes of it."""
    filled = filled_template()
    made = {f"our-template.{to}": by_libreoffice(filled, to) for to in ("xlsx", "ods", "xls")}
    return made | {"our-template.csv": by_libreoffice(filled, "csv", "Text - txt - csv (StarCalc):44,34,76,1")}


def rezipped(book: bytes, **parts: bytes) -> bytes:
    """The same archive with parts added or replaced; `__` is `/`, `_DOT_` a point."""
    named = {name.replace("__", "/").replace("_DOT_", "."): data for name, data in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, data in named.items():
            new.writestr(name, data)
    return made.getvalue()


def archive(**parts: bytes) -> bytes:
    """A new archive."""
    made = io.BytesIO()
    zipfile.ZipFile(made, "w").close()
    return rezipped(made.getvalue(), **parts)


def part(book: bytes, name: str) -> bytes:
    """One part of an archive."""
    with zipfile.ZipFile(io.BytesIO(book)) as folder:
        return folder.read(name)


def locked(book: bytes) -> bytes:
    """With a password."""
    made = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(book)).encrypt("123456", made)
    return made.getvalue()


def locked_xls() -> bytes:
    """An .xls whose stream says that it is encrypted."""
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    stream = stream[:first] + b"\x2f\x00\x06\x00" + b"\0" * 6 + stream[first:]
    made = io.BytesIO()
    XlsDoc().save(made, stream)
    return made.getvalue()


def hide(line: int) -> Callable[[Any, Any], None]:
    """A hidden row, by openpyxl."""

    def change(_: Any, sheet: Any) -> None:
        sheet.row_dimensions[line].hidden = True

    return change


def merged(area: str) -> Callable[[Any, Any], None]:
    """Merged cells, by openpyxl."""
    return lambda _, sheet: sheet.merge_cells(area)


def numeric(cell: str, value: Any, form: str = "General") -> Callable[[Any, Any], None]:
    """A cell with a number or a formula, by openpyxl."""

    def change(_: Any, sheet: Any) -> None:
        sheet[cell] = value
        sheet[cell].number_format = form

    return change


def further(*titles: str, hidden: bool = False, filled: bool = False) -> Callable[[Any, Any], None]:
    """More sheets, by openpyxl."""

    def change(book: Any, _: Any) -> None:
        for title in titles:
            sheet = book.create_sheet(title)
            if filled or hidden:
                sheet["A1"] = "罚款"
            sheet.sheet_state = "hidden" if hidden else "visible"

    return change


def filtered(_: Any, sheet: Any) -> None:
    """A filter that hides a row, by openpyxl."""
    sheet.auto_filter.ref = "A1:P3"
    sheet.auto_filter.add_filter_column(4, ["哈里市监罚〔2026〕1号"])
    sheet.row_dimensions[3].hidden = True


def from_1904(book: Any, _: Any) -> None:
    """The calendar of old Macs, by openpyxl."""
    book.epoch = CALENDAR_MAC_1904


def all_files() -> dict[str, bytes]:
    """Every file by name."""
    plain, calculated = by_openpyxl(TWO), by_openpyxl([HEADER, row(1), row(2)], numeric("K3", "=1/0"))
    ods = by_libreoffice(plain, "ods")
    sums: Row = ["合计", "", "", "", "2 件", *[""] * 5, "0.1"]
    page = "<html><body><table>" + "".join(f"<tr><td>{'</td><td>'.join(map(str, r))}</td></tr>" for r in TWO)
    book: dict[str, bytes] = {
        "xlsxwriter.xlsx": by_xlsxwriter(TWO),
        "openpyxl.xlsx": plain,
        "pandas.xlsx": by_pandas(TWO, "openpyxl"),
        "libreoffice.xlsx": by_libreoffice(plain, "xlsx"),
        "inline-strings.xlsx": by_xlsxwriter(TWO, constant_memory=True, in_memory=False),
        "id-as-number.xlsx": by_xlsxwriter(ONE_BAD(c3=float(LIN))),
        "id-rounded.xlsx": by_xlsxwriter(ONE_BAD(c3="999999198803120000")),
        "dates-as-dates.xlsx": by_openpyxl(ONE_BAD(c11=date(2026, 11, 10))),
        "dates-as-serials.xlsx": by_xlsxwriter(ONE_BAD(c11=46336)),
        "dates-from-1904.xlsx": by_openpyxl(ONE_BAD(c11=date(2026, 11, 10)), from_1904),
        "amount-as-number.xlsx": by_xlsxwriter(ONE_BAD(c10=0.1 + 0.2)),
        "formula.xlsx": by_libreoffice(by_openpyxl(TWO, numeric("K3", "=0.02+0.03")), "xlsx"),
        "formula-never-calculated.xlsx": by_openpyxl(TWO, numeric("K3", "=0.02+0.03")),
        "formula-failed.xlsx": by_libreoffice(calculated, "xlsx"),
        "two-sheets.xlsx": by_openpyxl(TWO, further("表二", filled=True)),
        "empty-sheets.xlsx": by_openpyxl(TWO, further("Sheet2", "Sheet3")),
        "hidden-list.xlsx": by_openpyxl(TWO, further("字典", hidden=True)),
        "hidden-row.xlsx": by_libreoffice(by_openpyxl(TWO, hide(3)), "xlsx"),
        "filtered.xlsx": by_openpyxl(TWO, filtered),
        "merged-down.xlsx": by_openpyxl(TWO, merged("E2:E3")),
        "merged-title.xlsx": by_openpyxl([["行政处罚信息"], [], *TWO], merged("A1:P2")),
        "header-on-line-6.xlsx": by_openpyxl([["行政处罚信息"], ["填报单位：示例局"], [], ["单位：万元"], [], *TWO]),
        "begins-at-c3.xlsx": by_openpyxl([[], [], *(["", "", *cells] for cells in TWO)]),
        "sums.xlsx": by_openpyxl([*TWO, sums]),
        "signatures.xlsx": by_openpyxl([*TWO, [], ["填表人：示例", "", "审核人：示例"]]),
        "header-again.xlsx": by_openpyxl([*TWO, HEADER, row(3)]),
        "blank-lines.xlsx": by_openpyxl([HEADER, [], row(1), [], [], row(2), [], [" "]]),
        "column-twice.xlsx": by_openpyxl([[*HEADER, "证件号码"], [*row(1), LIN]]),
        "column-unknown.xlsx": by_openpyxl([[*HEADER, "家庭住址"], [*row(1), "示例路1号"]]),
        "column-missing.xlsx": by_openpyxl([HEADER[:3] + HEADER[4:], row(1)[:3] + row(1)[4:]]),
        "column-untitled.xlsx": by_openpyxl([[*HEADER[:5], "", *HEADER[5:]], [*row(1)[:5], "甲", *row(1)[5:]]]),
        "other-table.xlsx": by_openpyxl([["序号", "设备", "数量"], [1, "电脑", 3]]),
        "header-only.xlsx": by_openpyxl([HEADER]),
        "nothing.xlsx": by_openpyxl([]),
        "password.xlsx": locked(plain),
        "macros.xlsm": rezipped(plain, xl__vbaProject_DOT_bin=b"\xd0\xcf\x11\xe0"),
        "cut-off.xlsx": plain[: len(plain) // 2],
        "broken-xml.xlsx": rezipped(
            plain, xl__worksheets__sheet1_DOT_xml=part(plain, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", b"")
        ),
        "entity-bomb.xlsx": rezipped(plain, xl__worksheets__sheet1_DOT_xml=bomb()),
        "word.xlsx": archive(word__document_DOT_xml=b"<x/>"),
        "binary.xlsb": archive(xl__workbook_DOT_bin=b"x"),
        "archive.zip": archive(处罚_DOT_csv=text(TWO)),
        "quotes-before-numbers.xlsx": by_xlsxwriter(ONE_BAD(c3=f"'{LIN}")),
        "xlwt.xls": by_xlwt(TWO),
        "libreoffice.xls": by_libreoffice(plain, "xls"),
        "id-as-number.xls": by_xlwt(ONE_BAD(c3=float(LIN))),
        "dates-from-1904.xls": by_xlwt(TWO, lambda made, _: setattr(made, "dates_1904", True)),
        "hidden-row.xls": by_libreoffice(by_openpyxl(TWO, hide(3)), "xls"),
        "merged-down.xls": by_libreoffice(by_openpyxl(TWO, merged("E2:E3")), "xls"),
        "formula-failed.xls": by_libreoffice(calculated, "xls"),
        "two-sheets.xls": by_xlwt(TWO, lambda made, _: made.add_sheet("表二").write(0, 0, "x")),
        "password.xls": locked_xls(),
        "cut-off.xls": by_xlwt(TWO)[:700],
        "web-page.xls": (page + "</table></body></html>").encode("gb18030"),
        "mail-page.xls": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + page.encode(),
        "xml-2003.xls": xml_2003(),
        "text-in-disguise.xls": text(TWO, "gb18030", "\t"),
        "libreoffice.ods": ods,
        "odfpy.ods": by_pandas(TWO, "odf"),
        "formula-failed.ods": by_libreoffice(calculated, "ods"),
        "hidden-row.ods": by_libreoffice(by_openpyxl(TWO, hide(3)), "ods"),
        "merged-down.ods": by_libreoffice(by_openpyxl(TWO, merged("E2:E3")), "ods"),
        "two-sheets.ods": by_libreoffice(by_openpyxl(TWO, further("表二", filled=True)), "ods"),
        "id-as-number.ods": by_libreoffice(by_xlsxwriter(ONE_BAD(c3=float(LIN))), "ods"),
        "password.ods": rezipped(ods, **{"META-INF__manifest_DOT_xml": b"<m:encryption-data/>"}),
        "repeated-without-end.ods": rezipped(ods, content_DOT_xml=repeated(part(ods, "content.xml"))),
        "flat.fods": by_libreoffice(plain, "fods"),
    }
    return book | texts(plain)


def xml_2003() -> bytes:
    """What some finance programs call .xls."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in cells)}</Row>" for cells in TWO)
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{space}">'
        f"<Worksheet><Table>{rows}</Table></Worksheet></Workbook>"
    ).encode()


def bomb() -> bytes:
    """Entities that stand for entities that stand for entities."""
    lines = [b'<!ENTITY a0 "' + "甲".encode() * 100 + b'">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 100}">'.encode() for n in range(1, 6)]
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = b'<c r="A1" t="inlineStr"><is><t>&a5;</t></is></c>'
    return (
        b'<?xml version="1.0"?><!DOCTYPE x [' + b"".join(lines) + b']><worksheet xmlns="' + space + b'"><sheetData>'
        b'<row r="1">' + cells + b"</row></sheetData></worksheet>"
    )


def repeated(content: bytes) -> bytes:
    """A filled cell said to stand a thousand million times."""
    many = (
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"'
    )
    many += ' office:value-type="string"><text:p>甲</text:p>'.encode()
    many += b"</table:table-cell></table:table-row></table:table>"
    return content.replace(b"</table:table>", many, 1)


def texts(plain: bytes) -> dict[str, bytes]:
    """Text files, as editors and exports write them, by bytes."""
    two, good = text(TWO), text(TWO).decode()
    odd: dict[str, list[Row]] = {
        "zero-width.csv": ONE_BAD(c0="林\u200b秀云", c3=f"\u202d{LIN}\u202c", c4="哈里市监罚〔2026〕2号\ufeff"),
        "trailing-tabs.csv": ONE_BAD(c3=f"{LIN}\t", c4="哈里市监罚〔2026〕2号\t"),
        "equals-quote.csv": ONE_BAD(c3=f'="{LIN}"'),
        "apostrophes.csv": ONE_BAD(c3=f"'{LIN}"),
        "full-width.csv": ONE_BAD(c3="９９９９９９１９８８０３１２００２８", c11="２０２６－１１－１０"),
        "blanks-at-the-ends.csv": ONE_BAD(c0="　林秀云 ", c3=f" {LIN} ", c8=" 罚款 ", c11=" 2026-11-10 "),
        "lower-case-x.csv": ONE_BAD(c0="示例甲", c3=number("99999919900101106").lower()),
        "scientific.csv": ONE_BAD(c3="1.1E+17"),
        "wrong-digit.csv": ONE_BAD(c3="999999198803120027"),
        "date-serial.csv": ONE_BAD(c11="46336"),
        "date-impossible.csv": ONE_BAD(c11="2026-02-30"),
        "date-in-words.csv": ONE_BAD(c11="去年冬天"),
        "date-styles.csv": [HEADER, row(1, c11="2026/11/10"), row(2, c11="2026.11.10"), row(3, c11="2026年11月10日")],
        "amount-in-words.csv": ONE_BAD(c10="五千元"),
        "formula-injected.csv": ONE_BAD(c6='=HYPERLINK("http://example.invalid","查看")'),
        "no-name.csv": ONE_BAD(c0=""),
        "company.csv": ONE_BAD(c0="示例商行", c1="个体工商户", c3=""),
        "child.csv": ONE_BAD(c0="示例童", c3=number("99999920150101001")),
        "same-row-twice.csv": [HEADER, row(1), row(1)],
        "one-document-two-contents.csv": [HEADER, row(1), row(1, c10="0.06")],
        "one-number-two-names.csv": [HEADER, row(1), row(2, c0="林秀芸")],
        "rare-characters.csv": ONE_BAD(c0="䶮𠮷·示例", c3=number("99999919900101106")),
        "line-break-in-a-cell.csv": ONE_BAD(c6='第一行\n第二行，有逗号,和引号"在内'),
        "cells-too-many.csv": [HEADER, row(1), [*row(2), "多出来的"]],
        "cells-too-few.csv": [HEADER, row(1), row(2)[:9]],
        "semicolons-in-cells.csv": ONE_BAD(c8="罚款；警告"),
        "commas-in-cells.csv": ONE_BAD(c8="罚款，警告"),
        "masked-name.csv": ONE_BAD(c0="林*云"),
        "masked-number.csv": ONE_BAD(c3="999999********0028"),
        "somebody.csv": ONE_BAD(c0="林某某"),
        "several-people.csv": ONE_BAD(c0="林秀云、示例甲"),
        "several-documents.csv": ONE_BAD(c4="哈里市监罚〔2026〕2号、哈里市监罚〔2026〕3号"),
        "name-and-number-swapped.csv": ONE_BAD(c0=LIN, c3="林秀云"),
        "body-as-person.csv": ONE_BAD(c0="示例商行"),
        "made-character.csv": ONE_BAD(c0="林秀\ue863"),
        "kind-in-code.csv": ONE_BAD(c1="1"),
        "fifteen-digits.csv": ONE_BAD(c3="999999880312002"),
        "number-with-blanks.csv": ONE_BAD(c3="999999 19880312 0028\n"),
        "number-in-text.csv": ONE_BAD(c6=f"当事人林秀云（{LIN}）被查实。"),
        "amount-without-end.csv": ONE_BAD(c10="1e999999999"),
        "amount-not-a-number.csv": ONE_BAD(c10="NaN"),
        "amount-too-large.csv": ONE_BAD(c10="5000000000000000"),
        "year-too-short.csv": ONE_BAD(c11="0026-11-10"),
        "placeholder.csv": ONE_BAD(c7="/"),
        "nothing-listed.csv": ONE_BAD(c8="；；"),
        "html-in-a-cell.csv": ONE_BAD(c6="<img src=x onerror=alert(1)>"),
        "conduct-after-decision.csv": [[*HEADER, "违法行为发生日期"], [*row(1), ""], [*row(2), "2026-11-12"]],
        "titles-with-stars.csv": [[f" {title}＊ " for title in HEADER], row(1), row(2)],
    }
    return {name: text(rows) for name, rows in odd.items()} | {
        "utf-8.csv": two,
        "utf-8-with-mark.csv": text(TWO, "utf-8-sig"),
        "gb18030.csv": text(TWO, "gb18030"),
        "libreoffice-gb18030.csv": by_libreoffice(plain, "csv", "Text - txt - csv (StarCalc):44,34,85,1"),
        "libreoffice-utf-8.csv": by_libreoffice(plain, "csv", "Text - txt - csv (StarCalc):44,34,76,1"),
        "unicode-text.txt": text(TWO, "utf-16", "\t"),
        "utf-16-without-mark.csv": text(TWO, "utf-16-le"),
        "big5.csv": re.sub("[^\x00-\x7f]", "檔", good).encode("big5"),
        "two-encodings.csv": text(TWO, "gb18030") + text([row(3)]),
        "semicolons.csv": text(TWO, separator=";"),
        "tabs.tsv": text(TWO, separator="\t"),
        "bars.csv": text(TWO, separator="|"),
        "sep-line.csv": b"sep=;\r\n" + text(TWO, separator=";"),
        "returns-only.csv": text(TWO, end="\r"),
        "feeds-only.csv": text(TWO, end="\n"),
        "no-last-line-end.csv": two.rstrip(),
        "open-quote.csv": two + text([row(3)]).replace(FACT.encode(), b'"' + FACT.encode()),
        "nul.csv": two.replace(LIN.encode(), LIN.encode() + b"\0"),
        "blank-lines.csv": two.replace(b"\r\n", b"\r\n\r\n , \r\n"),
        "empty.csv": b"",
        "only-blanks.csv": b" \r\n\t\r\n",
        "records.json": b'[{"party_name": "x"}]',
        "letter.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "photo.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        "letter.rtf": b"{\\rtf1\\ansi x}",
        "packed.csv": b"\x1f\x8b\x08\0" + b"\0" * 40,
    }


if __name__ == "__main__":
    folder = HERE / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in {**all_files(), **of_our_template()}.items():
        (folder / name).write_bytes(data)
