"""读表的子进程: `python -m records.reading.child`, the file on stdin, what it says on stdout (`records.reading.said`).

Knows nothing of Django, the database or any key. It limits its own memory and time before it looks at the file;
what kills it is an ordinary refusal for the parent. The kind is judged by content, never by name.
"""

import gc
import resource
import sys
from collections.abc import Iterable, Iterator

from records.reading import said
from records.reading.refused import SAVE_AS, Refused

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    b"%PDF": " PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
}
HEAD = 1 << 16
# rows, and characters, that are told together
TOGETHER, LONG = 500, 1 << 18
# what nobody sees and what no register wants: NUL, zero-width characters, marks of direction, soft hyphens
UNSEEN = dict.fromkeys([0, 0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
QUOTES = ("'", "‘", "’")


def limit(megabytes: int, seconds: int) -> None:
    """No more memory and processor time than this, for whatever the file contains."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the sheet


def read(most: int) -> tuple[str, Iterator[list[str]]]:
    """Kind and rows of what stands on stdin. Raises Refused, and whatever the reader of workbooks raises."""
    source = sys.stdin.buffer
    head = source.read(HEAD)
    if not head.strip():
        raise Refused("文件是空的；请核对选对了文件")
    for mark, what in FOREIGN.items():
        if head.startswith(mark):
            raise Refused(f"这是{what}，不是表格；请上传 .xlsx、.xls、.ods 或者 .csv")
    if head.startswith((ZIP, OLE)):
        from records.reading.book import read_book  # noqa: PLC0415  after the limits are set

        data = head + source.read()
        if head.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("工作簿加了密码，打不开；请取消密码后另存再上传")
        return read_book(data, most)
    from records.reading.text import read_text  # noqa: PLC0415  a workbook has no need of it

    return read_text(head, source)


def seen(cell: str) -> str:
    """A cell without what nobody sees, and without the quote that keeps a number text."""
    if not cell.isprintable():
        cell = cell.translate(UNSEEN)
    return cell[1:] if cell[:1] in QUOTES and cell[1:2].isdigit() else cell


def say(what: bytes, text: str) -> None:
    sys.stdout.buffer.write(said.framed(what, text))


def tell(kind: str, rows: Iterable[list[str]]) -> None:
    """Kind, then number and cells of every row that is not blank, many at a time, then the end."""
    say(said.KIND, kind)
    together: list[str] = []
    length = 0
    for line, row in enumerate(rows, 1):
        plain = "".join(row)
        # one look at the whole row: nearly all have nothing to take away
        if not plain.isprintable() or any(quote in plain for quote in QUOTES):
            row = [seen(cell) for cell in row]  # noqa: PLW2901
            plain = "".join(row)
        if not plain or plain.isspace():
            continue
        together.append(said.row(line, row))
        length += len(plain)
        if len(together) >= TOGETHER or length >= LONG:
            say(said.ROWS, said.rows(together))
            together, length = [], 0
    if together:
        say(said.ROWS, said.rows(together))
    say(said.END, "")


def main(megabytes: int, seconds: int, most: int) -> int:
    """The last line says how it ended; without one the child has died over the file."""
    limit(megabytes, seconds)
    gc.disable()  # rows are let go as they are told; nothing here goes in circles
    try:
        tell(*read(most))
    except Refused as why:
        say(said.REFUSED, str(why))
    except BrokenPipeError:
        return 0  # nobody listens any more
    except MemoryError:
        return 137
    except Exception as why:
        say(said.REFUSED, f"工作簿打不开（{type(why).__name__}）；{SAVE_AS}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:4])))
