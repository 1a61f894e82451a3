"""措施的届满和解除: until when a measure rests on a record, and from which day it no longer does. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from daoli_credit.law.durations import Duration
from daoli_credit.law.list_rows import Measure
from daoli_credit.law.rows import Item

DAY = timedelta(days=1)
# A record that came to its end so was lawful all the time; every other end says that it should not have been.
LAWFUL_ENDS = frozenset({"", "expired", "repaired"})


@dataclass(frozen=True, kw_only=True)
class RecordFact:
    """一条记录的事实: what bears on measures and no person. `content` holds the item's fields without identity.

    Made of what is provided today (`CreditRecord.provided`); of what has ended only where a ban may outlive it.
    """

    record: int
    item: str
    decided_on: date
    use_until: date | None
    severity: str = ""
    content: Mapping[str, object] = field(default_factory=dict)
    disputed: bool = False
    contested: bool = False
    ended_on: date | None = None
    end_kind: str = ""


class Why(StrEnum):
    """解除的原因."""

    ENDED = "ended"
    REPAIRED = "repaired"
    TERM = "term"
    ANNULLED = "annulled"
    BASIS = "basis"

    @property
    def label(self) -> str:
        return WORDS[self]


WORDS = {
    Why.ENDED: "记录的共享使用期已满",
    Why.REPAIRED: "记录已修复",
    Why.TERM: "措施自身的期限已满",
    Why.ANNULLED: "记录已撤回、撤销、更正或者终止",
    Why.BASIS: "措施的依据已失效或者暂停",
}


@dataclass(frozen=True)
class Lift:
    """应当解除: from which day a measure no longer rests on the record, and why."""

    on: date
    why: Why


def lifted(measure: Measure, fact: RecordFact, item: Item) -> Lift | None:
    """何时应当解除: annulled with its record; repaired or ended with it, unless a law lets the ban go on; own term."""
    if fact.ended_on is not None and fact.end_kind not in LAWFUL_ENDS:
        return Lift(fact.ended_on, Why.ANNULLED)
    stays = measure.outlives and not measure.lifted_by_repair
    if fact.ended_on is not None and fact.end_kind == "repaired" and not stays:
        return Lift(fact.ended_on, Why.REPAIRED)
    ends = []
    until = _term(measure, fact, item)
    if until is not None and measure.term.duration != "while-listed":
        ends.append(Lift(until + DAY, Why.TERM))
    if not measure.outlives and fact.use_until is not None:
        ends.append(Lift(fact.use_until + DAY, Why.ENDED))
    return min(ends, key=lambda one: one.on, default=None)


def end(measure: Measure, fact: RecordFact, item: Item) -> tuple[date | None, str]:
    """届满日 and its reason in words. None: for life, while the record stands, or as the decision says."""
    term, until = measure.term, _term(measure, fact, item)
    cited = "、".join(map(str, term.citations or measure.citations))
    if not measure.outlives and fact.use_until is not None and (until is None or fact.use_until < until):
        return fact.use_until, f"至 {fact.use_until}：与记录的共享使用同时届满"
    if until is not None:
        length = f"自决定之日起{term.duration}" if isinstance(term.duration, Duration) else "决定书载明的届满日"
        if term.duration == "while-listed":
            length = "荣誉有效期间" if measure.sign == "reward" else "列入期间"
        return until, f"至 {until}：{length}（{cited}）"
    if term.duration == "life":
        return None, f"终身（{cited}）"
    if term.duration == "while-listed":
        return None, "记录有效期间"
    between = f"，{term.min}至{'终身' if term.max == 'life' else term.max}" if term.min else ""
    return None, f"以决定书所载的期限为准{between}（{cited}）"


def _term(measure: Measure, fact: RecordFact, item: Item) -> date | None:
    """The measure's own last day."""
    length = measure.term.duration
    if isinstance(length, Duration):
        return length.after(fact.decided_on)
    if length == "while-listed":
        return fact.use_until
    return document_end(fact, item) if length == "by-document" else None


def document_end(fact: RecordFact, item: Item) -> date | None:
    """决定书自己写明的届满日."""
    text = next((fact.content.get(one.name) for one in item.fields if one.role == "term_end"), None)
    return date.fromisoformat(str(text)) if text else None


def is_over(fact: RecordFact, on: date) -> bool:
    """公示和共享使用已止."""
    # the last day of shared use is a day of it; a repair ends it on the day itself
    early = fact.ended_on is not None and fact.end_kind != "expired" and fact.ended_on <= on
    return early or (fact.use_until is not None and fact.use_until < on)
