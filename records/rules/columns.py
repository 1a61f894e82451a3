"""表头: which column is which field. Unknown columns are refused, never stored."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack, prohibited
from daoli_credit.law.rows import Item

REASON = "未入库的原因"
LOOK_DOWN = 10


class BadColumns(Exception):
    """表头不对: carries a Chinese sentence."""


@dataclass(frozen=True)
class Columns:
    """表头: where it stands, its titles as typed, and the field of each column ("" for our own column of reasons)."""

    at: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]

    def raw(self, cells: Sequence[str]) -> dict[str, str]:
        """One row by field name, as the validator wants it."""
        return {field: cell for field, cell in zip(self.fields, cells, strict=False) if field}

    def beyond(self, cells: Sequence[str]) -> bool:
        """Whether something stands right of the last titled column."""
        return any(cell.strip() for cell in cells[len(self.titles) :])


def _normal(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).upper().rstrip("*:")


def known(item: Item) -> dict[str, str]:
    """认得的表头: titles and standard codes of the item's columns, and the field of each."""
    names: dict[str, str] = {_normal(REASON): ""}
    for field in (*pack.current().identity, *item.fields):
        names |= {_normal(title): field.name for title in (field.zh, *field.std)}
    return names


def match(item: Item, rows: Sequence[Sequence[str]], *, today: date) -> Columns:
    """认表头: the row among the first ten that holds most known titles; a merged title may stand above it.

    Raises BadColumns when there is none, when a column is unknown, given twice, prohibited or missing.
    """
    names = known(item)
    counts = [sum(_normal(cell) in names for cell in row if cell.strip()) for row in rows[:LOOK_DOWN]]
    if not counts or max(counts) < 3:
        raise BadColumns(f"前 {LOOK_DOWN} 行里没有找到“{item.title}”的表头；请核对选对了目录事项和文件")
    at = counts.index(max(counts))
    cells = list(rows[at])
    while cells and not cells[-1].strip():
        cells.pop()
    titles = tuple(cell.strip() for cell in cells)
    unknown = [title for title in titles if _normal(title) not in names]
    if unknown:
        found = prohibited.findings(pack.current(), today=today, fields_present=unknown)
        said = [f"“{'、'.join(one.fields)}”：{one.message}" for one in found if one.fields]
        listed = "、".join(title or "（没有标题的列）" for title in unknown)
        raise BadColumns(f"有不属于“{item.title}”的列：{listed}。请删去这些列再上传。{' '.join(said)}".strip())
    fields = tuple(names[_normal(title)] for title in titles)
    if twice := sorted({field for field in fields if field and fields.count(field) > 1}):
        listed = "、".join(title for title, field in zip(titles, fields, strict=True) if field in twice)
        raise BadColumns(f"同一列出现了两次：{listed}。请只留一列再上传")
    wanted = [field for field in (*pack.current().identity, *item.fields) if field.required and not field.ignored]
    if missing := [field.zh for field in wanted if field.name not in fields]:
        raise BadColumns(f"缺少必需的列：{'、'.join(missing)}。请补上再上传；没有内容的也要保留列")
    return Columns(at, titles, fields)
