"""逐项对照: what of a record's content is no longer as it was. Identity is never part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daoli_credit.law.rows import Item
from records.models import CreditRecord
from records.models.record import Service, SeverityClass
from records.rules.objectable import text

OURS = {
    "document_number": "文书号",
    "severity": "失信行为分类",
    "severity_basis": "分类依据",
    "service": "送达方式",
    "served_on": "送达日期",
}
WORDS = {"severity": dict(SeverityClass.choices), "service": dict(Service.choices)}


@dataclass(frozen=True)
class Difference:
    """一项的前后."""

    field: str
    title: str
    was: str
    now: str


def content_of(record: CreditRecord) -> dict[str, Any]:
    """留下的一版: the content and what stands beside it, without identity."""
    return {
        **record.content,
        "document_number": record.document_number,
        "severity": record.severity,
        "severity_basis": record.severity_basis,
        "service": record.service,
        "served_on": record.served_on.isoformat() if record.served_on else "",
    }


def said(field: str, value: object) -> str:
    """值: as a reader sees it."""
    words = WORDS.get(field)
    return words.get(str(value), str(value)) if value and words else text(value)


def between(item: Item, was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """不同之处, in the item's own order, ours last."""
    titles = OURS | {field.name: field.zh for field in item.fields}
    order = [field.name for field in item.fields] + list(OURS)
    pairs = [(name, said(name, was.get(name)), said(name, now.get(name))) for name in dict.fromkeys(order)]
    return [Difference(name, titles[name], before, after) for name, before, after in pairs if before != after]
