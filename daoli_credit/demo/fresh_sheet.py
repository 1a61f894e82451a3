"""新抄的表: the bureau's sheet of 543 rows with days as far from today as they were from the day it was written.

Handed over a year later its decisions would have run out before anybody could look at them.
"""

import re
from datetime import date
from pathlib import Path

WRITTEN = date(2026, 11, 28)
SHEET = Path(__file__).parent / "sheets" / "penalties-gb18030.csv"
DAY = re.compile(r"(?<!\d)(202[5-7])(年|-|/|)(\d{1,2})(月|-|/|)(\d{1,2})(?!\d)")
# a child at the time of the conduct stays one: that row is refused for it
AS_IT_IS = "20110304"


def as_of(today: date) -> bytes:
    """那张表，像是今天前后写的. What is no day stays as it is typed, and so does how each day is typed."""
    away = today - WRITTEN

    def moved(found: re.Match[str]) -> str:
        year, one, month, two, day = found.groups()
        try:
            then = date(int(year), int(month), int(day)) + away
        except ValueError:
            return found[0]
        whole = len(month) == 2
        return f"{then.year}{one}{then.month:{'02' if whole else ''}}{two}{then.day:{'02' if whole else ''}}"

    lines = SHEET.read_bytes().decode("gb18030").splitlines(keepends=True)
    return "".join(line if AS_IT_IS in line else DAY.sub(moved, line) for line in lines).encode("gb18030")


def lay_down(folder: Path, today: date) -> Path:
    """放到数据目录里, once: a sheet that was handed over already must stay the one that was."""
    place = folder / "sheets" / SHEET.name
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        half = place.with_suffix(".half")
        half.write_bytes(as_of(today))
        half.replace(place)
    return place
