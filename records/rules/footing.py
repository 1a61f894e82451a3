"""表尾和页眉: lines of a printed form that are no row: sums, signatures, a header printed again on every page."""

import re
import unicodedata
from collections.abc import Sequence

from records.rules.columns import Columns

WORDS = (
    *("合计", "总计", "小计", "共计", "累计", "本页", "制表", "填表", "填报", "报送", "审核"),
    *("负责人", "经办", "联系人", "联系电话", "备注", "说明", "注", "单位负责", "分管", "主管", "签字", "签章", "盖章"),
)
SHORTEST = 6  # characters of the shortest number that could be somebody's
FOOT = re.compile("|".join(WORDS))
SUM = "这一行像合计、签署或者说明，不是一条记录，没有收；不用处理"
AGAIN = "这一行是又印了一遍的表头，不是一条记录，没有收；不用处理"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_header(columns: Columns, cells: Sequence[str]) -> bool:
    pairs = [(cell, title) for cell, title in zip(cells, columns.titles, strict=False) if cell.strip()]
    return len(pairs) > 2 and all(_plain(cell) == _plain(title) for cell, title in pairs)


def _names_nobody(number: str) -> bool:
    """A count under the numbers, or who has checked the sheet: printed forms put these in any column."""
    plain = _plain(number)
    return bool(FOOT.match(plain)) or sum(one.isascii() and one.isalnum() for one in plain) < SHORTEST


def why_not_a_row(columns: Columns, cells: Sequence[str]) -> str:
    """不是一行记录: why, or "". A line that names a person by number is always a row."""
    number = columns.raw(cells).get("id_number", "").strip()
    if number and not number.isascii() and _is_header(columns, cells):
        return AGAIN
    first = next((text for cell in cells if (text := _plain(cell))), "")
    return SUM if FOOT.match(first) and _names_nobody(number) else ""
