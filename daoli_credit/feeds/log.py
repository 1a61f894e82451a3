"""值守记录: what persons decided about a feed or one of its deliveries, when and why, as the evidence has it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event
from daoli_credit.audit.selectors import history


@dataclass(frozen=True)
class Said:
    """一次办理: who did what, why, and to how many."""

    at: datetime
    who: str
    act: str
    reason: str
    count: int


def said(event: Event) -> Said:
    """一条事件, in the words of the page."""
    return Said(event.at, event.actor_label, sentence(event.act), event.opinion, event.count)


def of_feed(code: str) -> QuerySet[Event]:
    """一个平台的值守记录, the newest first."""
    return history("feed", code).order_by("-id")


def of_deliveries(keys: Iterable[str]) -> Mapping[str, Sequence[Said]]:
    """各件推送单的办理, by key, the oldest first: retried by hand, answered by its department."""
    found: dict[str, list[Said]] = defaultdict(list)
    for event in Event.objects.filter(noun="delivery", object_id__in=list(keys)).order_by("id"):
        found[event.object_id].append(said(event))
    return found
