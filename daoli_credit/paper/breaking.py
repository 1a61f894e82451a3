"""断行: Han characters break anywhere, Latin words and numbers stay whole, and no line begins with a closing mark.

reportlab lets a comma begin a line when two marks meet; official writing does not (GB/T 15834).
"""

import re
from collections.abc import Callable

NOT_FIRST = frozenset("，。、；：？！）〕》〉」』】”’…—％·,.;:?!)]}")
NOT_LAST = frozenset("（〔《〈「『【“‘([{")
PIECES = re.compile(r"[!-~]+|.")


def lines(text: str, fits: Callable[[str], bool]) -> list[str]:
    """One paragraph in lines that fit. A piece longer than a line is cut where the line ends."""
    found: list[str] = []
    line = ""
    for piece in _pieces(text, fits):
        if not line or fits(line + piece):
            line += piece
            continue
        keep, carried = _cut(line, piece)
        found.append(keep.rstrip())
        line = (carried + piece).lstrip()
    return [*found, line] if line else found


def _pieces(text: str, fits: Callable[[str], bool]) -> list[str]:
    whole: list[str] = PIECES.findall(text)
    return [part for one in whole for part in ([one] if fits(one) else list(one))]


def _cut(line: str, following: str) -> tuple[str, str]:
    """Where to end the line: back from its end, past what may not begin the next or end this one."""
    at = len(line)
    first = following[0]
    while at > 1 and (first in NOT_FIRST or line[at - 1] in NOT_LAST or _inside_a_word(line, at, following)):
        at -= 1
        first = line[at]
    return (line[:at], line[at:]) if at > 1 else (line, "")


def _inside_a_word(line: str, at: int, following: str) -> bool:
    after = line[at] if at < len(line) else following[0]
    return line[at - 1].isascii() and line[at - 1].isalnum() and after.isascii() and after.isalnum()
