"""文书应当载明的内容: what the pack asks of a notice and of a decision; the officer ticks each against the paper."""

from collections.abc import Iterable

from daoli_credit.law import pack
from incentives.models import Listing
from incentives.rules import route

TITLES = {"notice": "告知书", "decision": "决定书"}
HEARING, MAY_NOT = "听证权利", "可以不予列入的情形"


def required(listing: Listing, paper: str) -> list[str]:
    """应当载明的各项; what the list does not have (no hearing, no rule for leaving somebody out) is not asked."""
    kind = route.kind(listing)

    def asked(one: str) -> bool:
        if HEARING in one and "heard" not in listing.path:
            return False
        return MAY_NOT not in one or bool(kind.may_not_list)

    return [one for one in pack.current().document_contents[paper] if asked(one)]


def refusal(listing: Listing, paper: str, covers: Iterable[str]) -> str:
    """缺了哪几项, in words, or ""."""
    ticked = set(covers)
    missing = [one for one in required(listing, paper) if one not in ticked]
    if not missing:
        return ""
    return f"{TITLES[paper]}还没有核对到应当载明的内容：{'；'.join(missing)}。请补进文书，逐项对照后勾选"
