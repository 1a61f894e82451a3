"""字体: the one font of the documents, read once per process, and which characters it has.

reportlab writes the way back from glyph to text for characters up to U+FFFF only; a rare name must come out of a
copied line as it went in, so that table is written anew for what lies beyond.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

NAME = "DaoliSerif"
FILE = Path(__file__).parent / "font" / "NotoSerifCJKsc-daoli.ttf"


class MissingGlyph(ValueError):
    """字库没有这个字: refused, because an empty box would stand in its place on a formal document."""

    def __init__(self, missing: str) -> None:
        self.missing = missing
        said = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing)
        super().__init__(f"文书字库里没有{said}，PDF 没有制成，免得印出空框。请用“打印”打印这一页，并告诉区信用办补字")


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


class _Serif(TTFont):  # type: ignore[misc]  # reportlab says nothing of its types
    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        beyond = {
            n: subset for n, subset in enumerate(self.state[doc].subsets) if any(code > 0xFFFF for code in subset)
        }
        super().addObjects(doc)
        for n, subset in beyond.items():
            base = (SUBSETN(n) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            stream = doc.idToObject[f"toUnicodeCMap:{base}"]
            for i, code in enumerate(subset):
                if code > 0xFFFF:
                    stream.content = stream.content.replace(f"<{i:02X}> <{code:04X}>", f"<{i:02X}> <{_utf16(code)}>")


@lru_cache(maxsize=1)
def serif() -> Any:
    """宋体, registered under NAME."""
    font = _Serif(NAME, str(FILE))
    pdfmetrics.registerFont(font)
    return font


def missing(text: str) -> str:
    """字库没有的字, each once, in the order of the text. Line ends are no characters."""
    has = serif().face.charToGlyph
    return "".join(dict.fromkeys(char for char in text if char != "\n" and ord(char) not in has))
