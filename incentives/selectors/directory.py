"""政务应用目录: each matter with its items, whose they are and in which state, and what is missing to go live."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.law.rows import Item
from incentives.models import Sharing
from incentives.models.sharing import WAITING, H
from incentives.rules import matters

PLATFORM = "上级平台"
NOT_ASSESSED = "还没有在效的个人信息保护影响评估（个人信息保护法第五十五条）；由区信用办起草，另一人审定"


@dataclass(frozen=True)
class Source:
    """一项信息的来源: item, provider, and how far the two departments are. `kind` is the shape of the status."""

    item: Item
    provider: str
    name: str
    kind: str
    state: str
    sharing: Sharing | None = None


@dataclass(frozen=True)
class Entry:
    """目录里的一个事项. `missing` is what still keeps it shut, as sentences; empty when it may be used."""

    matter: Matter
    department: str
    shows: list[str]
    sources: list[Source]
    missing: list[str]

    @property
    def usable(self) -> bool:
        """可以用."""
        return not self.missing

    @property
    def to_ask(self) -> list[tuple[str, str]]:
        """还可以向谁申请: code and name of each provider without an application or a sharing, once."""
        busy = {one.provider for one in self.sources if one.sharing is not None}
        free = {one.provider: one.name for one in self.sources if one.kind == "none" and one.provider not in busy}
        return list(free.items())


def entries(on: date, *, departments: Collection[str] | None = None, code: str = "") -> list[Entry]:
    """政务应用目录 on a day: all of it, some departments', or one matter."""
    rules = pack.current()
    rows = [
        one
        for one in rules.matters.values()
        if one.in_force(on)
        and (departments is None or one.department in departments)
        and (not code or one.code == code)
    ]
    assessed = assessments.covered(Subject.MATTER, [one.code for one in rows], on=on)
    shared = _shared([one.code for one in rows], on)
    return [_entry(one, on, shared.get(one.code, []), assessed=one.code in assessed) for one in rows]


def _shared(codes: Collection[str], on: date) -> dict[str, list[Sharing]]:
    found: dict[str, list[Sharing]] = {}
    related = Sharing.objects.filter(matter__in=codes).select_related("provider", "department").order_by("pk")
    for row in related.filter(status__in=[*WAITING, H.ACTIVE]):
        if row.status != H.ACTIVE or row.is_active(on):
            found.setdefault(row.matter, []).append(row)
    return found


def _entry(matter: Matter, on: date, shared: list[Sharing], *, assessed: bool) -> Entry:
    missing = [matters.missing(matter), "" if assessed else NOT_ASSESSED]
    return Entry(
        matter=matter,
        department=pack.current().departments.get(matter.department, matter.department),
        shows=[matters.field(name) for name in matter.shows],
        sources=[*_own(matter), *_others(matter, shared, on), *_platform(matter)],
        missing=[why for why in missing if why],
    )


def _own(matter: Matter) -> list[Source]:
    rules = pack.current()
    mine = matters.own(matter, matter.department)
    name = rules.departments.get(matter.department, matter.department)
    return [
        Source(rules.item(code), matter.department, name, "ok", "本部门自己的信息")
        for code in matter.items
        if code in mine
    ]


def _others(matter: Matter, shared: list[Sharing], on: date) -> list[Source]:
    names = pack.current().departments
    return [
        Source(item, code, names.get(code, code), *_state(code, item.code, shared, on))
        for code, items in matters.of_others(matter, matter.department).items()
        for item in items
    ]


def _state(provider: str, item: str, shared: list[Sharing], on: date) -> tuple[str, str, Sharing | None]:
    rows = [row for row in shared if row.provider.code == provider]
    for row in rows:
        if row.is_active(on) and item in row.agreed_items:
            return "ok", f"可以看，至 {row.active_until}", row
    for row in rows:
        asked = row.items if row.status == H.ASKED else row.agreed_items
        if row.status in WAITING and item in asked:
            return "warn", row.get_status_display(), row
    return "none", "还没有共享", None


def _platform(matter: Matter) -> list[Source]:
    return [
        Source(item, "", PLATFORM, "off", "本区不归集，核查时向上级平台查询") for item in matters.unprovided(matter)
    ]
