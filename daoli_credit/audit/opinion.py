"""意见文字: what an officer may write into evidence that is never deleted line by line."""

import re
import unicodedata
from collections.abc import Sequence

from django.core.exceptions import ValidationError

LONGEST = 500
_DAY = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
# Every region that there is, and all that begin with 9 (foreigners, the invented ones). None begins with a year: what a
# system makes of day, time and serial read like somebody's number in the first half of each hour before one o'clock.
_REGION = r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)\d{4}"
# Region, birth date and serial in both lengths of the number (GB 11643), and a mainland mobile number.
_PRIVATE = re.compile(
    rf"(?<!\d)({_REGION}(18|19|20)\d{{2}}{_DAY}\d{{3}}[\dX]|{_REGION}\d{{2}}{_DAY}\d{{3}}|(86)?1[3-9]\d{{9}})(?!\d)"
)
# What is read out digit by digit, as on the telephone, and written down like that.
_WORDS = "〇零○一二三四五六七八九幺"
_IN_WORDS = re.compile(rf"[{_WORDS}]{{2}}")
_AS_DIGITS = str.maketrans(_WORDS, "0001234567891")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-‐-―.·_]+(?=[\dX])")


class OpinionRefused(ValueError):
    """意见不能入证: too long, or it names a person by number."""


def _private(plain: str) -> bool:
    if _IN_WORDS.search(plain):
        plain = plain.translate(_AS_DIGITS)
    return bool(_PRIVATE.search(plain) or _PRIVATE.search(_BETWEEN_DIGITS.sub("", plain)))


def checked(text: str) -> str:
    """The opinion, unchanged. Raises OpinionRefused for an ID number, a mobile number, or more than 500 characters.

    Full-width digits, digits set apart by blanks, dots or hyphens, and digits written as words are seen through.
    """
    if len(text) > LONGEST:
        raise OpinionRefused(f"意见最多 {LONGEST} 字，现在 {len(text)} 字")
    if _private(unicodedata.normalize("NFKC", text).upper()):
        raise OpinionRefused("意见里不要写证件号码或电话")
    return text


def no_numbers(text: str) -> None:
    """The validator of a form's field whose words go into evidence, so that nothing typed is lost when they may not.

    Raises ValidationError for what `checked` refuses.
    """
    try:
        checked(text)
    except OpinionRefused as why:
        raise ValidationError("不要写证件号码或电话，请改写" if len(text) <= LONGEST else str(why)) from why


def all_checked(texts: Sequence[str]) -> Sequence[str]:
    """A set of short texts, unchanged: what `checked` says of each, in one pass. Raises OpinionRefused."""
    if any(len(text) > LONGEST for text in texts):
        raise OpinionRefused(f"意见最多 {LONGEST} 字")
    # no blank, hyphen or dot: digits of two texts are never taken for one number
    if _private(unicodedata.normalize("NFKC", "|".join(texts)).upper()):
        for text in texts:
            checked(text)
    return texts
