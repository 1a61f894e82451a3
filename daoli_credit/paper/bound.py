"""案卷: a cover, an index with page numbers, and the papers of one case bound behind it; who printed it stands across.

Set twice: the first time to learn on which page each paper begins. The index has the same lines both times.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from daoli_credit.paper.sheet import GREY, set_in
from daoli_credit.paper.typeface import NAME, MissingGlyph, missing, serif

LEFT, RIGHT, TOP, BOTTOM = 28 * mm, 22 * mm, 30 * mm, 26 * mm
ROOM = float(A4[0] - LEFT - RIGHT)

_text = ParagraphStyle("bound-text", fontName=NAME, fontSize=12, leading=20)
_fine = ParagraphStyle("bound-fine", parent=_text, fontSize=10, leading=16)
_head = ParagraphStyle("bound-head", parent=_text, fontSize=16, leading=26, spaceBefore=4, spaceAfter=10)
_cover = ParagraphStyle("bound-cover", parent=_text, fontSize=30, leading=50, alignment=TA_CENTER)
_under = ParagraphStyle("bound-under", parent=_text, fontSize=16, leading=28, alignment=TA_CENTER)


@dataclass(frozen=True)
class Part:
    """卷内一件: its title, its number, and its lines; a line that begins with a space is set smaller."""

    title: str
    number: str
    lines: Sequence[str]


@dataclass(frozen=True)
class BoundFile:
    """一卷."""

    title: str
    subtitle: str
    number: str
    cover: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    watermark: str
    warning: str = ""

    @property
    def text(self) -> str:
        """Everything that is set, for the question whether the typeface has it."""
        said = [self.title, self.subtitle, self.number, self.watermark, self.warning]
        said += [word for pair in self.cover for word in pair]
        said += [word for part in self.parts for word in (part.title, part.number, *part.lines)]
        return "".join(said)


class _Mark(Flowable):  # type: ignore[misc]  # reportlab says nothing of its types
    """Remembers on which page it was drawn."""

    def __init__(self, place: int, pages: dict[int, int]) -> None:
        super().__init__()
        self.place, self.pages = place, pages

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.pages[self.place] = self.canv.getPageNumber()


def _set(text: str, style: ParagraphStyle, room: float = ROOM) -> Paragraph:
    return set_in(text, style, room)


def _table(rows: list[list[Any]], widths: list[float]) -> Table:
    lines = [("GRID", (0, 0), (-1, -1), 0.5, GREY), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, colWidths=widths, style=lines, repeatRows=1, splitByRow=1)


def _covered(file: BoundFile) -> Iterator[Flowable]:
    yield Spacer(1, 60 * mm)
    yield _set(file.title, _cover)
    yield _set(file.subtitle, _under)
    yield Spacer(1, 24 * mm)
    words, width = 42 * mm, ROOM - 42 * mm
    rows = [[_set(name, _text, words - 14), _set(value, _text, width - 14)] for name, value in file.cover]
    yield _table(rows, [words, width])
    yield PageBreak()


def _indexed(file: BoundFile, pages: dict[int, int]) -> Iterator[Flowable]:
    yield _set("卷内目录", _head)
    widths = [14 * mm, ROOM - 14 * mm - 60 * mm - 18 * mm, 60 * mm, 18 * mm]
    rows = [
        [_set(word, _fine, width - 12) for word, width in zip(("序号", "题名", "文号", "页次"), widths, strict=True)]
    ]
    for place, part in enumerate(file.parts):
        words = (str(place + 1), part.title, part.number or "–", str(pages.get(place, 0)))
        rows.append([_set(word, _fine, width - 12) for word, width in zip(words, widths, strict=True)])
    yield _table(rows, widths)


def _story(file: BoundFile, pages: dict[int, int]) -> Iterator[Flowable]:
    yield from _covered(file)
    yield from _indexed(file, dict(pages))
    for place, part in enumerate(file.parts):
        yield PageBreak()
        yield _Mark(place, pages)
        yield _set(f"{place + 1}　{part.title}", _head)
        if part.number:
            yield _set(f"文号：{part.number}", _fine)
            yield Spacer(1, 6)
        for line in part.lines:
            yield _set(line.strip(), _fine if line.startswith(" ") else _text) if line.strip() else Spacer(1, 8)


class _Watermarked(Canvas):  # type: ignore[misc]  # reportlab says nothing of its types
    """Holds the pages back until their number is known; then writes edge and watermark on each."""

    file: BoundFile

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed = {"invariant": 1, "pageCompression": 1, "lang": "zh-CN", "initialFontName": NAME}
        super().__init__(*args, **{**kwargs, **fixed})
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self._held:
            self.__dict__.update(page)
            self._across()
            self._edge(self._pageNumber, len(self._held))
            super().showPage()
        super().save()

    def _across(self) -> None:
        self.saveState()
        self.setFillColor(GREY)
        self.setFillAlpha(0.10)
        self.setFont(NAME, 15)
        self.translate(A4[0] / 2, A4[1] / 2)
        self.rotate(35)
        for row in (-300, -150, 0, 150, 300):
            self.drawCentredString(0, row, self.file.watermark)
        self.restoreState()

    def _edge(self, page: int, pages: int) -> None:
        width, height = A4
        self.setFillColor(GREY)
        self.setFont(NAME, 9)
        self.drawString(LEFT, height - 18 * mm, f"{self.file.title}　{self.file.number}")
        self.drawRightString(width - RIGHT, 15 * mm, f"第 {page} 页，共 {pages} 页")
        self.drawString(LEFT, 15 * mm, self.file.warning)


def _built(file: BoundFile, pages: dict[int, int]) -> bytes:
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM,
        title=f"{file.title} {file.number}", author="", creator="",
    )  # fmt: skip
    frame = Frame(LEFT, BOTTOM, ROOM, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame]))
    document.build(list(_story(file, pages)), canvasmaker=type("_File", (_Watermarked,), {"file": file}))
    return out.getvalue()


def pdf(file: BoundFile) -> bytes:
    """装订成 PDF. Raises MissingGlyph: a file with an empty box is never made."""
    serif()
    if lacking := missing(file.text):
        raise MissingGlyph(lacking)
    pages: dict[int, int] = {}
    _built(file, pages)
    return _built(file, pages)
