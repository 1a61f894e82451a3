"""遮盖: what another system answers is shown to operators; numbers that may be a person's are covered first."""

import re

_NUMBER = re.compile(r"[0-9]{6,}[0-9Xx]?")
LONGEST = 280


def masked(text: str) -> str:
    """遮盖长数字, one line, cut to what a row keeps."""
    if not text:
        return ""
    flat = " ".join(text.split())
    return _NUMBER.sub(lambda found: f"{'*' * 6}{found.group()[-2:]}", flat)[:LONGEST]
