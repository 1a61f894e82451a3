"""约定接收的事项, for the operator's page: of what the rules let go, what this platform takes and what it does not."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.conf import settings

from daoli_credit.law import pack
from records import agreed


@dataclass(frozen=True)
class Agreement:
    """与一个平台的约定: titles of what may go and is taken, and is not; names in the setting that no item bears."""

    taken: tuple[str, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]


def of(code: str) -> Agreement:
    """一个平台的约定."""
    items = pack.current().items
    may = [item for item in items.values() if pack.current().may_push(item)]
    named = settings.FEEDS.get(code, {}).get("items", "").split()
    return Agreement(
        taken=tuple(item.title for item in may if agreed.takes(code, item.code)),
        left_out=tuple(item.title for item in may if not agreed.takes(code, item.code)),
        unknown=tuple(one for one in named if not any(fnmatchcase(item, one) for item in items)),
    )
