"""异常查询的规则: pure questions about looks. They point; a person judges. Asked about are looks by officers and by
the keys of departments' systems, by the same measure: who has stolen a key looks as it pleases.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from daoli_credit.law import clock, workdays

MOST_PERSONS = 15  # different persons by one officer or key …
WITHIN = timedelta(minutes=10)  # … in this time
NIGHT_FROM, NIGHT_UNTIL = time(22), time(6)


@dataclass(frozen=True)
class Seen:
    """一次查询 as the rules see it: by whom, when, at which person (a key), for which case."""

    pk: int
    at: datetime
    day: date
    actor_id: str
    person_key: bytes
    matter: str
    case_number: str
    department: str


@dataclass(frozen=True)
class Case:
    """办件 as the rules see it: whose it is, and the last day on which it was open; None while it is."""

    department: str
    until: date | None


def at_rest(look: Seen) -> bool:
    """夜间或者休息日, by the clock of Harbin. A day of the demo story has no true hour: its day alone is asked."""
    if not workdays.is_workday(look.day):
        return True
    moment = look.at.astimezone(clock.CHINA)
    if moment.date() != look.day:
        return False
    return moment.time() >= NIGHT_FROM or moment.time() < NIGHT_UNTIL


def first_at_rest(looks: Iterable[Seen]) -> list[Seen]:
    """每人每天的第一次: of looks at night or on a day of rest, the first of each officer and day points at them all."""
    found: dict[tuple[str, date], Seen] = {}
    for look in sorted(looks, key=lambda one: one.pk):
        if (look.actor_id, look.day) not in found and at_rest(look):
            found[look.actor_id, look.day] = look
    return list(found.values())


def without_case(look: Seen, case: Case | None) -> bool:
    """没有在办的件: there is none of this number, it is another department's, or it was over on that day."""
    if case is None or case.department != look.department:
        return True
    return case.until is not None and case.until < look.day


def bursts(looks: Iterable[Seen]) -> list[Seen]:
    """短时间查询多人: the look with which an officer passes the measure; again only after a pause as long.

    The looks of any number of officers, in any order. The answer depends on nothing else, so that asking twice is
    harmless.
    """
    found = []
    by_actor: dict[str, list[Seen]] = {}
    for look in sorted(looks, key=lambda one: one.pk):
        by_actor.setdefault(look.actor_id, []).append(look)
    for mine in by_actor.values():
        recent: deque[Seen] = deque()
        persons: Counter[bytes] = Counter()
        last: datetime | None = None
        for look in mine:
            recent.append(look)
            persons[look.person_key] += 1
            while look.at - recent[0].at > WITHIN:
                persons -= Counter([recent.popleft().person_key])
            if len(persons) > MOST_PERSONS and (last is None or look.at - last > WITHIN):
                found.append(look)
                last = look.at
    return found
