"""走到哪一步: the case's own path, copied from the list type, read as an order of statuses."""

from collections.abc import Sequence

from daoli_credit.law import pack
from daoli_credit.law.list_rows import ListType, Step
from incentives.models import Listing
from incentives.models.status import S

# Two ways to stand at the end of the answer period.
PLACE = {S.LAPSED.value: S.ANSWERED.value}


def place(path: Sequence[str], status: str) -> int:
    """在第几步, from 0; -1 for a status that stands on no path (dropped, revoked)."""
    act = PLACE.get(status, status)
    return path.index(act) if act in path else -1


def comes_next(listing: Listing) -> str:
    """下一步 by the list type, as a status; "" at the end."""
    at = place(listing.path, listing.status)
    return listing.path[at + 1] if 0 <= at < len(listing.path) - 1 else ""


def kind(listing: Listing) -> ListType:
    """名单类型 in the edition of today. UnknownCode when it has left the pack."""
    return pack.current().list_type(listing.list_type)


def step(listing: Listing, act: str) -> Step | None:
    """这一步在规则中的写法: title and limit."""
    return next((one for one in kind(listing).steps if one.act == act), None)


def title(listing: Listing, act: str) -> str:
    """这一步叫什么."""
    found = step(listing, act)
    return found.title if found else str(S(act).label)
