"""按列核对证件号码: a column of numbers at once, for those that are plainly good resident cards.

The same answer as `id_number.check`, which says in words what is wrong with the others; a test holds the two together.
The seventeen products are summed in one long integer whose bytes are the rows: none exceeds 170, so nothing is carried.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from records.rules import permits
from records.rules.id_number import WEIGHTS

LENGTH = 18
_DIGITS = b"0123456789"
# by place: what a digit adds, modulo 11
_ADDS = [bytes((digit - 48) * weight % 11 if 48 <= digit <= 57 else 0 for digit in range(256)) for weight in WEIGHTS]
_LAST = bytes(b"10X98765432"[total % 11] for total in range(256))


def plain(numbers: Sequence[str], *, today: date) -> list[date | None]:
    """出生日期 of each number that is plainly a resident card; None for what must be looked at by itself."""
    at = [place for place, number in enumerate(numbers) if len(number) == LENGTH and number.isascii()]
    found: list[date | None] = [None] * len(numbers)
    if not at:
        return found
    rows = [numbers[place] for place in at]
    right = _right_digit("".join(rows).encode(), len(rows))
    born: dict[str, date | None] = {}
    regions: dict[str, bool] = {}
    for place, number, fits in zip(at, rows, right, strict=True):
        if not fits:
            continue
        region, day = number[:6], number[6:14]
        if region not in regions:
            regions[region] = _taken(number)
        if day not in born:
            born[day] = _day(day, today)
        if regions[region]:
            found[place] = born[day]
    return found


def _right_digit(text: bytes, rows: int) -> list[bool]:
    total, digits = 0, True
    for place, adds in enumerate(_ADDS):
        column = text[place::LENGTH]
        digits = digits and not column.translate(None, _DIGITS)
        total += int.from_bytes(column.translate(adds))
    last = total.to_bytes(rows).translate(_LAST)
    right = [one == other for one, other in zip(last, text[LENGTH - 1 :: LENGTH], strict=True)]
    if digits:
        return right
    return [fits and text[n * LENGTH : n * LENGTH + 17].isdigit() for n, fits in enumerate(right)]


def _taken(number: str) -> bool:
    """Whether the region is one that this system takes on a resident card without a second look."""
    return permits.belongs("居民身份证", number) and permits.invented(number) == (settings.DEMO or settings.TESTING)


def _day(text: str, today: date) -> date | None:
    try:
        born = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return born if born.year >= 1900 and born <= today else None
