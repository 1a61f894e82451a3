"""规则包: one edition in memory, as a pure value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from daoli_credit.law import status
from daoli_credit.law.build import Overlaid
from daoli_credit.law.calendar import Calendar
from daoli_credit.law.citations import Basis, Citation
from daoli_credit.law.doors import how
from daoli_credit.law.list_rows import Behaviour, ListType, Matter, Measure
from daoli_credit.law.rows import ClassRule, Field, Item, KeyDate, Limit, Plain, Prohibited, Row
from daoli_credit.law.status import Effect, HasStatus, Status

R = TypeVar("R")


class UnknownCode(LookupError):
    """规则包中没有这一行."""


def found(rows: Mapping[str, R], code: str, what: str) -> R:
    """取一行. UnknownCode in Chinese when the edition has none."""
    try:
        return rows[code]
    except KeyError:
        raise UnknownCode(f"现行规则包中没有{what} {code}") from None


@dataclass(frozen=True, kw_only=True)
class Pack:
    """规则包: the rows of one edition with the office's overlay already applied."""

    edition: str
    title: str
    demo: bool
    digest: str
    calendar: Calendar
    bases: Mapping[str, Basis]
    categories: Mapping[int, str]
    domains: Mapping[str, str]
    occupations: Mapping[str, str]
    departments: Mapping[str, str]
    identity: tuple[Field, ...]
    items: Mapping[str, Item]
    limits: Mapping[str, Limit]
    classes: Mapping[str, ClassRule]
    lists: Mapping[str, ListType]
    behaviours: Mapping[str, Behaviour]
    measures: Mapping[str, Measure]
    blocklist: Mapping[str, Plain]
    matters: Mapping[str, Matter]
    prohibited: tuple[Prohibited, ...]
    keydates: tuple[KeyDate, ...]
    service_methods: Mapping[str, Plain]
    counting_rules: Mapping[str, Plain]
    document_contents: Mapping[str, tuple[str, ...]]
    publication_link: str
    publication_says: str
    holiday_years: tuple[Plain, ...]
    overlaid: Overlaid

    def item(self, code: str) -> Item:
        """目录事项. UnknownCode if none."""
        return found(self.items, code, "目录事项")

    def items_for(self, department_code: str, on: date) -> tuple[Item, ...]:
        """某单位报送的事项, in force on the day; a no-basis item stays in, so that it can say why it refuses."""
        return tuple(i for i in self.items.values() if department_code in i.providers and i.in_force(on))

    def basis(self, code: str) -> Basis:
        """法律依据. UnknownCode if none."""
        return found(self.bases, code, "法律依据")

    def successor(self, code: str) -> Basis | None:
        """继任依据: the basis that says it replaces this one."""
        return next((b for b in self.bases.values() if b.replaces == code), None)

    def cite(self, ref: str) -> Citation:
        """引用: `penalty-law#48`; its str() is 《中华人民共和国行政处罚法》第四十八条. UnknownCode if no such basis."""
        code, _, article = ref.partition("#")
        return Citation(self.basis(code), article or None)

    def limit(self, code: str) -> Limit:
        """期限. UnknownCode if none; its value may be None, which never blocks."""
        return found(self.limits, code, "期限")

    def class_rule(self, code: str) -> ClassRule:
        """类别. UnknownCode if none."""
        return found(self.classes, code, "类别")

    def list_type(self, code: str) -> ListType:
        """名单类型. UnknownCode if none."""
        return found(self.lists, code, "名单类型")

    def status_of(self, row: HasStatus) -> Status:
        """效力状态: the weakest of the row, the bases it rests on and the office's suspension."""
        return row.status

    def may(self, row: HasStatus, effect: Effect | str) -> bool:
        """可否驱动某种作用; see status.ALLOWED."""
        return status.may(row, effect)

    def may_push(self, item: Item) -> bool:
        """事项可否推送: no reason in the pack stands against it."""
        return not self.push_refusals(item)

    def push_refusals(self, item: Item) -> tuple[str, ...]:
        """不推送的理由, as sentences. Whether the determining body is this district's the caller knows."""
        rule = item.may_push
        reasons = []
        if item.vertical_channel is not None:
            reasons.append(f"该类信息由垂直系统传送，本系统不重复推送：{rule.why}")
        elif not rule.value:
            reasons.append(f"目录未列为可推送：{rule.why}")
        elif not self.may(rule, Effect.ADVERSE):
            reasons.append(
                f"推送依据{rule.status.label}，确认后方可推送：{rule.why}。{how('may_push', item.code, rule.status)}"
            )
        return tuple(reasons)

    def may_publish(self, item: Item) -> bool:
        """可否社会公示: the item says so and, for a list, the article that lets that very body publish is in hand."""
        effect = Effect.ADVERSE if item.sign == "adverse" else Effect.FAVOUR
        if item.disclosure != "社会公开" or not self.may(item, effect):
            return False
        rules = [self.list_type(code).publication for code in item.list_types]
        return all(rule.citation is not None and self.may(rule, Effect.ADVERSE) for rule in rules)

    def rows(self) -> Iterable[Row]:
        """全部规则行, except the bases."""
        tables: tuple[Mapping[str, Row], ...] = (
            self.items,
            self.limits,
            self.classes,
            self.lists,
            self.behaviours,
            self.measures,
            self.blocklist,
            self.matters,
            self.service_methods,
            self.counting_rules,
        )
        for table in tables:
            yield from table.values()
        yield from {item.ends.code: item.ends for item in self.items.values()}.values()
        yield from self.prohibited
        yield from self.keydates
        yield from self.holiday_years
