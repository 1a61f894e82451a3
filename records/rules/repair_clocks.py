"""修复的期限: days from the pack with their article; a limit that the pack does not know blocks nothing."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import deadlines, pack, workdays
from records.models import Repair
from records.models.repair import S


@dataclass(frozen=True)
class Clock:
    """一个期限: `on` is its last day; `provisional` when the holidays of that year are not known yet."""

    title: str
    on: date | None
    article: str
    provisional: bool

    def overdue(self, today: date) -> bool:
        """逾期: the last day is over."""
        return self.on is not None and self.on < today


def clock(code: str, title: str, anchor: date) -> Clock:
    """期限 `code` of the pack, counted from `anchor` by `law.deadlines`."""
    due = deadlines.deadline(code, anchor)
    article = "、".join(str(citation) for citation in pack.current().limit(code).citations)
    return Clock(title, due.on if due else None, article, provisional=bool(due and due.provisional))


def deciding(repair: Repair) -> Clock | None:
    """作出决定的期限: the days on which the body waited for the person are added."""
    if repair.accepted_on is None:
        return None
    plain = clock("repair-decide", "最晚作出决定", repair.accepted_on)
    if plain.on is None or not repair.waited:
        return plain
    later = workdays.due(plain.on, repair.waited)
    return Clock(plain.title, later.on, plain.article, provisional=plain.provisional or later.provisional)


def running(repair: Repair) -> Clock | None:
    """正在走的期限; none while it is the person's turn, and none when the matter is over."""
    if repair.status == S.APPLIED:
        return clock("repair-accept", "最晚答复是否受理", repair.received_on)
    if repair.status == S.ACCEPTED and repair.accepted_on:
        return deciding(repair)
    if repair.status == S.DECIDED and repair.decided_on:
        return clock("takedown-confirm", "收录方最晚确认撤下", repair.decided_on)
    return None
