"""写导出的文件: in memory only; every cell is text, and every sheet says who took it, when, under which number."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from records.rules.exportable import cell

Table = Sequence[Sequence[object]]
WIDTH = 22


@dataclass(frozen=True)
class Mark:
    """水印: who, when and the number; `line` stands in the file's first line."""

    number: str
    who: str
    at: str
    until: str

    @property
    def line(self) -> str:
        """One sentence."""
        return f"导出编号 {self.number}，{self.who} 于 {self.at} 导出；仅供所写的办件使用，{self.until} 以前用完即删"


def workbook(mark: Mark, head: Sequence[str], rows: Table) -> bytes:
    """一个 .xlsx: the mark in the first row, in the printed footer and in the document's properties."""
    made = io.BytesIO()
    # nothing plain on the disk: without in_memory the library lays its parts down in temporary files
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": mark.number, "author": mark.who, "comments": mark.line})
    sheet = book.add_worksheet("信用记录")
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    sheet.set_column(0, len(head) - 1, WIDTH, text)
    sheet.set_footer(f"&L{mark.number} {mark.who} {mark.at}&R&P / &N")
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(2, 0)
    sheet.write_string(0, 0, mark.line, bold)
    for line, cells in enumerate([head, *rows], 1):
        for column, value in enumerate(cells):
            sheet.write_string(line, column, cell(value), bold if line == 1 else text)
    book.close()
    return made.getvalue()


def text_table(mark: Mark, head: Sequence[str], rows: Table) -> bytes:
    """一个 .csv: UTF-8 with a mark of order, so that Excel reads the Chinese; every cell quoted."""
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL)
    writer.writerow([mark.line])
    writer.writerow(head)
    writer.writerows([cell(value) for value in cells] for cells in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()
