"""按期与否: how a unit stands with one key date, from facts alone. One unit and one key date are one cell;
how many campaigns there were makes no difference."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from education.rules.calendar import Occurrence


class Standing(Enum):
    """一格: kind of the status component, its word, and whether it counts as on time (None: not judged yet)."""

    REPORTED = ("done", "按时", True)
    NONE = ("none", "本节点无活动", True)
    LATE = ("warn", "迟报", False)
    MISSED = ("bad", "未报", False)
    ARRANGED = ("ok", "已安排", None)
    DUE = ("warn", "待安排", None)
    AHEAD = ("off", "未到", None)
    BEFORE = ("off", "未起算", None)
    UNKNOWN = ("off", "待公布", None)

    def __init__(self, kind: str, word: str, on_time: bool | None) -> None:
        self.kind, self.word, self.on_time = kind, word, on_time


@dataclass(frozen=True)
class Facts:
    """一个单位在一个节点上的事实: the first report, the click 本节点无活动, and whether something is arranged."""

    reported_on: date | None = None
    said_none_on: date | None = None
    arranged: bool = False


def judge(one: Occurrence, facts: Facts, *, since: date | None, today: date) -> Standing:  # noqa: PLR0911  a rule table
    """判断一格. `since`: the day of the unit's first fact; key dates that had gone before it are not held against it.

    The table stands in docs/supervision.md; the first line that fits decides.
    """
    if one.report_by is None or one.opens is None:
        return Standing.UNKNOWN
    answered = min((day for day in (facts.reported_on, facts.said_none_on) if day), default=None)
    if answered is not None:
        if answered > one.report_by:
            return Standing.LATE
        return Standing.REPORTED if facts.reported_on else Standing.NONE
    if one.is_over(today):
        begun = since is not None and since <= one.report_by
        return Standing.MISSED if begun and not one.optional else Standing.BEFORE
    if facts.arranged:
        return Standing.ARRANGED
    if today < one.opens or one.optional:
        return Standing.AHEAD
    return Standing.DUE
