"""规则包的行: one frozen dataclass per kind of row. `status` is always the effective one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daoli_credit.law.citations import Citation
from daoli_credit.law.durations import Duration
from daoli_credit.law.status import Status


@dataclass(frozen=True, kw_only=True)
class Row:
    """规则行: what all rows share. `written` is the status in the pack, `status` what is left of it today."""

    kind: str
    code: str
    title: str
    status: Status
    written: Status
    source: str
    citations: tuple[Citation, ...]
    effective_from: date | None
    effective_to: date | None
    note: str
    digest: str

    def in_force(self, on: date) -> bool:
        """施行中: by the row's own dates."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def lapsed(self, on: date) -> tuple[Citation, ...]:
        """失效的依据: the citations whose act is no longer in force on the day."""
        return tuple(c for c in self.citations if c.basis.lapsed(on))


@dataclass(frozen=True, kw_only=True)
class Field:
    """字段: one datum of an item. `zh` is the sheet header, `std` the common column codes."""

    name: str
    zh: str
    std: tuple[str, ...]
    type: str
    required: bool
    max: int | None
    min: int | None
    digits: int | None
    places: int | None
    values: tuple[str, ...]
    aliases: Mapping[str, str]
    separators: str
    required_if: Mapping[str, str]
    role: str | None
    not_future: bool
    ignored: bool
    free_text: bool
    to: str | None
    note: str


@dataclass(frozen=True, kw_only=True)
class PushRule:
    """可否推送: with its basis and reason; `status` is effective. Confirmed apart from its item."""

    value: bool
    citations: tuple[Citation, ...]
    why: str
    status: Status
    written: Status
    digest: str


@dataclass(frozen=True, kw_only=True)
class End:
    """一个终点: a duration or a word (none, by-class, by-document, while-listed, open), counted from `anchor`."""

    duration: Duration | str
    anchor: str | None
    cap: Duration | None
    default: Duration | None
    outlives: bool
    citations: tuple[Citation, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class EndRule(Row):
    """三个终点: publicity, use, keeping."""

    public: End
    use: End
    keep: End


@dataclass(frozen=True, kw_only=True)
class Item(Row):
    """目录事项: what may be collected, from whom, in which fields, with which ends."""

    category: int
    sign: str
    domains: tuple[str, ...]
    occupations: tuple[str, ...]
    providers: tuple[str, ...]
    provider_kind: str | None
    fields: tuple[Field, ...]
    class_rule: str | None
    disclosure: str
    may_push: PushRule
    vertical_channel: str | None
    ends: EndRule
    update: str
    natural_key: tuple[str, ...]
    list_types: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Limit(Row):
    """期限: `value` None is unknown and never blocks."""

    value: int | None
    unit: str
    counting: str
    anchor: str | None
    favours: str

    @property
    def years(self) -> Duration:
        """年数. ValueError where it is none; the limits that code itself rests on are checked on loading."""
        if self.value is None or self.unit != "year":
            raise ValueError(f"期限“{self.title}”没有以年计的数值")
        return Duration(years=self.value)


@dataclass(frozen=True, kw_only=True)
class ClassRule(Row):
    """类别: 轻微、一般、严重 (信用修复管理办法)."""

    min: Duration | None
    max: Duration
    repair_from: str
    anchor: str
    hints: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Prohibited(Row):
    """拒收规则: what is never taken in, why, and where to turn."""

    action: str
    message: str
    turn_to: str
    fields: tuple[str, ...]
    categories: tuple[str, ...]
    legal_ground: tuple[str, ...]
    text: tuple[str, ...]
    rule: str | None


@dataclass(frozen=True, kw_only=True)
class KeyDate(Row):
    """宣传节点."""

    rule: str
    value: str | None
    dates: Mapping[int, date]
    before: int
    after: int
    contents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Plain(Row):
    """其他行: counting rules, ways of service, blocklist; `more` holds their own keys."""

    more: Mapping[str, Any]
