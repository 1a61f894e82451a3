"""可以异议的项目: every field that is held, the class, and the record as a whole."""

from dataclasses import dataclass

from daoli_credit.law.rows import Item
from records.models import CreditRecord

WHOLE = "whole"
WHOLE_TITLE = "整条信息不应当记在我名下"


@dataclass(frozen=True)
class Point:
    """一项: its field, its name, and what is held now."""

    field: str
    title: str
    held: str


def text(value: object) -> str:
    """所载的值, as the form and the letter show it."""
    return "；".join(map(str, value)) if isinstance(value, list) else str(value or "")


def fields(record: CreditRecord, item: Item) -> list[Point]:
    """逐项: what this record holds, in the item's own order; identity is objected to as the whole."""
    held = {"document_number": record.document_number, **record.content}
    points = [
        Point(field.name, field.zh, text(held[field.name]))
        for field in item.fields
        if not field.ignored and held.get(field.name)
    ]
    if record.severity and item.class_rule == "by-decision":
        points.append(Point("severity", "失信行为分类", str(record.get_severity_display())))
    return points


def whole() -> Point:
    """整条."""
    return Point(WHOLE, WHOLE_TITLE, "")
