"""改写了什么: column by column, so that who loads an edition reads what a row says now and what it said before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 60  # characters of a value; the file itself has the rest
NONE = "（没有）"


@dataclass(frozen=True)
class Rewritten:
    """改写的一栏 of one row; `column` is "" where the row is one value."""

    kind: str
    code: str
    column: str
    before: str
    after: str


def columns(kind: str, code: str, before: Any, after: Any) -> Iterator[Rewritten]:
    """一行里改写的各栏, in the order in which they now stand; what was taken away comes last."""
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        yield Rewritten(kind, code, "", said(before), said(after))
        return
    for column in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(column), after.get(column)
        if json.dumps(old, sort_keys=True, default=str) != json.dumps(new, sort_keys=True, default=str):
            yield Rewritten(kind, code, str(column), said(old), said(new))


def said(value: Any) -> str:
    """一个值怎样写: as it stands in the file, on one line, cut where it is long."""
    if value is None:
        return NONE
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    line = " ".join(text.split())
    return line if len(line) <= MOST else f"{line[:MOST]}…"
