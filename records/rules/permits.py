"""居住证和永居证的号码: what they have of their own, apart from form and check digit. Pure functions of the number.

Synthetic numbers keep each kind's own shape, on a region or nationality that was never given out (docs/identity.md):
999999 for resident cards and new permanent-resident cards (place 99, nationality 999), 819999, 829999 and 839999 for
residence permits, ZZZ for the old permanent-resident card.
"""

import re
from datetime import date

PERMIT = "港澳台居民居住证"
FOREIGN = "外国人永久居留身份证"
# 港澳台居民居住证申领发放办法 (2018): 810000 香港, 820000 澳门, 830000 台湾
HOMES = frozenset({"810000", "820000", "830000"})
INVENTED_HOMES = frozenset({"819999", "829999", "839999"})
INVENTED_REGION = "999999"
INVENTED_NATION = "ZZZ"
NEW_CARD = re.compile(r"9\d{16}[\dX]")  # since 2023-12-01, check digit as on resident cards
OLD_CARD = re.compile(r"[A-Z]{3}\d{12}")
PERMIT_CARD = re.compile(r"8[123](0000|9999)\d{11}[\dX]")
# Kinds whose long form is checked like a resident card's number.
EIGHTEEN = frozenset({PERMIT, FOREIGN})


def invented(number: str) -> bool:
    """虚构号码: refused in production; the only ones that a demo takes of these kinds."""
    return number[:6] in INVENTED_HOMES or number.startswith((INVENTED_REGION, INVENTED_NATION))


def belongs(id_type: str, number: str) -> bool:
    """号段相符: is this shape of number of this kind? A resident card never begins like a permit's, or with 9."""
    if id_type == PERMIT:
        return number[:6] in HOMES | INVENTED_HOMES
    if id_type == FOREIGN:
        return bool(NEW_CARD.fullmatch(number) or OLD_CARD.fullmatch(number))
    return number.startswith(INVENTED_REGION) or not (number[:6] in HOMES | INVENTED_HOMES or number.startswith("9"))


def old_card_birth(number: str, today: date) -> date | None:
    """旧永居证上的出生日期 (digits 8–13, two of the year): the latest that is not to come. None where there is none."""
    if not OLD_CARD.fullmatch(number):
        return None
    for century in (2000, 1900):
        try:
            born = date(century + int(number[7:9]), int(number[9:11]), int(number[11:13]))
        except ValueError:
            continue
        if born <= today:
            return born
    return None
