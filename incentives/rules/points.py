"""分点: where one point of a statement ends and the next begins. Every word belongs to exactly one of them."""

import re

# A form asks for an answer to each: what goes on beyond is part of the last.
MOST = 40
NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十]{1,3}[、，,.:：点]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[、.．)）](?!\d))"
)
LINE = re.compile(r"[^\n]+")


def split(text: str) -> list[tuple[int, int]]:
    """各点从哪到哪: one for each numbered paragraph where two or more are numbered, else one for each paragraph.

    What stands before the first number belongs to it, what follows a number without one of its own to that number.
    """
    lines = [(one.start(), one.end()) for one in LINE.finditer(text) if one.group().strip()]
    numbered = [at for at, (begins, _) in enumerate(lines) if NUMBERED.match(text, begins)]
    heads = [0, *numbered[1:]] if len(numbered) > 1 else list(range(len(lines)))
    heads = heads[:MOST]
    lasts = [*(head - 1 for head in heads[1:]), len(lines) - 1]
    return [(lines[head][0], lines[last][1]) for head, last in zip(heads, lasts, strict=True)] if lines else []
