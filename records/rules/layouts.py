"""字段对照: how a platform wants to read a record, as data with versions (records/layouts/*.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from daoli_credit.law.rows import Field

FOLDER = Path(__file__).parent.parent / "layouts"
COMMON = "daoli-1"


class Unmapped(ValueError):
    """按对照写不出来: a column that the layout requires is empty or too long; says which, never its content."""


@dataclass(frozen=True)
class Column:
    """一栏: its name there, our name for it or a fixed word, and what the other side insists on."""

    to: str
    source: str
    say: str
    longest: int | None
    required: bool


@dataclass(frozen=True)
class Layout:
    """一版对照. `needs` is the beginning of the standard codes of the items that it can say; "" for every item."""

    code: str
    title: str
    source: str
    needs: str
    columns: tuple[Column, ...]

    def says(self, fields: Sequence[Field]) -> bool:
        """写得了这个事项."""
        return not self.needs or any(code.startswith(self.needs) for field in fields for code in field.std)


@cache
def known() -> Mapping[str, Layout]:
    """全部对照, by code. Raises ValueError for a file that is not one."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
        columns = tuple(
            Column(one["to"], one.get("from", ""), one.get("say", ""), one.get("max"), one.get("required", False))
            for one in row["columns"]
        )
        if row["code"] != path.stem or any(bool(one.source) == bool(one.say) for one in columns):
            raise ValueError(f"{path.name} 不是一版字段对照")
        found[row["code"]] = Layout(row["code"], row["title"], row["source"], row["needs"], columns)
    return found


def chosen(code: str, fields: Sequence[Field]) -> Layout:
    """用哪一版: the one agreed with the platform where it can say the item, else the common one."""
    agreed = known()[code or COMMON]
    return agreed if agreed.says(fields) else known()[COMMON]


def written(layout: Layout, facts: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """按对照写出. Raises Unmapped."""
    if not layout.columns:
        return {"layout": layout.code, **facts}
    found: dict[str, Any] = {"layout": layout.code}
    for one in layout.columns:
        value = one.say or facts[one.source]
        if one.required and value in {None, ""}:
            raise Unmapped(f"{layout.title}的 {one.to} 没有内容")
        if one.longest and value is not None and len(str(value)) > one.longest:
            raise Unmapped(f"{layout.title}的 {one.to} 超过 {one.longest} 个字")
        found[one.to] = value
    content = facts["content"]
    for field in fields:
        named = next((code for code in field.std if code.startswith(layout.needs)), "")
        if named and field.name in content and named not in found:
            found[named] = content[field.name]
    return found
