"""三个终点: publicity, use and keeping of one record, each with its reason in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack as packs
from daoli_credit.law.book import Pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.durations import Duration
from daoli_credit.law.rows import ClassRule, End, Item

LONG = "长期"
MINOR = "minor"


class NeedsClass(ValueError):
    """尚未认定类别: an adverse record's ends hang on the class that the determining body has found."""


@dataclass(frozen=True)
class Ends:
    """三个终点和最早修复日; every day is the last (for repair the first) that counts.

    None means: `public_until` not shown to the public; `use_until` no fixed end; `keep_until` not yet known,
    it runs from the end of use; `repair_from` nothing to repair. `reasons` says why under the same four names.
    """

    public_until: date | None
    use_until: date | None
    keep_until: date | None
    repair_from: date | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """一条记录的事实, with the rules that bear on it."""

    item: Item
    found_class: ClassRule | None
    determined_on: date
    conduct_on: date | None
    term_end: date | None
    ended_on: date | None
    pack: Pack

    def anchor(self, name: str | None) -> date | None:
        return {"term_end": self.term_end, "ended_on": self.ended_on}.get(name or "", self.determined_on)


@dataclass(frozen=True)
class Stop:
    """一个候选的届满日, and why."""

    on: date
    why: str


def compute(
    item: Item,
    class_code: str | None,
    *,
    determined_on: date,
    conduct_on: date | None = None,
    term_end: date | None = None,
    ended_on: date | None = None,
    public_consent: bool = False,
    pack: Pack | None = None,
) -> Ends:
    """计算终点: the sooner of class maximum, list term, the document's own end, the rule's cap and the hard cap.

    Only an end that outlives by law or administrative regulation passes the hard cap. `public_consent`: the
    person agreed that an honour be public. Raises NeedsClass when the item is classed by decision and no
    class is given, UnknownCode for a class the pack does not have.
    """
    rules = pack or packs.current()
    code = class_code or (item.class_rule if item.class_rule != "by-decision" else None)
    if item.class_rule == "by-decision" and code is None:
        raise NeedsClass("请先由认定部门书面认定类别：轻微、一般或者严重")
    facts = Facts(
        item=item,
        found_class=rules.class_rule(code) if code else None,
        determined_on=determined_on,
        conduct_on=conduct_on,
        term_end=term_end,
        ended_on=ended_on,
        pack=rules,
    )
    public, why_public = public_end(facts, public_consent=public_consent)
    use, why_use = use_end(facts)
    keep, why_keep = keep_end(facts, use)
    repair, why_repair = repair_day(facts, use)
    reasons = {"public_until": why_public, "use_until": why_use, "keep_until": why_keep, "repair_from": why_repair}
    return Ends(public, use, keep, repair, reasons)


def public_end(facts: Facts, *, public_consent: bool) -> tuple[date | None, str]:
    """公示届满日: None unless the item, or for an honour the person, lets it be public."""
    rule = facts.item.ends.public
    by_consent = facts.item.sign == "positive" and public_consent
    if rule.duration == "none" or not (by_consent or facts.pack.may_publish(facts.item)):
        return None, f"不向社会公示：{named(rule)}"
    if facts.found_class is not None and facts.found_class.code == MINOR:
        return None, f"不向社会公示：{facts.found_class.title}类不公示（{cited(facts.found_class.citations)}）"
    # An end of publicity is never open: without another stop the use ends, or the hard cap holds.
    stops = [*stops_of(facts, rule), *stops_of(facts, facts.item.ends.use)] or [hard_cap(facts)]
    return soonest(stops)


def use_end(facts: Facts) -> tuple[date | None, str]:
    """共享使用届满日: None only for a neutral state that lasts, or a ban the document leaves open."""
    rule = facts.item.ends.use
    stops = stops_of(facts, rule)
    if stops:
        return soonest(stops)
    if rule.outlives:
        return None, f"{LONG}：文书未载明届满日，依法律、行政法规的限制执行，只在该法所指事项中显示（{named(rule)}）"
    return None, f"{LONG}：随证书或者许可的状态（{named(rule)}）"


def keep_end(facts: Facts, use: date | None) -> tuple[date | None, str]:
    """留存届满日: never before the use ends."""
    rule = facts.item.ends.keep
    if facts.ended_on is not None and facts.item.sign == "adverse":
        # Ended early, it is kept for a remedy only, and for a shorter time.
        sealed = facts.pack.limit("keep-ended-sealed")
        return sealed.years.after(facts.ended_on), f"终止后封存{sealed.years}：{cited(sealed.citations)}"
    if rule.duration == "by-document":
        return use, f"与共享使用同时届满：{named(rule)}"
    start = facts.anchor(rule.anchor)
    if start is None or not isinstance(rule.duration, Duration):
        return None, f"自终止之日起{rule.duration}，终止后计算：{named(rule)}"
    until = rule.duration.after(start)
    if use is not None and use > until:
        return use, f"与共享使用同时届满：{named(rule)}"
    return until, f"{origin(rule.anchor)}起{rule.duration}：{named(rule)}"


def repair_day(facts: Facts, use: date | None) -> tuple[date | None, str]:
    """最早修复日, from the class; the extra conditions of a list are named, not computed."""
    rule = facts.found_class
    if facts.item.sign != "adverse" or rule is None:
        return None, "不是不利信息，无须修复"
    if facts.item.ends.use.outlives:
        return None, "法律、行政法规明定的限制依法继续，不因信用修复解除"
    if rule.min is None:
        first, why = facts.determined_on, f"{rule.title}类：履行义务后即可申请"
    else:
        first, why = rule.min.after(facts.determined_on), f"{rule.title}类：自认定之日起满{rule.min}"
    if use is not None and first > use:
        return None, "届时已停止共享使用，无须申请修复"
    if any(facts.pack.list_type(code).early_exit["limit"] for code in facts.item.list_types):
        why += "；该名单另有提前移出的条件"
    return first, f"{why}：{cited(rule.citations)}"


def stops_of(facts: Facts, rule: End) -> list[Stop]:
    """全部候选届满日 of one end; the soonest counts."""
    stops = [*by_rule(facts, rule), *by_class(facts, rule), *by_list(facts, rule)]
    start = facts.determined_on
    if facts.term_end is not None and rule.duration in {"by-document", "while-listed"}:
        stops.append(Stop(facts.term_end, f"文书载明的届满日：{named(rule)}"))
    if rule.cap is not None:
        stops.append(Stop(rule.cap.after(start), f"自认定之日起最长{rule.cap}：{named(rule)}"))
    if facts.item.sign == "adverse" and not rule.outlives:
        stops.append(hard_cap(facts))
    if facts.ended_on is not None:
        stops.append(Stop(facts.ended_on, "已终止"))
    return stops


def by_rule(facts: Facts, rule: End) -> list[Stop]:
    length = rule.duration if isinstance(rule.duration, Duration) else rule.default
    start = facts.anchor(rule.anchor)
    if length is None or start is None or (facts.term_end is not None and rule.duration == "by-document"):
        return []
    return [Stop(length.after(start), f"{origin(rule.anchor)}起{length}：{named(rule)}")]


def by_class(facts: Facts, rule: End) -> list[Stop]:
    found = facts.found_class
    if found is None or rule.outlives:
        return []
    why = f"{found.title}类，自认定之日起最长{found.max}：{cited(found.citations)}"
    return [Stop(found.max.after(facts.determined_on), why)]


def by_list(facts: Facts, rule: End) -> list[Stop]:
    stops = []
    for code in facts.item.list_types if rule.duration == "while-listed" else ():
        kind = facts.pack.list_type(code)
        longest = kind.term.duration if isinstance(kind.term.duration, Duration) else kind.term.max
        if isinstance(longest, Duration):
            why = f"{kind.title}的期限{longest}：{cited(kind.term.citations)}"
            stops.append(Stop(longest.after(facts.determined_on), why))
    return stops


def hard_cap(facts: Facts) -> Stop:
    """硬界线: five years from the conduct, or from the determination where its day is not known."""
    limit = facts.pack.limit("hard-cap")
    start, word = (facts.conduct_on, "行为") if facts.conduct_on else (facts.determined_on, "认定")
    return Stop(limit.years.after(start), f"自{word}之日起最长{limit.years}：{cited(limit.citations)}")


def soonest(stops: list[Stop]) -> tuple[date, str]:
    stop = min(stops, key=lambda each: each.on)
    return stop.on, stop.why


def origin(anchor: str | None) -> str:
    return {"term_end": "自文书届满之日", "ended_on": "自终止之日"}.get(anchor or "", "自认定之日")


def named(rule: End) -> str:
    return cited(rule.citations) + (f"（{rule.note}）" if rule.note else "")


def cited(citations: tuple[Citation, ...]) -> str:
    return "、".join(str(citation) for citation in citations)
