"""意见文字: what an officer may write into evidence that is never deleted line by line."""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 500
_DAY = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
# Every region that there is, and all that begin with 9 (foreigners, the invented ones). None begins with a year: what a
# system makes of day, time and serial read like somebody's number in the first half of each hour before one o'clock.
_REGION = r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)\d{4}"
# Region, birth date and serial in both lengths of the number (GB 11643), and a mainland mobile number.
_PRIVATE = re.compile(
    rf"(?<!\d)({_REGION}(18|19|20)\d{{2}}{_DAY}\d{{3}}[\dX]|{_REGION}\d{{2}}{_DAY}\d{{3}}|(86)?1[3-9]\d{{9}})(?!\d)"
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-‐-―.·_]+(?=[\dX])")


class OpinionRefused(ValueError):
    """意见不能入证: too long, or it names a person by number."""


def checked(text: str) -> str:
    """The opinion, unchanged. Raises OpinionRefused for an ID number, a mobile number, or more than 500 characters.

    Full-width digits and digits set apart by blanks, dots or hyphens are seen through.
    """
    if len(text) > LONGEST:
        raise OpinionRefused(f"意见最多 {LONGEST} 字，现在 {len(text)} 字")
    plain = unicodedata.normalize("NFKC", text).upper()
    if _PRIVATE.search(plain) or _PRIVATE.search(_BETWEEN_DIGITS.sub("", plain)):
        raise OpinionRefused("意见里不要写证件号码或电话")
    return text


def all_checked(texts: Sequence[str]) -> Sequence[str]:
    """A set of short texts, unchanged: what `checked` says of each, in one pass. Raises OpinionRefused."""
    if any(len(text) > LONGEST for text in texts):
        raise OpinionRefused(f"意见最多 {LONGEST} 字")
    # no blank, hyphen or dot: digits of two texts are never taken for one number
    plain = unicodedata.normalize("NFKC", "|".join(texts)).upper()
    if _PRIVATE.search(plain) or _PRIVATE.search(_BETWEEN_DIGITS.sub("", plain)):
        for text in texts:
            checked(text)
    return texts
