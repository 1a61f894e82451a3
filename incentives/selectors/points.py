"""读要点: what was said, point by point, and what was answered to each. The words are read from the sealed message."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts import messages
from incentives.models import Listing, Point
from incentives.rules import to_answer


@dataclass(frozen=True)
class PointLine:
    """一点: whose it is, its words, and the answer once there is one."""

    label: str
    words: str
    outcome: str
    reply: str


def lines(listing: Listing) -> Sequence[PointLine]:
    """各点, in the order in which they came. Each letter is opened once."""
    found = to_answer.points(listing)
    texts = {one.message_id: messages.text(one.message) for one in found if one.message is not None}
    return [
        PointLine(label, _words(listing, one, texts.get(one.message_id, "")), one.get_outcome_display(), one.reply)
        for label, one in zip(to_answer.labels(listing, found), found, strict=True)
    ]


def _words(listing: Listing, point: Point, text: str) -> str:
    return text[point.begins : point.ends].strip() or f"见听证笔录：{listing.hearing_note}"
