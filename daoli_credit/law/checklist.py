"""上线前确认清单: what still waits for the legal officer, by the module that it holds up."""

from dataclasses import dataclass

from daoli_credit.law.book import Pack
from daoli_credit.law.status import FIRM, Status

BASES = "法源"
MODULES = {
    "items": "归集",
    "end_rules": "归集",
    "classes": "归集",
    "prohibited": "归集",
    "limits": "期限",
    "years": "期限",
    "counting_rules": "期限",
    "service_methods": "送达",
    "lists": "名单",
    "behaviours": "名单",
    "excluded": "名单",
    "measures": "激励和措施",
    "blocklist": "激励和措施",
    "matters": "应用事项",
    "may_push": "推送",
    "publication": "公示",
    "keydates": "宣传教育",
    "extra": "宣传教育",
}


@dataclass(frozen=True)
class Open:
    """待确认的一行: `waits_for` are the titles of weaker bases that must be confirmed first."""

    kind: str
    code: str
    title: str
    status: Status
    waits_for: tuple[str, ...]
    source: str


def to_confirm(pack: Pack) -> dict[str, tuple[Open, ...]]:
    """上线前确认清单, by module; no-basis rows are no work to do and stay out."""
    found: dict[str, list[Open]] = {BASES: []}
    for basis in pack.bases.values():
        if waiting(basis.status):
            found[BASES].append(Open("bases", basis.code, basis.title, basis.status, (), basis.source))
    for row in pack.rows():
        if waiting(row.status):
            weak = tuple(dict.fromkeys(c.basis.title for c in row.citations if c.basis.status not in FIRM))
            entry = Open(row.kind, row.code, row.title, row.status, weak, row.source)
            found.setdefault(MODULES[row.kind], []).append(entry)
    for item in pack.items.values():
        rule = item.may_push
        if rule.value and waiting(rule.status):
            weak = tuple(dict.fromkeys(c.basis.title for c in rule.citations if c.basis.status not in FIRM))
            entry = Open("may_push", item.code, item.title, rule.status, weak, rule.why)
            found.setdefault(MODULES["may_push"], []).append(entry)
    return {module: tuple(entries) for module, entries in found.items() if entries}


def waiting(status: Status) -> bool:
    return status in {Status.TO_CONFIRM, Status.SUSPENDED}
