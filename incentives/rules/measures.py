"""措施适用: which measures the pack attaches to a record, from what it says and on which day. Pure; nothing is stored.

The system only points out what some law says that some body shall or may do. It never issues a measure, never says
that anybody is trustworthy, and never concludes anything from there being no record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack as packs
from daoli_credit.law.book import Pack
from daoli_credit.law.list_rows import Measure
from daoli_credit.law.rows import Item
from daoli_credit.law.status import Effect, Status, may
from incentives.rules.good_record import Fact, Word, answer
from incentives.rules.measure_ends import RecordFact, end, is_over, lifted

__all__ = ["Applicable", "RecordFact", "applicable", "attached", "firm", "usable"]

GOOD_RECORD, POSITIVE = "good-record", "sign:positive"


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
    facts: Iterable[RecordFact],
    matter: str,
    body: str,
    on: date,
    *,
    rules: Pack | None = None,
    against: bool | None = None,
) -> tuple[Applicable, ...]:
    """本部门在本事项中可以或者应当适用的措施, rewards first, then 应当, 可以, and what is not confirmed.

    `matter` and `body` are codes of the pack. An unknown matter has none; so has a body that the measure does not
    name. `against`: “守信三年” was asked of everything that may be used about the person, and answered “no”; None
    where it was not asked, and these facts are all there is. What may be seen in the matter, and whether the matter
    itself is open, its callers judge.
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
    if not (_against(rows, on, known) if against is None else against):
        found += [good for measure in named if usable(measure, on) and (good := _good_record(measure, on, known))]
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
        beyond=is_over(fact, on),
    )


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


def _good_record(measure: Measure, on: date, known: Pack) -> Applicable | None:
    """连续无不良记录: offered for a person to confirm, in the same words for 是 and 需人工核实; neither is kept."""
    if GOOD_RECORD not in measure.target:
        return None
    years = known.limit("good-record-years").years
    ask = (
        f"须由经办人按“连续{years}无不良记录”核对；本系统没有记录不等于没有不良记录，"
        "正在异议、复议或者诉讼中的，不能据此答复“否”"
    )
    return Applicable(
        measure=measure,
        record=None,
        firm=firm(measure),
        until=None,
        until_says="办理本件期间",
        human=True,
        human_says=ask,
    )


def _against(facts: Iterable[RecordFact], on: date, known: Pack) -> bool:
    """“守信三年”答复“否”, from these facts alone."""
    rows = [
        Fact(str(one.record), one.item, one.severity, one.decided_on, one.disputed or one.contested)
        for one in facts
        if not is_over(one, on)
    ]
    return answer(rows, known.limit("good-record-years"), on=on).word is Word.NO


def _order(one: Applicable) -> tuple[bool, bool, bool, str, int]:
    return not one.firm, not one.reward, not one.must, one.measure.code, one.record or 0
