"""版面: one letter on A4 after the manner of GB/T 9704 (margins, centred title, signature to the right).

Deterministic: the same sheet gives the same bytes, whenever and wherever it is set; its date is part of the letter.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

from daoli_credit.paper import breaking
from daoli_credit.paper.typeface import NAME, MissingGlyph, missing, serif

LAYOUT = "a4-1"  # changes whenever the same letter would give other bytes
LEFT, RIGHT, TOP, BOTTOM = 28 * mm, 26 * mm, 37 * mm, 35 * mm
GREY = HexColor("#4A5560")
INDENT = "    "

_body = ParagraphStyle("body", fontName=NAME, fontSize=14, leading=25)
_inner = ParagraphStyle("inner", parent=_body, leftIndent=28)
_title = ParagraphStyle("title", parent=_body, fontSize=22, leading=32, alignment=TA_CENTER, spaceAfter=14)
_signed = ParagraphStyle("signed", parent=_body, alignment=TA_RIGHT)
_code = ParagraphStyle("code", parent=_body, fontSize=26, leading=40, alignment=TA_CENTER, spaceBefore=6, spaceAfter=6)


@dataclass(frozen=True)
class Sheet:
    """一份文书. `text` is the letter as read on the screen; its first line, if the title, is set apart."""

    title: str
    text: str
    number: str
    document_number: str = ""
    addressee: str = ""
    warning: str = ""
    code: str = ""
    digested: bool = True

    @property
    def digest(self) -> bytes:
        """正文摘要, the same that was recorded when the letter was told."""
        return hashlib.sha256(self.text.encode()).digest()


def _lines(sheet: Sheet) -> list[str]:
    lines = sheet.text.strip("\n").split("\n")
    return lines[1:] if lines[0].strip() == sheet.title else lines


def _signature(lines: list[str]) -> int:
    """How many of the last lines are the signature: what stands after the last empty line, if it is short."""
    last = len(lines) - 1 - lines[::-1].index("") if "" in lines else -1
    signed = len(lines) - 1 - last
    return signed if 0 < signed <= 2 and last >= 0 else 0


def _set(text: str, style: ParagraphStyle) -> Paragraph:
    return set_in(text, style, float(A4[0] - LEFT - RIGHT - style.leftIndent))


def set_in(text: str, style: ParagraphStyle, room: float) -> Paragraph:
    """一段 in a line of this width, broken as Chinese is."""

    def fits(line: str) -> bool:
        return float(stringWidth(line, style.fontName, style.fontSize)) <= room

    return Paragraph("<br/>".join(escape(line) for line in breaking.lines(text, fits)), style)


def _story(sheet: Sheet) -> Iterator[Flowable]:
    yield _set(sheet.title, _title)
    if sheet.addressee:
        yield _set(f"{sheet.addressee}：", _body)
    lines = _lines(sheet)
    cut = len(lines) - _signature(lines)
    for n, line in enumerate(lines):
        if not line.strip():
            yield Spacer(1, 10)
        elif sheet.code and line.strip() == sheet.code:
            yield _set(sheet.code, _code)
        else:
            style = _signed if n >= cut else _inner if line.startswith(INDENT) else _body
            yield _set(line.strip(), style)


class _Numbered(Canvas):  # type: ignore[misc]  # reportlab says nothing of its types
    """Holds the pages back until their number is known, then writes the edge of each."""

    sheet: Sheet

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed = {"invariant": 1, "pageCompression": 1, "lang": "zh-CN", "initialFontName": NAME}
        super().__init__(*args, **{**kwargs, **fixed})
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self._pages:
            self.__dict__.update(page)
            self._edge(self._pageNumber, len(self._pages))
            super().showPage()
        super().save()

    def _edge(self, page: int, pages: int) -> None:
        sheet, (width, height) = self.sheet, A4
        self.setFillColor(GREY)
        self.setStrokeColor(GREY)
        self.setFont(NAME, 10)
        self.drawString(LEFT, height - 24 * mm, f"系统编号：{sheet.number}")
        if sheet.document_number:
            self.drawRightString(width - RIGHT, height - 24 * mm, f"文号：{sheet.document_number}")
        self.setLineWidth(0.5)
        self.line(LEFT, height - 27 * mm, width - RIGHT, height - 27 * mm)
        self.line(LEFT, 27 * mm, width - RIGHT, 27 * mm)
        self.setFont(NAME, 8)
        if sheet.digested:
            self.drawString(LEFT, 22 * mm, f"正文摘要（SHA-256）：{sheet.digest.hex()[:32]}")
            self.drawString(LEFT + 84, 18 * mm, sheet.digest.hex()[32:])
        self.drawRightString(width - RIGHT, 22 * mm, f"第 {page} 页，共 {pages} 页")
        if sheet.warning:
            self.drawRightString(width - RIGHT, 18 * mm, sheet.warning)


def pdf(sheet: Sheet) -> bytes:
    """排成 PDF. Raises MissingGlyph: a document with an empty box is never made."""
    serif()
    said = f"{sheet.title}{sheet.text}{sheet.number}{sheet.document_number}{sheet.addressee}{sheet.warning}"
    if lacking := missing(said):
        raise MissingGlyph(lacking)
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM,
        title=f"{sheet.title} {sheet.number}", author="", creator="",
    )  # fmt: skip
    frame = Frame(LEFT, BOTTOM, A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame]))
    document.build(list(_story(sheet)), canvasmaker=type("_Sheet", (_Numbered,), {"sheet": sheet}))
    return out.getvalue()
