"""要逐份回应的: each statement of the person and a hearing that was held; legal review answers every one of them."""

from collections.abc import Sequence

from incentives.models import Listing
from incentives.models.status import Hearing


def asked(listing: Listing) -> list[str]:
    """要回应的各份, in words; empty when nothing was said and no hearing was held."""
    said = [f"{one.posted_on} {one.get_channel_display()}的意见" for one in listing.defences.all()]
    return [*said, f"{listing.heard_on} 听证的意见"] if listing.hearing == Hearing.HELD else said


def refusal(listing: Listing, replies: Sequence[str]) -> str:
    """为什么回应还不全, or ""."""
    waiting = asked(listing)
    given = [*replies, *[""] * len(waiting)]
    missing = [what for what, reply in zip(waiting, given, strict=False) if not reply.strip()]
    if not missing:
        return ""
    if missing == waiting:
        return f"当事人提出了意见（{'、'.join(waiting)}）：请逐条写明采纳与否和理由，再通过审核"
    return f"还没有回应 {'、'.join(missing)}：请逐条写明采纳与否和理由，再通过审核"


def written(listing: Listing, replies: Sequence[str]) -> str:
    """逐条回应 as it stands in the file: with one thing to answer the words alone, else what each of them answers."""
    waiting = asked(listing)
    if len(waiting) < 2:
        return "\n".join(reply.strip() for reply in replies if reply.strip())
    return "\n".join(f"对 {what}：{reply.strip()}" for what, reply in zip(waiting, replies, strict=False))
