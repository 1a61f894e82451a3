"""A few digits among drawn letters: a token or a digest of hexadecimal holds any four of them once in a thousand times.

Whoever looks whether the end of somebody's number is shown asks for it as a reader would see it: by itself.
"""

import re


def stands_by_itself(word: str, text: str) -> bool:
    """Is the word there, with no other letter or digit of ASCII directly before or behind it?"""
    return bool(re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text))
