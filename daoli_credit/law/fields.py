"""字段定义: one field of a field set, from plain JSON."""

from collections.abc import Mapping
from typing import Any

from daoli_credit.law.rows import Field

TYPES = {"text", "textarea", "date", "year", "decimal", "enum", "enum-list", "uscc", "id-number", "ref"}
ROLES = {"determined_on", "conduct_on", "term_end"}


def field(raw: Mapping[str, Any]) -> Field:
    """由内容成字段; the content has been checked on loading."""
    std = raw["std"]
    return Field(
        name=raw["name"],
        zh=raw["zh"],
        std=() if std is None else (std,) if isinstance(std, str) else tuple(std),
        type=raw["type"],
        required=raw["required"],
        max=raw.get("max"),
        min=raw.get("min"),
        digits=raw.get("digits"),
        places=raw.get("places"),
        values=tuple(raw.get("values") or ()),
        aliases=raw.get("aliases") or {},
        separators=raw.get("separators") or "",
        required_if=raw.get("required_if") or {},
        role=raw.get("is"),
        not_future=raw.get("not_future", False),
        ignored=raw.get("ignored", False),
        free_text=raw.get("filter") == "free-text",
        to=raw.get("to"),
        note=raw.get("note") or "",
    )
