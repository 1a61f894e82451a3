"""办理经过: each step as a sentence, by whom and when. One way for every page that tells what was done."""

from collections.abc import Iterable
from dataclasses import dataclass

from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock


@dataclass(frozen=True)
class Told:
    """办理经过的一步, as a sentence."""

    said: str
    who: str
    at: str
    opinion: str
    act: str = ""


def when(row: Event | LookUp) -> str:
    """业务日和时刻. What belongs to the demo story says on which day it was played."""
    at = row.at.astimezone(clock.CHINA)
    return f"{at:%Y-%m-%d %H:%M}" if row.day == at.date() else f"{row.day}（演示日期）"


def by_moment(events: Iterable[Event]) -> list[Told]:
    """经过, each step with its moment."""
    return [Told(sentence(one.act), one.actor_label, when(one), one.opinion, one.act) for one in events]


def by_day(noun: str, object_id: object) -> list[Told]:
    """一件的经过, oldest first, each step with its day alone: the parties need no minutes."""
    return [
        Told(sentence(one.act), one.actor_label, f"{one.day:%Y-%m-%d}", one.opinion, one.act)
        for one in history(noun, object_id)
    ]
