"""写一张表: text cells only, so that no program turns a number round or runs a formula."""

import io
import re
from collections.abc import Sequence

import xlsxwriter

WIDTH = 24  # of a column, so that a number is read without pulling it open
TEXT = 49  # the number of the built-in format
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(titles: Sequence[str], rows: Sequence[Sequence[str]], *, name: str = "未入库的行") -> bytes:
    """An .xlsx file with the titles in the first row of its one sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    # the quote prefix keeps = + - @ text when a cell is edited and saved as CSV
    text = book.add_format({"num_format": TEXT, "quote_prefix": True})
    sheet.set_column(0, max(0, len(titles) - 1), WIDTH)
    for line, cells in enumerate([titles, *rows]):
        for at, cell in enumerate(cells):
            sheet.write_string(line, at, NOT_XML.sub("", cell), text)
    book.close()
    return made.getvalue()
