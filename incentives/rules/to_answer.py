"""要逐点回应的: each point of a statement and of a hearing that was held; legal review answers every one of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from incentives.models import Listing, Point
from incentives.models.point import CHOICES, Outcome


@dataclass(frozen=True)
class Reply:
    """对一点的回应: adopted or not, and why. What is no point at all (a salutation) needs no reason."""

    outcome: str
    reason: str = ""

    @property
    def whole(self) -> bool:
        """写全了."""
        said = self.outcome in dict(CHOICES)
        return said and (bool(self.reason.strip()) or self.outcome == Outcome.NO_POINT)

    @property
    def says(self) -> str:
        """一句话."""
        reason, label = self.reason.strip(), Outcome(self.outcome).label
        return f"{label}：{reason}" if reason else label


def points(listing: Listing) -> list[Point]:
    """各点, in the order in which they came."""
    return list(Point.objects.filter(listing=listing).select_related("defence", "message").order_by("place"))


def labels(listing: Listing, found: Sequence[Point]) -> list[str]:
    """各点怎样称呼: of which statement, and which point of it where there are several."""
    many = Counter(one.defence_id for one in found)
    at: Counter[int | None] = Counter()
    said = []
    for one in found:
        at[one.defence_id] += 1
        whose = (
            f"{one.defence.posted_on} {one.defence.get_channel_display()}的意见"
            if one.defence
            else f"{listing.heard_on} 听证的意见"
        )
        said.append(f"{whose}第 {at[one.defence_id]} 点" if many[one.defence_id] > 1 else whose)
    return said


def asked(listing: Listing) -> list[str]:
    """要回应的各点, in words; empty when nothing was said and no hearing was held."""
    return labels(listing, points(listing))


def refusal(listing: Listing, replies: Sequence[Reply]) -> str:
    """为什么回应还不全, or ""."""
    waiting = asked(listing)
    given = [*replies, *[Reply("")] * len(waiting)]
    missing = [what for what, reply in zip(waiting, given, strict=False) if not reply.whole]
    if not missing:
        return ""
    if missing == waiting:
        return f"当事人提出了意见（{'、'.join(waiting)}）：请逐条写明采纳与否和理由，再通过审核"
    return f"还没有回应 {'、'.join(missing)}：请逐条写明采纳与否和理由，再通过审核"


def written(listing: Listing, replies: Sequence[Reply]) -> str:
    """逐点回应 as it stands in the decision: with one thing to answer the words alone, else what each answers."""
    waiting = asked(listing)
    if len(waiting) < 2:
        return "\n".join(reply.says for reply, _ in zip(replies, waiting, strict=False))
    return "\n".join(f"对 {what}：{reply.says}" for what, reply in zip(waiting, replies, strict=False))
