"""成行写入: whole lines into a table by COPY, made while the server writes the ones before."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection

AT_ONCE = 200


class _Stream(io.RawIOBase):
    """Lines as a file that COPY reads: the server writes the first ones while the next are being made."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)

    def read(self, size: int = -1) -> bytes:
        """The next piece, whatever its size; none at the end."""
        return next((piece for piece in self._pieces if piece), b"")


def copy_in(table: str, columns: Sequence[str], pieces: Iterable[bytes]) -> None:
    """COPY: whole lines in one stream, past no constraint and no trigger. What it raises is Django's, as elsewhere."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", _Stream(pieces))


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines, some hundred together."""
    coming = iter(lines)
    while some := "".join(islice(coming, AT_ONCE)):
        yield some.encode()
