"""提前终止的后果: the three ends of a record that ends before its time, computed anew from the pack."""

from collections.abc import Mapping
from datetime import date

from daoli_credit.law import ends, pack
from daoli_credit.law.rows import Item
from records.models import CreditRecord


def shorten(record: CreditRecord) -> None:
    """缩短期限 to what follows from `ended_on`. No end ever becomes later, and nothing becomes public by ending."""
    item = pack.current().item(record.item_id)
    computed = ends.compute(
        item,
        record.severity or None,
        determined_on=record.determined_on,
        conduct_on=record.conduct_on,
        term_end=term_end(record, item),
        ended_on=record.ended_on,
    )
    reasons = dict(record.reasons)
    for name in ("public_until", "use_until", "keep_until"):
        before: date | None = getattr(record, name)
        after: date | None = getattr(computed, name)
        never_public = name == "public_until" and before is None
        if after is not None and not never_public and (before is None or after < before):
            setattr(record, name, after)
            reasons[name] = computed.reasons[name]
    record.reasons = reasons


def never_longer(record: CreditRecord, before: Mapping[str, date | None]) -> None:
    """更正不使期限变长: ends that were computed anew after a correction stay at most as late as they were."""
    for name, was in before.items():
        now: date | None = getattr(record, name)
        if was is not None and (now is None or now > was):
            setattr(record, name, was)
        if was is None and name == "public_until":
            record.public_until = None  # nothing becomes public by a correction


def term_end(record: CreditRecord, item: Item) -> date | None:
    """文书所载届满日: the end that the document itself names, if the item has such a field."""
    text = next((record.content.get(field.name) for field in item.fields if field.role == "term_end"), None)
    return date.fromisoformat(str(text)) if text else None
