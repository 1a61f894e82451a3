"""措施适用: which measures the pack attaches to a record, from what it says and on which day. Pure; nothing is stored.

The system only points out what some law says that some body shall or may do. It never issues a measure, never says
that anybody is trustworthy, and never concludes anything from there being no record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from daoli_credit.law import pack as packs
from daoli_credit.law.book import Pack
from daoli_credit.law.durations import Duration
from daoli_credit.law.list_rows import Measure
from daoli_credit.law.rows import Item
from daoli_credit.law.status import Effect, Status, may

DAY = timedelta(days=1)
# A record that came to its end so was lawful all the time; every other end says that it should not have been.
LAWFUL_ENDS = frozenset({"", "expired", "repaired"})
GOOD_RECORD, POSITIVE = "good-record", "sign:positive"
COUNTS = frozenset({"general", "serious"})  # what 连续无不良记录 counts


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

    @property
    def label(self) -> str:
        return WORDS[self]


WORDS = {
    Why.ENDED: "记录的共享使用期已满",
    Why.REPAIRED: "记录已修复",
    Why.TERM: "措施自身的期限已满",
    Why.ANNULLED: "记录已撤回、撤销或者更正",
}


@dataclass(frozen=True)
class Lift:
    """应当解除: from which day a measure no longer rests on the record, and why."""

    on: date
    why: Why


@dataclass(frozen=True, kw_only=True)
class Applicable:
    """一项可以提示的措施: which, why, until when. `record` None: it hangs on no single record (good-record).

    `firm` False: its basis is still to be confirmed; it is listed so that somebody may confirm it, and nothing may
    be decided by it. `human`: a person compares with the decision's original first. `beyond`: publicity and shared
    use are over, the statutory ban goes on (依法继续).
    """

    measure: Measure
    record: int | None
    firm: bool
    until: date | None
    until_says: str
    human: bool
    human_says: str
    disputed: bool = False
    contested: bool = False
    beyond: bool = False

    @property
    def reward(self) -> bool:
        return self.measure.sign == "reward"

    @property
    def must(self) -> bool:
        """应当; otherwise 可以, and each use needs its reason (裁量理由)."""
        return self.measure.force == "must"

    @property
    def citation(self) -> str:
        """依据, with articles."""
        return "、".join(map(str, self.measure.citations))

    @property
    def says(self) -> str:
        """一句话: 应当或者可以、内容、依据; or that nothing may rest on it."""
        word = "应当" if self.must else "可以"
        if self.firm:
            return f"{word}：{self.measure.title}（{self.citation}）"
        return f"{self.measure.title}：依据{self.measure.status.label}，不得据以办理"


def applicable(
    facts: Iterable[RecordFact], matter: str, body: str, on: date, *, rules: Pack | None = None
) -> tuple[Applicable, ...]:
    """本部门在本事项中可以或者应当适用的措施, rewards first, then 应当, 可以, and what is not confirmed.

    `matter` and `body` are codes of the pack. An unknown matter has none; so has a body that the measure does not
    name. What may be seen in the matter, and whether the matter itself is open, its callers judge.
    """
    known = rules or packs.current()
    named = [one for one in known.measures.values() if matter in one.matters and body in one.body]
    rows = list(facts)
    found = [
        one
        for measure in named
        for fact in rows
        if usable(measure, on) and (one := attached(measure, fact, on, known)) is not None
    ]
    found += [good for measure in named if usable(measure, on) and (good := _good_record(measure, rows, on, known))]
    return tuple(sorted(found, key=_order))


def usable(measure: Measure, on: date) -> bool:
    """规则今天在施行: by its own dates and those of its bases; what has no basis is not even listed."""
    return measure.in_force(on) and not measure.lapsed(on) and measure.status is not Status.NO_BASIS


def firm(measure: Measure) -> bool:
    """可以据以办理: an adverse one only when verified or confirmed; a reward favours the person."""
    return may(measure, Effect.FAVOUR if measure.sign == "reward" else Effect.ADVERSE)


def attached(measure: Measure, fact: RecordFact, on: date, known: Pack) -> Applicable | None:
    """这条记录上的这项措施 on the day, or None: wrong target, condition not met, over."""
    item = known.items.get(fact.item)
    if item is None or not (_targets(measure, fact, item) and _meets(measure, fact)):
        return None
    lift = lifted(measure, fact, item)
    if lift is not None and lift.on <= on:
        return None
    until, says = end(measure, fact, item)
    ask = _human(measure, fact, until)
    return Applicable(
        measure=measure,
        record=fact.record,
        firm=firm(measure),
        until=until,
        until_says=says,
        human=bool(ask),
        human_says=ask,
        disputed=fact.disputed,
        contested=fact.contested,
        beyond=_over(fact, on),
    )


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
            length = "列入期间"
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


def _over(fact: RecordFact, on: date) -> bool:
    return fact.ended_on is not None or (fact.use_until is not None and fact.use_until < on)


def _targets(measure: Measure, fact: RecordFact, item: Item) -> bool:
    """对象: the item itself, a list of which the record is an entry, or an honour that the person lets others use."""
    if item.sign == "positive" and "政务共享" not in _values(fact.content.get("consent_scope")):
        return False
    lists = [str(fact.content["list_type"])] if fact.content.get("list_type") else list(item.list_types)[:1]
    mine = {f"item:{item.code}", *lists} | ({POSITIVE} if item.sign == "positive" else set())
    return not mine.isdisjoint(measure.target)


def _meets(measure: Measure, fact: RecordFact) -> bool:
    """条件: only for records of the item that it names."""
    if measure.condition.get("item") != fact.item:
        return True
    return measure.condition.get("has") in _values(fact.content.get(str(measure.condition.get("field"))))


def _values(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _human(measure: Measure, fact: RecordFact, until: date | None) -> str:
    """为什么要有人对照原文: a list entry names its measures; of a decision only its text says what it forbids."""
    if measure.sign == "reward":
        return ""
    if f"item:{fact.item}" in measure.target:
        return "请对照决定书原文，确认正是这一条所指的情形"
    if until is None and measure.term.duration in {"by-document", None}:
        return "请对照决定书原文，确认期限"
    return ""


def _good_record(measure: Measure, facts: list[RecordFact], on: date, known: Pack) -> Applicable | None:
    """连续无不良记录: offered for a person to confirm, unless a usable record of these years stands against it.

    Marks do not count against the person: what is disputed leaves the question to a person, it does not answer it.
    """
    if GOOD_RECORD not in measure.target:
        return None
    years = known.limit("good-record-years").years
    bad = [
        one
        for one in facts
        if one.severity in COUNTS and not _over(one, on) and years.after(one.decided_on) >= on and not one.disputed
    ]
    if bad:
        return None
    ask = f"须由经办人按“连续{years}无不良记录”核对；本系统没有记录不等于没有不良记录"
    return Applicable(
        measure=measure,
        record=None,
        firm=firm(measure),
        until=None,
        until_says="办理本件期间",
        human=True,
        human_says=ask,
    )


def _order(one: Applicable) -> tuple[bool, bool, bool, str, int]:
    return not one.firm, not one.reward, not one.must, one.measure.code, one.record or 0
