"""子进程的话: how the child that reads a sheet and its parent talk: kind of message, length, text.

Plain text and no pickles: what a hostile file has made of the child may say anything, and must do nothing. What stands
between cells and rows is never in a cell, for the child takes both away as signs that nobody sees.
"""

from collections.abc import Iterable, Iterator

KIND, ROWS, REFUSED, END = b"k", b"r", b"x", b"e"
CELL, ROW = "\0", "\u2060"
HEAD = 5
# a row may be as long as a line of a text; more than this no message of ours has
LONGEST = 64 << 20


class Babble(Exception):
    """Not a message of ours: the child is not itself any more."""


def framed(what: bytes, text: str) -> bytes:
    """One message."""
    body = text.encode(errors="replace")
    return what + len(body).to_bytes(4, "big") + body


def row(line: int, cells: Iterable[str]) -> str:
    """One row: its number as the program shows it, and its cells."""
    return CELL.join((str(line), *cells))


def rows(together: Iterable[str]) -> str:
    """Many rows."""
    return ROW.join(together)


def told(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a message. Raises Babble."""
    for one in text.split(ROW):
        line, *cells = one.split(CELL)
        if not line.isdecimal():
            raise Babble
        yield int(line), cells


def messages(portions: Iterable[bytes]) -> Iterator[tuple[bytes, str]]:
    """Message after message, of portions as a pipe gives them. Raises Babble."""
    heard = bytearray()
    for portion in portions:
        heard += portion
        at = 0
        while len(heard) - at >= HEAD:
            length = int.from_bytes(heard[at + 1 : at + HEAD], "big")
            if length > LONGEST:
                raise Babble
            if len(heard) - at < HEAD + length:
                break
            end = at + HEAD + length
            yield bytes(heard[at : at + 1]), heard[at + HEAD : end].decode(errors="replace")
            at = end
        del heard[:at]
